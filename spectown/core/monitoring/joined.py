"""Months that a form asks together (1—2月合并报送): the earlier ones have no sheet, the last one tells them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spectown.core.monitoring.indicator import Kind
from spectown.core.periods import Period, before, year_ago

if TYPE_CHECKING:
    from spectown.core.monitoring.forms import ReportForm


@dataclass(frozen=True, slots=True)
class Joins:
    """Forms that join the first months of a year, for the indicators that stand in them."""

    forms: tuple[ReportForm, ...] = ()

    def months(self, code: str, period: Period) -> int:
        """How many months of the year are told together in the form of an indicator; 0 = each by itself."""
        if period.months != 1:
            return 0
        found = (form for form in self.forms if code in form.codes and form.is_in_force(period))
        return next((form.together for form in found), 0)

    def is_told(self, code: str, period: Period) -> bool:
        """False for a month that only a later one tells."""
        return period.months != 1 or period.last[1] >= self.months(code, period)

    def is_joined(self, code: str, period: Period) -> bool:
        """True for the month that tells the earlier ones too."""
        return period.months == 1 and 1 < period.last[1] == self.months(code, period)

    def span(self, code: str, period: Period) -> Period:
        """The months that a figure is of: 1—2月 for February where they are joined."""
        return Period(period.last, period.last[1]) if self.is_joined(code, period) else period

    def previous(self, code: str, period: Period) -> Period:
        """The period before that was told."""
        found = before(period)
        while not self.is_told(code, found):
            found = before(found)
        return found

    def told(self, code: str, periods: Sequence[Period]) -> list[Period]:
        """Of these periods those that were told; together they are of the same time."""
        return [period for period in periods if self.is_told(code, period)]

    def a_year_ago(self, code: str, kind: Kind, period: Period) -> list[Period]:
        """The same time of last year: of a flow that is told together now all its months then."""
        last = year_ago(period)
        if kind != Kind.FLOW or not self.is_joined(code, period):
            return [last]
        return self.told(code, [Period((last.last[0], month)) for month in range(1, last.last[1] + 1)])

    def unlike(self, code: str, kind: Kind, one: Period, other: Period) -> str:
        """Why flows of two periods are of different lengths and cannot be compared; empty = they can."""
        if kind != Kind.FLOW or self.is_joined(code, one) == self.is_joined(code, other):
            return ""
        joined = one if self.is_joined(code, one) else other
        return f"{joined.last[0]}年1—{joined.last[1]}月合并报送,与单月不可比"


def joins_of(forms: Sequence[ReportForm]) -> Joins:
    """Those of the forms that join months."""
    return Joins(tuple(form for form in forms if form.together))
