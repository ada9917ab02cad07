"""Rows that stand where another row stands: honours of an enterprise, monthly reports of a project (Ledger.follows)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Subquery

from spectown.lists.declaration import Ledger
from spectown.lists.models import ListRow
from spectown.lists.registry import ledgers

_CHUNK = 5000


def follow(ledger: Ledger, row: ListRow) -> None:
    """Set territory and town of a row from its parent. Raises ValidationError where that is missing."""
    if not ledger.follows:
        return
    if getattr(row, f"{ledger.followed}_id") is None:
        label = ledger.by_name[ledger.followed].label
        raise ValidationError({ledger.followed: f"请填写{label}:属地和专业镇随{label}而定。"})
    parent = getattr(row, ledger.followed)
    for name in ledger.follows:
        setattr(row, name, getattr(parent, name))


def places_of(ledger: Ledger, parents: Collection[int]) -> Mapping[int, dict[str, int | None]]:
    """For an import: what rows with these parents take from them, by number of the parent, as stored values
    (territory_id, town_id)."""
    found: dict[int, dict[str, int | None]] = {}
    names = [f"{name}_id" for name in ledger.follows]
    model: Any = ledger.model._meta.get_field(ledger.followed).related_model
    wanted = sorted(set(parents))
    for start in range(0, len(wanted), _CHUNK):
        rows = model.objects.filter(pk__in=wanted[start : start + _CHUNK]).values_list("pk", *names)
        found |= {row[0]: dict(zip(names, row[1:], strict=True)) for row in rows}
    return found


def carry(ledger: Ledger, pks: Collection[int]) -> int:
    """After rows of this list moved to another place: take along all rows that follow them. Return how many."""
    return sum(_carry(child, sorted(pks)) for child in followers(ledger))


def followers(ledger: Ledger) -> Iterator[Ledger]:
    """Lists whose rows stand where the rows of this one stand."""
    for child in ledgers():
        if child.follows and child.model._meta.get_field(child.followed).related_model is ledger.model:
            yield child


def _carry(child: Ledger, pks: list[int]) -> int:
    model: Any = child.model._meta.get_field(child.followed).related_model
    parent = model.objects.filter(pk=OuterRef(child.followed))
    taken = {name: Subquery(parent.values(name)[:1]) for name in child.follows}
    rows = child.model._default_manager
    chunks = (pks[start : start + _CHUNK] for start in range(0, len(pks), _CHUNK))
    return sum(rows.filter(**{f"{child.followed}__in": chunk}).update(**taken) for chunk in chunks)
