"""A cell is written with its version: what stood there from then on, by whom, why."""

from __future__ import annotations

from spectown.monitoring.models import Cell, CellVersion
from spectown.organisations.actors import Actor


def keep(cell: Cell, by: Actor | None, *, reason: str = "", certified: bool = False) -> CellVersion:
    """Save a cell as its next version. `certified`: the version holds what the bureau gave, not what was reported."""
    cell.revision = cell.revision + 1 if cell.pk else 1
    cell.save()
    return CellVersion.objects.create(**version_of(cell, by, reason, certified=certified))


def version_of(cell: Cell, by: Actor | None, reason: str, *, certified: bool = False) -> dict[str, object]:
    """Columns of the version that a cell stands in."""
    is_settled = certified and cell.certified_kind is not None
    return {
        "cell": cell,
        "revision": cell.revision,
        "kind": cell.certified_kind if is_settled else cell.kind,
        "number": cell.certified if is_settled else cell.number,
        "text": "" if is_settled else cell.text,
        "comment": cell.comment,
        "state": cell.state,
        "origin": "bureau" if certified else cell.origin,
        "reason": reason[:300],
        "by_id": by.user_id if by else None,
        "unit_name": by.unit_name[:100] if by else "",
    }
