"""Forms of progress meetings."""

from __future__ import annotations

from typing import Any

from django import forms

from spectown.lists.usable import usable
from spectown.organisations.actors import Actor
from spectown.organisations.enums import UnitKind
from spectown.organisations.models import Unit
from spectown.plans.models import Clause
from spectown.supervision.keeping import NAMED
from spectown.supervision.models import Meeting
from spectown.supervision.services.meetings import OTHERS, Decided, Facts
from spectown.web.notices.forms import date_field
from spectown.web.selects import SearchSelect, SearchSeveral

LEADING = (UnitKind.OFFICE, UnitKind.BUREAU, UnitKind.COUNTY, UnitKind.ZONE)
NAMES = ("title", "day", "place", "chair", "heard", "views", "present", "excused")


def _lines(label: str, help_text: str = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows})
    )


class MeetingForm(forms.Form):
    """What is known of a meeting."""

    title = forms.CharField(label="会议名称", max_length=160, help_text="如 全市专业镇工作推进会(2026年第四次)。")
    day = date_field("日期", required=True)
    place = forms.CharField(label="地点", max_length=120, required=False)
    chair = forms.CharField(label="主持人", max_length=80, required=False, help_text="写职务和姓名。")
    heard = _lines("听取和审议", "一行一项;不填的,纪要按议题写。")
    views = _lines("会议意见", rows=4)
    present = _lines("出席", "一行一人,如 钱某(市工信局)。")
    excused = _lines("请假", "一行一人。", rows=2)

    def facts(self) -> Facts:
        """As the service wants it; only of a valid form."""
        return Facts(**{name: self.cleaned_data[name] for name in NAMES})


def initial_of(meeting: Meeting) -> dict[str, Any]:
    """What was written so far."""
    return {name: getattr(meeting, name) for name in NAMES}


def clauses() -> list[tuple[str, str]]:
    """Clauses of the plan in force with their headings, in its order."""
    rows = Clause.objects.filter(version__is_current=True).order_by("order").values_list("ref", "heading")
    return [(ref, f"{ref} {heading}".strip()) for ref, heading in rows]


def _several(label: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, required=False, widget=SearchSeveral)


class DecisionForm(forms.Form):
    """One decision, typed in the room."""

    text = forms.CharField(label="议定事项", max_length=160)
    clause = forms.ChoiceField(label="方案条款", widget=SearchSelect)
    unit = forms.ModelChoiceField(
        label="牵头单位", queryset=Unit.objects.none(), empty_label="请选择", widget=SearchSelect
    )
    deadline = date_field("完成时限", required=True)
    target = forms.CharField(label="可衡量的目标", max_length=200, required=False, help_text="写出数;提请审定时必填。")
    participants = _several("配合单位")
    counties = _several("涉及县(区)")
    towns = _several("涉及专业镇")
    propose = forms.BooleanField(label="直接提请审定", required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clause"].choices = [("", "请选择"), *clauses()]  # type: ignore[attr-defined]  # a choice field
        self.fields["unit"].queryset = Unit.objects.filter(kind__in=LEADING)  # type: ignore[attr-defined]  # a model choice field

        for name, _, model in NAMED:
            names = usable(model, actor).values_list("name", flat=True)
            self.fields[name].choices = [(each, each) for each in names]  # type: ignore[attr-defined]  # a choice field

    def decided(self) -> Decided:
        """As the service wants it; only of a valid form."""
        given = {name: self.cleaned_data[name] for name in Decided.__slots__}
        return Decided(**given | {name: "、".join(given[name]) for name in OTHERS})
