"""Forms of the register: which documents, and a signature made on paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms


class FilterForm(forms.Form):
    """Which documents of the register."""

    q = forms.CharField(label="标题、文号或正文", required=False, max_length=80)
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
        label="签批件编号", max_length=200, help_text="签批件扫描件的件号或档案号,以便核对,如“签批件 2026-031”。"
    )
