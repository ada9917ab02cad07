"""Inspections and research visits of demo/notices.yaml, played through the services on their days."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from spectown.core.workdays import Calendar
from spectown.organisations.actors import Actor
from spectown.supervision.models import Finding, Visit
from spectown.supervision.notices.visiting import stored_visit_settings
from spectown.supervision.services import visits
from spectown.towns.models import Town
from spectown.web.demorounds.days import on_day, workday_before
from spectown.web.demorounds.world import acting


def load_visits(data: Mapping[str, Any], calendar: Calendar, today: datetime.date) -> dict[str, int]:
    """All of them; nothing where the plan has no checklists."""
    if stored_visit_settings(today) is None:
        return {}
    by = acting("demo-office")
    for place, spec in enumerate(data["visits"]):
        starts, ends = (_day(calendar, today, ago) for ago in spec["days"])
        with on_day(workday_before(calendar, today, spec["planned"]), place):
            towns = list(Town.objects.filter(code__in=spec["towns"]))
            plan = visits.Plan(spec["title"], spec["checklist"], starts, ends, spec["participants"], towns)
            visit = visits.plan_visit(plan=plan, by=by)
        if spec.get("finish"):
            with on_day(ends, place):
                _seen(visit, spec, by)
    return {"检查调研": Visit.objects.count()}


def _day(calendar: Calendar, today: datetime.date, ago: int) -> datetime.date:
    return workday_before(calendar, today, ago) if ago >= 0 else calendar.add(today, -ago)


def _seen(visit: Visit, spec: Mapping[str, Any], by: Actor) -> None:
    """Filled in, every finding settled, closed."""
    said = {code: ("finding", text) for code, text in spec["findings"].items()}
    answers = {item["code"]: ("fine", "") for item in visit.items if item["code"] != "other"} | said
    for place in visit.towns.all():
        visits.fill_in(place=place, answers=answers, by=by)
    for finding in Finding.objects.filter(answer__place__visit=visit).select_related("answer"):
        way, text = spec["settled"][finding.answer.item]
        visits.settle(finding=finding, way=way, said=text, by=by)
    visits.move(visit=visit, code="finish", by=by)
