"""What is red today, for the agenda of a meeting: works and projects, in a fixed number of queries."""

from __future__ import annotations

import datetime

from spectown.core.supervision.agenda import Red
from spectown.plans.calendar import stored_calendar
from spectown.projects.models import Project
from spectown.supervision.models import Work

KINDS = ("measure", "notice", "problem")


def reds(on: datetime.date) -> list[Red]:
    """All of them."""
    works = Work.objects.running().filter(kind__in=KINDS, light="red").select_related("holder")
    calendar = stored_calendar()
    found = [
        Red(
            f"{work.kind}:{work.pk}",
            work.title,
            str(work.holder or ""),
            work.light_why,
            days=calendar.between(work.deadline, on) if work.deadline and work.deadline < on else 0,
        )
        for work in works.order_by("pk")
    ]
    rows = Project.objects.alive().filter(light="red").select_related("unit", "town__responsible_unit")
    for project in rows.order_by("pk"):
        unit = project.unit or (project.town.responsible_unit if project.town else None)
        why = project.light_reason + (f"需协调:{project.problem}" if project.needs_leader and project.problem else "")
        found.append(Red(f"project:{project.pk}", project.name, str(unit or ""), why, leader=project.needs_leader))
    return found
