"""Forms of inspections and research visits."""

from __future__ import annotations

from typing import Any

from django import forms

from spectown.core.supervision.visits import KINDS, VERDICTS, VisitSettings
from spectown.towns.models import Town
from spectown.web.notices.forms import date_field


class PlanForm(forms.Form):
    """A visit that is planned."""

    title = forms.CharField(label="名称", max_length=160, help_text="如 2026年认定后专项检查(第一批)。")
    checklist = forms.ChoiceField(label="检查单", help_text="检查单由方案文件夹的 supervision.yaml 确定。")
    starts = date_field("开始日期", required=True)
    ends = date_field("结束日期", required=True)
    participants = forms.CharField(
        label="参加人员", widget=forms.Textarea(attrs={"rows": 2}), help_text="单位和姓名;检查组至少两人。"
    )
    towns = forms.ModelMultipleChoiceField(
        label="去哪些专业镇", queryset=Town.objects.all(), widget=forms.CheckboxSelectMultiple
    )
    about = forms.CharField(label="目的和安排", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    excess_reason = forms.CharField(
        label="超过上限的理由",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="没有超过次数上限的不填。",
    )

    def __init__(self, *args: Any, settings: VisitSettings | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lists = settings.checklists.values() if settings else ()
        choices = [(each.code, f"{each.label}({KINDS[each.kind]},{len(each.items)} 项)") for each in lists]
        self.fields["checklist"].choices = choices  # type: ignore[attr-defined]  # a choice field


class FillForm(forms.Form):
    """The checklist of one town: a verdict and words for each item."""

    def __init__(self, *args: Any, items: list[dict[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            code = item["code"]
            self.fields[f"verdict_{code}"] = forms.ChoiceField(
                label=item["text"],
                choices=list(VERDICTS.items()),
                required=False,
                widget=forms.RadioSelect,
            )
            self.fields[f"note_{code}"] = forms.CharField(
                label="情况", required=False, widget=forms.Textarea(attrs={"rows": 2})
            )

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each item with its two fields."""
        return [
            {"item": item, "verdict": self[f"verdict_{item['code']}"], "note": self[f"note_{item['code']}"]}
            for item in self.items
        ]

    def answers(self) -> dict[str, tuple[str, str]]:
        """What was filled in, by item; only of a valid form."""
        data = self.cleaned_data
        codes = [item["code"] for item in self.items if data[f"verdict_{item['code']}"]]
        return {code: (data[f"verdict_{code}"], data[f"note_{code}"]) for code in codes}
