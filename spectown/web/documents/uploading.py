"""Forms of own templates."""

from __future__ import annotations

from typing import Any

from django import forms

from spectown.lib.officialdoc.own.package import PACKED
from spectown.web.selects import SearchSelect


class ReplaceForm(forms.Form):
    """A .docx with fields; what is in it is checked by the service."""

    file = forms.FileField(
        label="模板文件",
        help_text="Word 文档(.docx),不超过 8 MB。",
        error_messages={"required": "请先选择文件。", "empty": "文件是空的。"},
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )

    def clean_file(self) -> Any:
        """Of the ending that is read; larger ones are not read at all."""
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith(".docx"):
            raise forms.ValidationError("只能上传 .docx 文件。请用 Word 或 WPS 另存为“Word 文档(.docx)”后重新上传。")
        if file.size > PACKED:
            raise forms.ValidationError(f"文件超过 {PACKED / 1e6:g} MB,请压缩或去掉图片后重新上传。")
        return file


class TemplateForm(ReplaceForm):
    """A new template."""

    kind = forms.ChoiceField(label="文种", error_messages={"required": "请选择文种。"}, widget=SearchSelect)
    name = forms.CharField(
        label="名称",
        max_length=100,
        help_text="起草时按名称选用,如“督办通知书(红头,带回执)”。",
        error_messages={"required": "请写明名称。"},
    )
    field_order = ("kind", "name", "file")

    def __init__(self, kinds: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "请选择"), *kinds]
