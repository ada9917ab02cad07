"""What is kept about measures and follows every change of the list: their work and their milestones."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.utils import timezone

from spectown.lib.columnar.reading import key_set
from spectown.supervision.lists.texts import milestones_of
from spectown.supervision.models import Measure, Milestone, Work

COPIED = ("title", "holder", "territory", "town", "first_deadline", "deadline", "ended_on")


def keep_works(pks: Collection[int]) -> None:
    """Make or bring up to date the works of measures that are still drafts; a fixed number of queries a block."""
    rows = list(Measure.objects.filter(pk__in=key_set(pks), state="draft").select_related("work").order_by("pk"))
    fresh = [row for row in rows if row.work is None]
    works = [Work(kind="measure", state="draft", is_demo=row.is_demo, **_copied(row)) for row in fresh]
    for row, work in zip(fresh, Work.objects.bulk_create(works, batch_size=500), strict=True):
        row.work = work
    Measure.objects.bulk_update(fresh, ["work"], batch_size=500)
    known = [row for row in rows if row not in fresh]
    for row in known:
        for name, value in _copied(row).items():
            setattr(row.work, name, value)
    Work.objects.bulk_update([row.work for row in known if row.work], COPIED, batch_size=500)
    _keep_milestones(rows)


def _copied(row: Measure) -> dict[str, Any]:
    return {
        "title": row.title,
        "holder_id": row.lead_id,
        "territory_id": row.territory_id,
        "town_id": row.town_id,
        "first_deadline": row.deadline,
        "deadline": row.deadline,
        "ended_on": timezone.localdate() if row.deleted_at else None,
    }


def _keep_milestones(rows: Sequence[Measure]) -> None:
    """Nothing was reported of a draft, so its milestones are written anew."""
    Milestone.objects.filter(measure__in=key_set(row.pk for row in rows)).delete()
    Milestone.objects.bulk_create(
        [
            Milestone(measure=row, number=number, due=each.due, title=each.title[:200], percent=each.percent)
            for row in rows
            for number, each in enumerate(milestones_of(row.milestones) or (), start=1)
        ],
        batch_size=500,
    )
