"""Forms of the register: which documents, and a signature made on paper."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone

from spectown.documents.services import Upload
from spectown.lib.proofs.check import SHOWN_IN_PLACE, inspect
from spectown.lib.refusal import Refused
from spectown.web.http import Request

MOST_MB = settings.UPLOAD_MAX_BYTES // 1024 // 1024


YEAR = re.compile("[\\[(\uff08\u3010\u3014]\\s*(\\d{4})\\s*[\\])\uff09\u3011\u3015]")  # 〔2026〕 as keyboards type it


def looked_for(text: str) -> list[str]:
    """The words that must all occur; a year in whatever brackets as numbers of documents have it."""
    return YEAR.sub(r"〔\1〕", text).split()


class FilterForm(forms.Form):
    """Which documents of the register."""

    q = forms.CharField(label="标题、文号或正文", required=False, max_length=200)
    year = forms.ChoiceField(label="年份", required=False)
    kind = forms.ChoiceField(label="文种", required=False)
    state = forms.ChoiceField(label="状态", required=False)

    def __init__(self, choices: Mapping[str, list[tuple[str, str]]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, values in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", "全部"), *values]


class PaperForm(forms.Form):
    """A signature made on paper."""

    signer = forms.CharField(label="签发人", max_length=50, help_text="在签批件上签字的负责人姓名。")
    on = forms.DateField(label="签发日期", widget=forms.DateInput(attrs={"type": "date"}), help_text="作为成文日期。")
    reference = forms.CharField(
        label="签批件编号", max_length=200, help_text="签批件的件号或档案号,以便核对,如“签批件 2026-031”。"
    )
    scan = forms.FileField(
        label="签批件扫描件",
        required=False,
        help_text=f"PDF、JPG 或 PNG,不超过 {MOST_MB} MB。保存后不能更换,领导小组和办公室可以查看。",
        error_messages={"empty": "文件是空的。"},
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    @classmethod
    def of(cls, request: Request) -> PaperForm:
        """The form as it was sent, or an empty one of today."""
        data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        return cls(data, files, initial={"on": timezone.localdate()})

    def clean_scan(self) -> Any:
        """Larger files are not read at all; what is no PDF or picture is told at the field."""
        file, most = self.cleaned_data["scan"], settings.UPLOAD_MAX_BYTES
        if file and file.size > most:
            raise forms.ValidationError(f"文件超过 {most // 1024 // 1024} MB,请压缩后重新上传。")
        if file:
            try:
                inspect(file.name, file.read(), only=SHOWN_IN_PLACE)
            except Refused as refused:
                raise forms.ValidationError(str(refused)) from refused
            file.seek(0)
        return file

    def clean_on(self) -> Any:
        """Nobody has signed tomorrow."""
        if self.cleaned_data["on"] > timezone.localdate():
            raise forms.ValidationError("签发日期晚于今天,请改正。")
        return self.cleaned_data["on"]

    @property
    def upload(self) -> Upload | None:
        """The scan as it came, where there is one."""
        file = self.cleaned_data["scan"]
        return Upload(file.name, file.read()) if file else None
