"""Days of the report forms in the calendars of those who fill in, check, certify or accept."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.urls import reverse

from spectown.accounts.permissions import Permission
from spectown.core.periods import before, period_of
from spectown.monitoring.catalogue import plan_data
from spectown.outbox.registry import Entry, dates
from spectown.plans.calendar import stored_calendar
from spectown.supervision.dates import actors_of

ASKED = (Permission.SHEET_FILL, Permission.SHEET_CHECK, Permission.VALUE_CERTIFY, Permission.INDICATOR_MANAGE)


@dates("monitoring.periods")
def periods(user_id: int, today: datetime.date) -> Iterator[Entry]:
    """When the forms of the last and the running period open and are due; a year of each is not known in advance."""
    if not any(actor.may(each) for actor in actors_of(user_id, today) for each in ASKED):
        return
    calendar = stored_calendar()
    for form in plan_data().forms:
        running = period_of(today, form.every)
        for period in (before(running), running):
            if form.covers(period):
                days = form.window.dates(period, calendar)
                uid, name = f"form-{form.code}-{period.code}", f"{period.label}{form.name}"
                guess = "(暂定)" if days.provisional else ""
                url = reverse("monitoring:sheets")
                yield Entry(f"{uid}-opens", days.opens, f"开始填报{guess}:{name}", "", url)
                yield Entry(f"{uid}-due", days.due, f"报送到期{guess}:{name}", f"{days.closes} 停止填报。", url)
