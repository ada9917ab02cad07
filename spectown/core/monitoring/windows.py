"""When a report form of a period is open: offsets after the period's last day, made dates by the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic.dataclasses import dataclass as validated

from spectown.core.monitoring.indicator import STRICT
from spectown.core.periods import Period
from spectown.core.workdays import Calendar


@validated(frozen=True, slots=True, config=STRICT)
class Window:
    """Days after the period's last day: from when it is filled, the last day in time, the last day at all."""

    opens: int
    due: int
    closes: int
    count: Literal["workdays", "days"] = "workdays"

    def dates(self, period: Period, calendar: Calendar) -> Dates:
        """The three days; each is a working day."""
        last = period.days[1]
        opens, due, closes = (self._day(last, offset, calendar) for offset in (self.opens, self.due, self.closes))
        return Dates(opens, due, closes, calendar.is_provisional(last, closes))

    def _day(self, last: date, offset: int, calendar: Calendar) -> date:
        return calendar.add(last, offset) if self.count == "workdays" else calendar.add_days(last, offset)


@dataclass(frozen=True, slots=True)
class Dates:
    """Days of one form and period: opens, due (in time with that day), closes (that day too)."""

    opens: date
    due: date
    closes: date
    provisional: bool = False

    def refusals(self, on: date, *, locked: bool = False, excepted_until: date | None = None) -> tuple[str, ...]:
        """Why nothing can be filled in on a day; () = it can. A late exception (逾期例外) opens it till its own day."""
        if on < self.opens:
            return (f"本期 {self.opens.isoformat()} 开始填报,现在还不能填。",)
        if excepted_until is not None and on <= excepted_until:
            return ()
        if locked:
            return ("本期已锁定,不能再改;确需更正的,请领导小组办公室解锁。",)
        if on > self.closes:
            return (f"本期 {self.closes.isoformat()} 已截止;确需补报的,请领导小组办公室办理逾期例外。",)
        return ()

    def is_late(self, sent: date) -> bool:
        """True where it was sent after the due day."""
        return sent > self.due

    def overdue(self, calendar: Calendar, on: date) -> int:
        """Working days after the due day."""
        return calendar.between(self.due, on)
