"""Projects as rows for the rates of 三个一批."""

from __future__ import annotations

from collections.abc import Iterable

from spectown.core.projects.rates import Row
from spectown.projects.facts.lights import actual_dates
from spectown.projects.models import Project, ProjectYear


def rate_rows(projects: Iterable[Project], year: int) -> dict[int, Row]:
    """Rows by project; `year`: whose actual output counts."""
    known = list(projects)
    reported = ProjectYear.objects.alive().filter(project__in=[p.pk for p in known], year=year)
    outputs = dict(reported.values_list("project", "output"))
    return {p.pk: Row(p.pk, actual_dates(p), p.planned_output, outputs.get(p.pk)) for p in known}
