"""What is kept about measures and follows every change of the list: works, milestones, units and places they name."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.utils import timezone

from spectown.lib.columnar.reading import key_set
from spectown.organisations.models import Territory, Unit
from spectown.supervision.lists.texts import milestones_of
from spectown.supervision.models import Measure, Milestone, Work
from spectown.supervision.named import names_of, rows_named
from spectown.towns.models import Town

# Column of names, the rows that they mean.
NAMED: tuple[tuple[str, str, type[Any]], ...] = (
    ("participants", "helpers", Unit),
    ("counties", "of_counties", Territory),
    ("towns", "of_towns", Town),
)
HOME = ("pk", "territory_id")
COPIED = ("title", "holder", "territory", "town", "first_deadline", "deadline", "ended_on")


def keep_works(pks: Collection[int]) -> None:
    """Make or bring up to date the works of measures that are still drafts; a fixed number of queries a block."""
    rows = list(Measure.objects.filter(pk__in=key_set(pks), state="draft").select_related("work").order_by("pk"))
    _keep_named(rows)
    fresh = [row for row in rows if row.work is None]
    works = [Work(kind="measure", state="draft", is_demo=row.is_demo, **_copied(row)) for row in fresh]
    for row, work in zip(fresh, Work.objects.bulk_create(works, batch_size=500), strict=True):
        row.work = work
    Measure.objects.bulk_update(rows, ["work", "territory", "town"], batch_size=500)
    known = [row for row in rows if row not in fresh]
    for row in known:
        for name, value in _copied(row).items():
            setattr(row.work, name, value)
    Work.objects.bulk_update([row.work for row in known if row.work], COPIED, batch_size=500)
    _keep_milestones(rows)


def _keep_named(rows: Sequence[Measure]) -> None:
    """The rows that the texts name, and the only county and town where there is one; the caller saves those."""
    meant = {column: _meant(rows, column, many, model) for column, many, model in NAMED}
    homes = dict(Town.objects.filter(pk__in={pk for pks in meant["towns"].values() for pk in pks}).values_list(*HOME))
    for row in rows:
        towns = meant["towns"][row.pk]
        counties = set(meant["counties"][row.pk]) or {homes[pk] for pk in towns}
        row.town_id = towns[0] if len(towns) == 1 else None
        row.territory_id = next(iter(counties)) if len(counties) == 1 else None


def _meant(rows: Sequence[Measure], column: str, many: str, model: type[Any]) -> dict[int, list[int]]:
    """Numbers by measure, in the order of the names; written anew."""
    texts = {row.pk: names_of(getattr(row, column)) for row in rows}
    known = rows_named(model, {name for names in texts.values() for name in names})
    found = {pk: list(dict.fromkeys(known[name] for name in names if name in known)) for pk, names in texts.items()}
    through, target = getattr(Measure, many).through, f"{model._meta.model_name}_id"
    through.objects.filter(measure__in=key_set(texts)).delete()
    made = [through(measure_id=pk, **{target: each}) for pk, pks in found.items() for each in pks]
    through.objects.bulk_create(made, batch_size=500)
    return found


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
