"""What is kept about problems and follows every change of the list: their work and to whom they are proposed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.utils import timezone

from spectown.lib.columnar.reading import key_set
from spectown.supervision.models import Problem, Work
from spectown.supervision.problemrules import duties_on, refused_by

COPIED = ("title", "territory", "town", "ended_on")


def keep_problems(pks: Collection[int]) -> None:
    """Make or bring up to date works and proposals of problems not routed yet; the same queries however many."""
    known = Problem.objects.filter(pk__in=key_set(pks), state="raised")
    rows = list(known.select_related("work", "town", "raiser").order_by("pk"))
    if not rows:
        return
    fresh = [row for row in rows if row.work is None]
    works = [Work(kind="problem", state="raised", is_demo=row.is_demo, **_copied(row)) for row in fresh]
    for row, work in zip(fresh, Work.objects.bulk_create(works, batch_size=500), strict=True):
        row.work = work
    _propose(rows)
    Problem.objects.bulk_update(rows, ["work", "proposed"], batch_size=500)
    _bring_up([row for row in rows if row not in fresh])


def _bring_up(rows: Sequence[Problem]) -> None:
    for row in rows:
        for name, value in _copied(row).items():
            setattr(row.work, name, value)
    Work.objects.bulk_update([row.work for row in rows if row.work], COPIED, batch_size=500)


def _propose(rows: Sequence[Problem]) -> None:
    duties, refused = duties_on(timezone.localdate()), refused_by(rows)
    if duties is None:
        return
    for row in rows:
        row.proposed = duties.units.get(duties.proposal(row, refused.get(row.pk, frozenset())).unit)


def _copied(row: Problem) -> dict[str, Any]:
    return {
        "title": row.title,
        "territory_id": row.territory_id,
        "town_id": row.town_id,
        "ended_on": timezone.localdate() if row.deleted_at else None,
    }
