"""Report forms (报表): indicators in order, who fills them, when; what each asks of a town."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from enum import StrEnum

from pydantic.dataclasses import dataclass

from spectown.core.monitoring.catalogue import Catalogue
from spectown.core.monitoring.indicator import STRICT, Indicator, Obtained, PeriodCode
from spectown.core.monitoring.windows import Window
from spectown.core.periods import Every, Period

FOOTER: Mapping[str, str] = {
    "head": "单位负责人",
    "statistician": "统计负责人",
    "filler": "填表人",
    "phone": "联系电话",
    "reported_on": "报出日期",
}


class FilledBy(StrEnum):
    """Who fills a form."""

    TOWN = "town"
    COUNTY = "county"

    @property
    def label(self) -> str:
        """Chinese word."""
        return {"town": "专业镇", "county": "县(区)"}[self.value]


@dataclass(frozen=True, slots=True, config=STRICT)
class Group:
    """Indicators under one heading, in order."""

    name: str
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True, config=STRICT)
class ReportForm:
    """One form, in use from the period `since` on. `footer`: codes of FOOTER, asked once a sheet.

    `silence`: working days in which a bureau answers; after that its cells count as 视同无异议, with 0 never.
    `together`: so many months of the year are asked at once, with the last of them (2: 1—2月合并); 0 = each by itself.
    """

    code: str
    name: str
    every: Every
    clause: str
    filled_by: FilledBy
    window: Window
    groups: tuple[Group, ...]
    since: PeriodCode
    until: PeriodCode | None = None
    footer: tuple[str, ...] = field(default_factory=lambda: tuple(FOOTER))
    silence: int = 0
    together: int = 0

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of all its indicators, in order."""
        return tuple(code for group in self.groups for code in group.indicators)

    def covers(self, period: Period) -> bool:
        """True where it is filled for a period."""
        return period.every == self.every and self.is_in_force(period) and not self._is_swallowed(period)

    def is_in_force(self, period: Period) -> bool:
        """True where this version holds for a period."""
        return self.since.first <= period.first and (self.until is None or period.last <= self.until.last)

    def _is_swallowed(self, period: Period) -> bool:
        return period.months == 1 and period.last[1] < self.together

    def months(self, period: Period) -> int:
        """How many months a sheet of a period tells."""
        return self.together if period.months == 1 and 1 < period.last[1] == self.together else period.months

    def items(self, catalogue: Catalogue, period: Period, category: str | None = None) -> list[Indicator]:
        """Versions in force for a period, of a town of a category (None: of any), in order."""
        found = (catalogue.on(code, period) for code in self.codes)
        return [each for each in found if each is not None and (category is None or each.applies_to(category))]

    def asked(self, catalogue: Catalogue, period: Period, category: str | None = None) -> list[Indicator]:
        """Those that are filled in; the others are shown."""
        return [each for each in self.items(catalogue, period, category) if each.obtained == Obtained.FILLED]


def form_on(forms: Sequence[ReportForm], code: str, period: Period) -> ReportForm | None:
    """The version of a form with which a period is filled in, else its latest one; None where there is none."""
    found = [form for form in forms if form.code == code]
    return next((form for form in found if form.covers(period)), found[-1] if found else None)


@dataclass(frozen=True, slots=True)
class Burden:
    """What a form asks in a year: fields of all towns together, and periods."""

    fields: int
    towns: int
    periods: int

    @property
    def cells(self) -> int:
        """Cells to be filled in a year."""
        return self.fields * self.periods

    @property
    def sentence(self) -> str:
        """一年 12 期、53 个镇,共 7,632 格。"""
        return f"一年 {self.periods} 期、{self.towns} 个镇,共 {self.cells:,} 格。"


def burden(form: ReportForm, catalogue: Catalogue, period: Period, towns: Mapping[str, int]) -> Burden:
    """Fields × towns × periods of a year; `towns`: how many by category."""
    asked = sum(len(form.asked(catalogue, period, category)) * count for category, count in towns.items())
    swallowed = max(form.together - 1, 0)
    return Burden(asked, sum(towns.values()), 12 // form.every.months - swallowed)
