"""Forms and filters of projects."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone

from spectown.core.projects.months import Look, previous
from spectown.lists.usable import usable
from spectown.organisations.actors import Actor
from spectown.organisations.models import Territory
from spectown.projects.enums import Category, Course, Stage
from spectown.projects.models import Project
from spectown.projects.workflow import COURSES
from spectown.towns.models import Town
from spectown.web.selects import SearchSelect

FIRST_YEAR = 2023
SHOWN = (("alarm", "红灯、黄灯"), ("missing", "有未报"), ("leader", "需市领导协调"))


def periods() -> list[tuple[str, str]]:
    """Years since the plan, latest first; empty = everything until today."""
    last = timezone.localdate().year
    return [("", "累计至今"), *((str(year), f"{year} 年") for year in range(last, FIRST_YEAR - 1, -1))]


class PlaceFilter(forms.Form):
    """County and town; both stand in the address."""

    county = forms.ModelChoiceField(
        Territory.objects.none(),
        to_field_name="code",
        required=False,
        empty_label="全部属地",
        label="属地",
        widget=SearchSelect,
    )
    town = forms.ModelChoiceField(
        Town.objects.none(),
        to_field_name="code",
        required=False,
        empty_label="全部专业镇",
        label="专业镇",
        widget=SearchSelect,
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, model in (("county", Territory), ("town", Town)):
            self.fields[name].queryset = usable(model, actor)  # type: ignore[attr-defined]

    def condition(self) -> dict[str, Any]:
        """The choice as a filter of projects; none of them where a condition is not known."""
        if not self.is_valid():
            return {"pk__in": ()}
        chosen = (("territory", "county"), ("town", "town"))
        return {column: self.cleaned_data[name] for column, name in chosen if self.cleaned_data[name]}


class BatchFilter(PlaceFilter):
    """Where, and in which year."""

    period = forms.ChoiceField(label="期间", choices=periods, required=False)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A chosen month; its words stand in the chip of the filter."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year}年{self.month}月"


class MonthField(forms.CharField):
    """A month as browsers send it: 2026-10."""

    def clean(self, value: Any) -> Chosen | None:
        """The month; None where nothing was chosen."""
        text = super().clean(value)
        if not text:
            return None
        try:
            day = datetime.date.fromisoformat(f"{text}-01")
        except ValueError:
            raise forms.ValidationError("月份应写成 2026-10 的样子。") from None
        if not 2015 <= day.year <= 2050:
            raise forms.ValidationError("月份应在 2015 年至 2050 年之间。")
        return Chosen(day.year, day.month)


class DispatchFilter(PlaceFilter):
    """Which month, where, which projects."""

    month = MonthField(label="月份", required=False, widget=forms.TextInput(attrs={"type": "month"}))
    show = forms.ChoiceField(label="只看", choices=(("", "全部项目"), *SHOWN), required=False)

    field_order = ("month", "county", "town", "show")

    def look(self) -> Look:
        """The chosen month; the last full month where none is chosen."""
        today = timezone.localdate()
        chosen = self.cleaned_data.get("month") if self.is_bound else None
        year, month = (chosen.year, chosen.month) if chosen else previous((today.year, today.month))
        return Look(year, month, today)


class AdvanceForm(forms.Form):
    """To which stage, when, on what ground."""

    to = forms.ChoiceField(label="变更到")
    on = forms.DateField(
        label="实际日期",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="推进到签约及以后的阶段须填;退回的不填。",
    )
    evidence = forms.CharField(
        label="依据或理由",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="推进写依据(合同、开工令、投产报告的名称和文号),退回写理由;后面阶段的实际日期会随退回去掉。",
    )
    skipping = forms.CharField(
        label="跳过阶段的理由",
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="只在跳过中间阶段时填,如:企业自有厂房改造,没有签约和落地。所跳阶段的日期记为“未报”。",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        order = list(Stage.values)
        here = order.index(project.stage)
        later = [(code, f"推进到{label}") for code, label in Stage.choices[here + 1 :]]
        earlier = [(code, f"退回到{label}") for code, label in reversed(Stage.choices[:here])]
        self.fields["to"].choices = later + earlier  # type: ignore[attr-defined]


class CourseForm(forms.Form):
    """Stop or go on."""

    code = forms.ChoiceField(label="办理")
    reason = forms.CharField(label="原因", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        moves = [move for move in COURSES.moves if Course(project.course) in move.sources]
        self.fields["code"].choices = [(m.code, m.label) for m in moves]  # type: ignore[attr-defined]


class ConvertForm(forms.Form):
    """What a project needs and a lead does not say; the rest is taken over as it is."""

    name = forms.CharField(label="项目名称", max_length=120)
    category = forms.ChoiceField(label="类别", choices=Category.choices)
    builder = forms.CharField(label="建设单位", max_length=100, required=False)
    content = forms.CharField(
        label="建设内容", max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    investment = forms.DecimalField(label="总投资", required=False, max_digits=14, decimal_places=2, min_value=0)
    version = forms.IntegerField(widget=forms.HiddenInput)
