"""Days of the demonstration: counted back from today in working days, and a clock that stands on one of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.utils import timezone

from spectown.core.workdays import Calendar

BEGIN = datetime.time(9, 30)


def workday_before(calendar: Calendar, today: datetime.date, count: int) -> datetime.date:
    """The count-th working day before today; today itself for 0, worked or not."""
    day = today
    while count:
        day -= datetime.timedelta(days=1)
        count -= calendar.is_workday(day)
    return day


@contextmanager
def on_day(day: datetime.date, place: int) -> Iterator[None]:
    """Whatever asks for the time hears the day, `place` minutes after half past nine; never a time to come.

    Only while the demonstration is loaded, before anything is served: services take the day of a step from the clock,
    and a round takes months.
    """
    moment = timezone.make_aware(datetime.datetime.combine(day, BEGIN)) + datetime.timedelta(minutes=place)
    heard = min(moment, timezone.now())
    with patch.object(timezone, "now", lambda: heard):
        yield
