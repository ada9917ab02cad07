"""The light of each project as it is kept for filters: on every change of the project or its reports, and daily."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl
from django.db import transaction
from django.utils import timezone

from spectown.core.lights import Level
from spectown.core.projects.months import Look
from spectown.lib.columnar import writing
from spectown.lib.columnar.reading import key_set
from spectown.projects.facts.lights import Figures, figures_of
from spectown.projects.models import Project

SCHEMA = {"id": pl.Int64, "light": pl.String, "light_reason": pl.String, "light_on": pl.Date}
LONGEST = 300


@transaction.atomic
def refresh(pks: Collection[int] | None = None) -> int:
    """Keep the lights of today, of these projects or of all. Return how many were written.

    Derived from what the log has anyway: no event, and the row keeps its version.
    """
    today = timezone.localdate()
    rows = Project.objects.alive() if pks is None else Project.objects.alive().filter(pk__in=key_set(pks))
    figures = figures_of(list(rows.order_by("pk")), Look(today.year, today.month, today))
    kept = [(f.project.pk, str(f.light.level), _reason(f), today) for f in figures]
    return writing.update(Project, pl.DataFrame(kept, schema=SCHEMA, orient="row"))


def _reason(figures: Figures) -> str:
    """Word and reason of what has to be looked at; of a project in order, of its first light."""
    told = figures.trouble or [figures.light]
    return "".join(f"{light.word}:{light.reason}" if light.level != Level.NONE else light.reason for light in told)[
        :LONGEST
    ]
