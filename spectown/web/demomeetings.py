"""Progress meetings of demo/notices.yaml, played through the services on their days."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from spectown.core.supervision.agenda import agenda
from spectown.core.workdays import Calendar
from spectown.organisations.models import Unit
from spectown.projects.keeping import refresh
from spectown.supervision.models import Meeting
from spectown.supervision.notices.reds import reds
from spectown.supervision.services import meetings
from spectown.web.demorounds.days import on_day, workday_before
from spectown.web.demorounds.world import acting

TOPICS = 5


def load_meetings(data: Mapping[str, Any], calendar: Calendar, today: datetime.date) -> dict[str, int]:
    """All of them."""
    refresh()  # the lights of projects as they are today: otherwise the worker does it a moment later
    by = acting("demo-office")
    for place, spec in enumerate(data["meetings"]):
        day = workday_before(calendar, today, spec["days"])
        with on_day(day, place):
            named = {name: spec[name] for name in ("title", "place", "chair", "present", "views")}
            meeting = meetings.begin(facts=meetings.Facts(day=day, **named), by=by)
            meetings.set_agenda(meeting=meeting, items=agenda(reds(day), TOPICS), by=by)
            for said in spec["decisions"]:
                unit, due = Unit.objects.get(code=said["unit"]), calendar.add(day, said["due"])
                decided = meetings.Decided(said["text"], said["clause"], unit, due, said["target"])
                meetings.decide(meeting=meeting, decided=decided, by=by)
    return {"推进会": Meeting.objects.count()}
