"""Cells that nobody fills in are written in bulk, each change with its version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from spectown.lib.columnar.reading import key_set
from spectown.monitoring.enums import Origin
from spectown.monitoring.keeping import version_of
from spectown.monitoring.models import Cell, CellVersion, Indicator

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Change:
    """What a cell of a town is to hold from now on."""

    town: int
    code: str
    ordinal: int
    kind: int
    number: Decimal | None
    origin: Origin


def write(changes: Sequence[Change]) -> None:
    """Make or change these cells; each gets the next version, by nobody. Cells of a sheet are never touched."""
    if not changes:
        return
    indicators = dict(Indicator.objects.filter(code__in={each.code for each in changes}).values_list("code", "pk"))
    known = {(cell.town_id, cell.indicator_id, cell.ordinal): cell for cell in _standing(changes, indicators)}
    fresh: list[Cell] = []
    old: list[Cell] = []
    for each in changes:
        key = (each.town, indicators[each.code], each.ordinal)
        cell = known.get(key)
        if cell is None:
            cell = Cell(town_id=key[0], indicator_id=key[1], ordinal=key[2], revision=0)
        (fresh if cell.pk is None else old).append(cell)
        cell.kind, cell.number, cell.origin, cell.revision = each.kind, each.number, each.origin, cell.revision + 1
    Cell.objects.bulk_create(fresh, batch_size=BATCH)
    Cell.objects.bulk_update(old, ["kind", "number", "origin", "revision"], batch_size=BATCH)
    versions = [CellVersion(**version_of(cell, None, "")) for cell in [*fresh, *old]]
    CellVersion.objects.bulk_create(versions, batch_size=BATCH)


def _standing(changes: Sequence[Change], indicators: dict[str, int]) -> Sequence[Cell]:
    rows = Cell.objects.filter(
        ordinal__in={each.ordinal for each in changes},
        indicator__in=key_set(indicators.values()),
        town__in=key_set({each.town for each in changes}),
        sheet__isnull=True,
    )
    return list(rows)
