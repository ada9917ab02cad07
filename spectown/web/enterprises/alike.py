"""Two rows side by side: their columns, and the rows of all lists that hang on each."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.db.models import Count, Q, Value

from spectown.enterprises.lists import ENTERPRISES
from spectown.enterprises.models import DuplicatePair
from spectown.enterprises.services.moving import references
from spectown.lists.checking import stored
from spectown.lists.declaration import BoundColumn
from spectown.lists.models import ListRow
from spectown.lists.registry import ledgers
from spectown.web.enterprises.forms import TAKE, MergeForm
from spectown.web.lists.words import labels_of, words


@dataclass(frozen=True, slots=True)
class Compared:
    """One column of both rows in words; `chosen`: whose value would stay, `errors`: what is wrong with the choice."""

    column: BoundColumn
    first: str
    second: str
    differs: bool
    name: str = ""
    chosen: str = ""
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hanging:
    """Rows of one list that refer to each of the two, deleted ones included; `deleted` of both."""

    label: str
    first: int
    second: int
    deleted: int


def differing(pair: DuplicatePair) -> list[BoundColumn]:
    """Columns in which the two differ."""
    first, second = stored(ENTERPRISES, pair.first), stored(ENTERPRISES, pair.second)
    return [column for column in ENTERPRISES.bound if first[column.name] != second[column.name]]


def side_by_side(pair: DuplicatePair, form: MergeForm | None) -> list[Compared]:
    """All columns; the differing ones with their choice, where there is still one to make."""
    first, second = stored(ENTERPRISES, pair.first), stored(ENTERPRISES, pair.second)
    labels = labels_of(ENTERPRISES.bound, [first, second])
    found = []
    for column in ENTERPRISES.bound:
        texts = (words(column, first[column.name], labels), words(column, second[column.name], labels))
        differs, name = first[column.name] != second[column.name], TAKE + column.name
        if form is None or name not in form.fields:
            found.append(Compared(column, *texts, differs))
            continue
        errors = tuple(str(error) for error in form.errors.get(name, ())) if form.is_bound else ()
        found.append(Compared(column, *texts, differs, name, form.chosen(name), errors))
    return found


def hanging(pair: DuplicatePair) -> list[Hanging]:
    """Rows of everything that refers to one of the two; one query for each column that can."""
    found: dict[str, Hanging] = {}
    for model, column in references():
        label = _label(model, column)
        before = found.get(label, Hanging(label, 0, 0, 0))
        counts = _counts(model, column, (pair.first_id, pair.second_id))
        (first, gone), (second, gone_too) = counts
        found[label] = Hanging(label, before.first + first, before.second + second, before.deleted + gone + gone_too)
    return [each for each in found.values() if each.first or each.second]


def _label(model: type[models.Model], column: str) -> str:
    if column == ENTERPRISES.successor:
        return "此前并入的企业"
    declared: dict[type[models.Model], str] = {ledger.model: ledger.label for ledger in ledgers()}
    return declared.get(model, str(model._meta.verbose_name))


def _counts(model: type[models.Model], column: str, pks: tuple[int, int]) -> list[tuple[int, int]]:
    """Rows, and deleted ones among them, that refer to each of these. What was merged before is always deleted."""
    may_be_deleted = issubclass(model, ListRow) and column != ENTERPRISES.successor
    gone = Count("pk", filter=Q(deleted_at__isnull=False)) if may_be_deleted else Value(0)
    rows = model._default_manager.filter(**{f"{column}__in": pks}).order_by()
    counts = {pk: (n, deleted) for pk, n, deleted in rows.values_list(column).annotate(n=Count("pk"), deleted=gone)}
    return [counts.get(pk, (0, 0)) for pk in pks]
