"""Forms that need no account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from spectown.lib.proofs.check import ACCEPT, KINDS


class SeveralFiles(forms.ClearableFileInput):
    """One input, several files."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """A list of files, each checked as Django checks one."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        """All of them."""
        given = data if isinstance(data, (list, tuple)) else [data] if data else []
        if not given:
            return [super().clean(None, initial)]
        return [super(FilesField, self).clean(each, initial) for each in given]


class ObjectionForm(forms.Form):
    """An objection (异议) by real name."""

    use_required_attribute = False
    name = forms.CharField(
        label="姓名或单位名称",
        max_length=100,
        help_text="须为真实姓名或单位全称,不对外公开",
        error_messages={"required": "异议须实名提出,请填写姓名或单位名称。"},
    )
    contact = forms.CharField(
        label="联系方式",
        max_length=200,
        help_text="电话或通信地址,用于核实和答复",
        error_messages={"required": "请填写联系方式。"},
    )
    text = forms.CharField(
        label="异议内容和理由",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "请写明异议的内容和理由。"},
    )
    evidence = FilesField(
        label="证明材料",
        help_text=f"可多选,最多 5 个文件,{KINDS}",
        widget=SeveralFiles(attrs={"accept": ACCEPT}),
        error_messages={"required": "请附证明材料。", "empty": "文件是空的,请重新选择。"},
    )
