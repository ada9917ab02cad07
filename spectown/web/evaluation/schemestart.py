"""The form that begins a draft of a scheme."""

from __future__ import annotations

from typing import Any

from django import forms

from spectown.core.evaluation.yearscheme import GENERAL
from spectown.web.evaluation.schemeforms import Choices

NEW = "new"  # a scheme of categories that there is not yet


class StartForm(forms.Form):
    """A new draft: from which scheme, of which scheme it is to be a version, for which year, on which grounds."""

    source = forms.ChoiceField(label="抄自", help_text="整套抄来,再逐项改。")
    scope = forms.ChoiceField(
        label="用于",
        initial=GENERAL,
        required=False,
        help_text="不改为总方案;某几个类别的镇可以另有方案,单独评估、单独排名。",
    )
    label = forms.CharField(
        label="简称", max_length=20, required=False, help_text="新的类别方案填写,如 文旅类;写在评估和公文名称后面。"
    )
    categories = forms.MultipleChoiceField(
        label="适用类别",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="新的类别方案选择;这些类别的镇不再参加总方案的评估。",
    )
    year = forms.IntegerField(
        label="起用年度", min_value=2000, max_value=2099, help_text="从这一年度的评估起用;已冻结数据的年度不能再改。"
    )
    reason = forms.CharField(label="依据", max_length=300, help_text="如 领导小组第三次会议议定。")

    def __init__(self, data: Any, *, sources: Choices, scopes: Choices, categories: Choices, year: int) -> None:
        latest = next((key for key, _ in reversed(sources) if "-" not in key.partition("-")[2]), "")
        super().__init__(data, initial={"year": year, "source": latest})
        for name, choices in (("source", sources), ("scope", scopes), ("categories", categories)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # choice fields

    def clean(self) -> dict[str, Any]:
        """A new scheme of categories says what it is called and which they are."""
        found = super().clean() or {}
        if found.get("scope") == NEW:
            for name in [each for each in ("label", "categories") if not found.get(each)]:
                self.add_error(name, "新的类别方案要填这一项。")
        return found
