"""Forms of notices: what one says, and what the unit writes."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import F
from django.utils.dateparse import parse_date

from spectown.core.supervision.outcome import Better
from spectown.organisations.enums import UnitKind
from spectown.organisations.models import Unit
from spectown.projects.models import Project
from spectown.supervision.notices.figures import BY_CODE
from spectown.towns.models import Town
from spectown.web.selects import SearchSelect

EXECUTING = (UnitKind.BUREAU, UnitKind.COUNTY, UnitKind.ZONE, UnitKind.TOWN_BODY)
CONFIRMING = (*EXECUTING, UnitKind.OFFICE, UnitKind.ENTERPRISE)
TABLES: Mapping[str, tuple[str, ...]] = {
    "problems": ("matter", "detail"),
    "demands": ("text", "due"),
    "evidence": ("item", "planned", "actual", "source", "link"),
}
LINK = re.compile(r"(project|town|measure|finding):\d{1,12}")
MOST_ROWS = 40
OWN = "own"


def date_field(label: str, *, required: bool = False, help_text: str = "") -> forms.DateField:
    """A date with the browser's own picker."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def _text(label: str, *, rows: int = 3, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=False, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows})
    )


class NoticeForm(forms.Form):
    """What a notice says, but for its tables; it is saved with gaps."""

    title = forms.CharField(
        label="督办事由",
        max_length=200,
        help_text="接在“关于”之后、“的督办通知”之前,如 沁州黄小米专业镇重点项目进度滞后问题。",
    )
    unit = forms.ModelChoiceField(
        label="被督办单位", queryset=Unit.objects.none(), required=False, empty_label="请选择", widget=SearchSelect
    )
    town = forms.ModelChoiceField(
        label="专业镇",
        queryset=Town.objects.all(),
        required=False,
        empty_label="不涉及某一个专业镇",
        widget=SearchSelect,
    )
    said = _text("触发情形", help_text="哪一条规则、哪一组数据触发;办公室提出的写明依据。")
    plan_due = date_field("报整改方案期限")
    deadline = date_field("报整改结果期限")
    affected = forms.ModelChoiceField(
        label="确认单位",
        queryset=Unit.objects.none(),
        required=False,
        empty_label="请选择",
        widget=SearchSelect,
        help_text="受影响的一方:整改核查通过后由它确认,才能销号;不能是被督办单位自己。",
    )
    contact = forms.CharField(label="联系人", max_length=50, required=False)
    phone = forms.CharField(label="联系电话", max_length=40, required=False)
    figure = forms.ChoiceField(
        label="看成效的数据", required=False, help_text="签发时取一次值,销号后约定日期再取一次,看有没有好转。"
    )
    figure_label = forms.CharField(label="自定数据名称", max_length=120, required=False)
    figure_unit = forms.CharField(label="计量单位", max_length=20, required=False)
    figure_better = forms.ChoiceField(
        label="哪边为好", choices=[(each.value, each.label) for each in Better], required=False
    )
    figure_before = forms.DecimalField(label="现在的值", max_digits=16, decimal_places=2, required=False)
    excess_reason = _text("超过上限的理由", rows=2, help_text="件数、要求条数没有超过上限的不填。")

    def __init__(self, *args: Any, figures: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, kinds in (("unit", EXECUTING), ("affected", CONFIRMING)):
            self.fields[name].queryset = Unit.objects.filter(kind__in=kinds)  # type: ignore[attr-defined]  # a model choice field
        choices = [("", "不设"), *figures, (OWN, "自定数据")]
        self.fields["figure"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """Dates in order, a typed figure with its name."""
        data: dict[str, Any] = super().clean() or {}
        plan, result = data.get("plan_due"), data.get("deadline")
        if plan and result and plan > result:
            self.add_error("deadline", "报整改结果期限早于报整改方案期限,请核对。")
        if data.get("figure") == OWN and not data.get("figure_label"):
            self.add_error("figure_label", "请填写自定数据的名称。")
        if data.get("unit") and data.get("unit") == data.get("affected"):
            self.add_error("affected", "确认单位不能是被督办单位自己。")
        return data


def figure_choices(keys: Sequence[str]) -> list[tuple[str, str]]:
    """Figures that the system can take of what the notice is about, as options; projects are named."""
    found = [(code, key) for key in keys for code, f in BY_CODE.items() if key.partition(":")[0] == f.of]
    projects = [int(key.partition(":")[2]) for code, key in found if code == "project_investment"]
    names = {f"project:{pk}": name for pk, name in Project.objects.filter(pk__in=projects).values_list("pk", "name")}
    return [
        (f"{code}@{key}", f"{BY_CODE[code].label}({names[key]})" if key in names else BY_CODE[code].label)
        for code, key in found
    ]


@dataclass(frozen=True, slots=True)
class Rows:
    """The tables of a form as typed, and what is wrong in them (by table)."""

    problems: list[dict[str, str]]
    demands: list[dict[str, str]]
    evidence: list[dict[str, str]]

    @property
    def faults(self) -> list[str]:
        """Sentences; empty = in order."""
        found = [
            f"存在问题第 {n} 行:请把问题和情况都写上。"
            for n, row in enumerate(self.problems, 1)
            if bool(row["matter"]) != bool(row["detail"])
        ]
        found += [
            f"整改要求第 {n} 行:请写明要求和期限(日期)。"
            for n, row in enumerate(self.demands, 1)
            if not row["text"] or parse_day(row["due"]) is None
        ]
        return found + [
            f"证据第 {n} 行:请写明指标或项目。" for n, row in enumerate(self.evidence, 1) if not row["item"]
        ]

    @property
    def dated(self) -> tuple[tuple[str, datetime.date], ...]:
        """Demands with their days; only where there are no faults."""
        days = ((row["text"][:300], parse_day(row["due"])) for row in self.demands)
        return tuple((text, day) for text, day in days if day is not None)


def parse_day(text: str) -> datetime.date | None:
    """A day as the browser sends it; None where it is none."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def rows_of(post: Mapping[str, str]) -> Rows:
    """All rows that are not empty, in order."""
    found: dict[str, list[dict[str, str]]] = {}
    for table, columns in TABLES.items():
        rows = [
            {name: post.get(f"{table}-{n}-{name}", "").strip() for name in columns}
            for n in range(MOST_ROWS)
            if f"{table}-{n}-{columns[0]}" in post
        ]
        for row in rows:
            if "link" in row and not LINK.fullmatch(row["link"]):
                row["link"] = ""
        found[table] = [row for row in rows if any(value for name, value in row.items() if name != "link")]
    return Rows(**found)


class PlanForm(forms.Form):
    """整改方案."""

    text = _text("整改措施", rows=5)
    person = forms.CharField(label="整改责任人", max_length=100, required=False, help_text="写姓名和职务。")
    until = date_field("计划完成日期")


class ReportForm(forms.Form):
    """整改报告: what was done, and about each demand."""

    text = _text("整改情况", rows=4, help_text="做了什么、结果怎样、还有什么没有做完。")
    percent = forms.IntegerField(label="整改进度", min_value=0, max_value=100, required=False)

    def __init__(self, *args: Any, demands: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = [demand.number for demand in demands]
        for demand in demands:
            self.fields[f"result_{demand.number}"] = _text(
                f"第 {demand.number} 条完成情况", rows=2, help_text=f"{demand.text}(限 {demand.due})"
            )

    @property
    def results(self) -> dict[int, str]:
        """What was done, by the number of the demand; only of a valid form."""
        return {number: self.cleaned_data[f"result_{number}"] for number in self.numbers}


ORDERS: Mapping[str, tuple[str, tuple[Any, ...]]] = {
    "": ("最近拟写的在前", ("-pk",)),
    "deadline": ("期限近的在前", (F("work__deadline").asc(nulls_last=True), "pk")),
    "issued": ("最近签发的在前", (F("issued_on").desc(nulls_last=True), "-pk")),
    "unit": ("按被督办单位", ("work__holder__order", "work__holder__code", "pk")),
}


class FilterForm(forms.Form):
    """Which notices, in which order."""

    q = forms.CharField(label="事由或文号", required=False, max_length=100)
    state = forms.ChoiceField(label="状态", required=False)
    light = forms.ChoiceField(label="灯", required=False)
    unit = forms.ChoiceField(label="被督办单位", required=False, widget=SearchSelect)
    town = forms.ChoiceField(label="专业镇", required=False, widget=SearchSelect)
    trigger = forms.ChoiceField(label="触发情形", required=False)
    year = forms.ChoiceField(label="签发年份", required=False)
    sort = forms.ChoiceField(label="次序", required=False)

    def __init__(self, choices: Mapping[str, Sequence[tuple[str, str]]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        orders = [(code, label) for code, (label, _) in ORDERS.items()]
        self.fields["sort"].choices = orders  # type: ignore[attr-defined]  # a choice field
        for name, values in choices.items():
            self.fields[name].choices = [("", "全部"), *values]  # type: ignore[attr-defined]  # choice fields
