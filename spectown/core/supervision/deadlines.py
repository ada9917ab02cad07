"""Deadlines with extensions (延期) and pauses (暂停). Prose: docs/algorithms/supervision.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from spectown.core.workdays import Calendar, Pause


@dataclass(frozen=True, slots=True)
class Extension:
    """Asked for on a day, to a later date; `granted` is None until the day `decided`."""

    asked: date
    new: date
    decided: date | None = None
    granted: bool | None = None

    def counts(self, on: date) -> bool:
        """True where it had been granted by the end of a day."""
        return bool(self.granted) and self.decided is not None and self.decided <= on

    def waits(self, on: date) -> bool:
        """True where it had been asked for and not yet decided."""
        return self.asked <= on and (self.decided is None or self.decided > on)


@dataclass(frozen=True, slots=True)
class Term:
    """A deadline as first set, with everything that moved it since."""

    first: date
    extensions: tuple[Extension, ...] = ()
    pauses: tuple[Pause, ...] = ()

    def set_on(self, on: date) -> date:
        """The date that had been set by the end of a day, before pauses and days off."""
        granted = [each for each in self.extensions if each.counts(on)]
        return max(granted, key=lambda each: (each.decided or each.asked, each.new)).new if granted else self.first

    def named(self, on: date) -> date:
        """The date by which reminders are told apart: moved by extensions and by the days of ended pauses alone.

        Days off move the deadline, not its name: a holiday announced late repeats no reminder.
        """
        ended = [each for each in self.pauses if each.until is not None and each.until <= on]
        return self.set_on(on) + sum(((each.until or on) - each.since for each in ended), timedelta())

    def due(self, calendar: Calendar, on: date) -> date | None:
        """Last day for the work as known on a day, a working day; None while the clock stands."""
        known = [pause for pause in self.pauses if pause.since <= on]
        base = calendar.roll(self.set_on(on))
        if not known:
            return base
        start = min((pause.since for pause in known), default=base)
        stands = min((pause.since for pause in known if pause.is_open(on)), default=None)
        due, taken = base, 0
        while stands is None or stands >= due:
            found = _covered(calendar, start, due, known, on)
            if found == taken:
                return due
            due, taken = calendar.add(base, found), found
        return None

    def overdue(self, calendar: Calendar, on: date) -> int:
        """Working days after the deadline, 0 in time or while the clock stands."""
        due = self.due(calendar, on)
        if due is None:
            return 0
        known = [pause for pause in self.pauses if pause.since <= on]
        if not known:
            return calendar.between(due, on)
        return calendar.between(due, on) - _covered(calendar, due, on, known, on)

    def is_provisional(self, calendar: Calendar, on: date) -> bool:
        """True where deadline or days overdue touch a year whose notice of holidays is not out."""
        due = self.due(calendar, on) or self.set_on(on)
        return calendar.is_provisional(due, max(due, on))


def _covered(calendar: Calendar, start: date, end: date, pauses: Sequence[Pause], on: date) -> int:
    return sum(1 for day in calendar.days(start, end) if any(pause.covers(day, on) for pause in pauses))


def asking_refusals(term: Term, new: date, calendar: Calendar, on: date) -> list[str]:
    """Why an extension to a date cannot be asked for on a day, in Chinese; empty = it can."""
    due = term.due(calendar, on)
    if due is None:
        return ["已暂停计时,恢复后再申请延期。"]
    reasons = []
    if on > due:
        reasons.append(f"期限是 {due},已经过了;延期须在期限届满前申请。")
    if any(each.waits(on) for each in term.extensions):
        reasons.append("已有一次延期申请尚未答复,请等答复后再申请。")
    if new <= due:
        reasons.append(f"新的期限应晚于现在的期限 {due}。")
    if not calendar.is_workday(new):
        reasons.append(f"{new} 不是工作日,请选择工作日,如 {calendar.roll(new)}。")
    return reasons
