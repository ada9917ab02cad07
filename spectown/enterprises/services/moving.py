"""All rows that refer to one enterprise come to refer to another: of every list, also of lists yet to be written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from spectown.audit.services import record
from spectown.enterprises.lists import ENTERPRISES
from spectown.enterprises.models import DuplicatePair, Enterprise
from spectown.lists.declaration import Ledger
from spectown.lists.following import follow
from spectown.lists.models import ListRow
from spectown.lists.registry import ledgers
from spectown.organisations.actors import Actor


@dataclass(slots=True)
class Moved:
    """Rows moved by list, and those that the kept one had already, which are now among the deleted."""

    rows: dict[str, int] = field(default_factory=dict)
    doubled: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Rows that now refer to the kept enterprise."""
        return sum(self.rows.values())


def references() -> Iterator[tuple[type[models.Model], str]]:
    """Every column of the installation that refers to an enterprise, save the pairs themselves."""
    for model in apps.get_models(include_auto_created=True):
        for column in model._meta.concrete_fields:
            if column.related_model is Enterprise and model is not DuplicatePair:
                yield model, column.name


def move_rows(*, kept: Enterprise, dropped: Enterprise, by: Actor, reason: str) -> Moved:
    """Move them; must run inside the transaction of the merge."""
    moved, declared = Moved(), {ledger.model: ledger for ledger in ledgers()}
    for model, column in references():
        ledger = declared.get(model)  # type: ignore[arg-type]  # not every model is a list
        if ledger is None or ledger is ENTERPRISES:
            model._default_manager.filter(**{column: dropped.pk}).update(**{column: kept.pk})
            continue
        for row in ledger.model._default_manager.filter(**{column: dropped.pk}).order_by("pk"):
            _move(ledger, column, row, kept, by.person, moved)
            before, after = {column: dropped.pk}, {column: kept.pk}
            record(by=by, action="enterprise.follow", obj=row, before=before, after=after, reason=reason)
    return moved


def _move(ledger: Ledger, column: str, row: ListRow, kept: Enterprise, person: int, moved: Moved) -> None:
    setattr(row, column, kept)
    if ledger.follows and column == ledger.followed:
        follow(ledger, row)
    if row.deleted_at is None and _taken(row):
        row.deleted_at, row.deleted_by_id = timezone.now(), person
        row.delete_reason = f"合并后与 {ENTERPRISES.number(kept.pk)} 已有的行重复"
        moved.doubled.append(f"{ledger.label} {ledger.number(row.pk)} {row}")
    row.version += 1
    row.updated_at = timezone.now()
    row.save()
    moved.rows[ledger.label] = moved.rows.get(ledger.label, 0) + 1


def _taken(row: ListRow) -> bool:
    """True where the kept enterprise has such a row already."""
    try:
        row.validate_constraints()
    except ValidationError:
        return True
    return False
