"""What the filters of a list can offer, and which of it the actor's rows can have: one query for all filters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Case, CharField, F, IntegerField, QuerySet, Value, When, Window
from django.db.models.functions import Cast, RowNumber

from spectown.lists.declaration import BoundColumn, Ledger
from spectown.lists.kinds import Kind
from spectown.lists.references import reference_of
from spectown.lists.scope import visible
from spectown.lists.usable import offered
from spectown.organisations.actors import Actor

MOST_OPTIONS = 500
READ = ("part_of", "place_at", "text_stored", "text_shown", "is_own")


@dataclass(frozen=True, slots=True)
class Offer:
    """One value of a filter; `own`: the actor's rows can have it."""

    label: str
    own: bool


Offers = Mapping[str, Mapping[str, Offer]]


def offers_of(ledger: Ledger, names: Iterable[str], actor: Actor) -> Offers:
    """By column and stored value, in their order; one more than MOST_OPTIONS where there are too many to offer.

    Columns whose values are fixed (choices) or too many (enterprises) are left out.
    """
    columns = [bound for name in names if (bound := ledger.by_name[name]) and _is_asked(bound)]
    found: dict[str, dict[str, Offer]] = {bound.name: {} for bound in columns}
    for part, _place, value, label, own in _read(_rows(ledger, bound, n, actor) for n, bound in enumerate(columns)):
        found[columns[part].name][value] = Offer(label, bool(own))
    return found


def all_offered(bound: BoundColumn) -> bool:
    """True where every row of the reference can be offered."""
    return bool(bound.refers_to) and reference_of(bound.refers_to).options is not None


def _is_asked(bound: BoundColumn) -> bool:
    return all_offered(bound) or (bound.kind == Kind.TEXT and not bound.refers_to)


def _rows(ledger: Ledger, bound: BoundColumn, part: int, actor: Actor) -> QuerySet[Any, Any]:
    return _referred(ledger, bound, part, actor) if bound.refers_to else _texts(ledger, bound, part, actor)


def _texts(ledger: Ledger, bound: BoundColumn, part: int, actor: Actor) -> QuerySet[Any, Any]:
    rows = visible(ledger, actor).exclude(**{bound.name: ""}).order_by()
    text = Cast(F(bound.name), CharField())
    said = rows.annotate(part_of=_number(part), place_at=_number(0), text_stored=text, text_shown=text)
    texts: QuerySet[Any, Any] = said.annotate(is_own=_number(1)).values_list(*READ).order_by("text_stored").distinct()
    return texts[:MOST_OPTIONS]


def _referred(ledger: Ledger, bound: BoundColumn, part: int, actor: Actor) -> QuerySet[Any, Any]:
    model: Any = bound.refers_to
    own = offered(ledger, bound.name, actor) if bound.kind == Kind.REFERENCE else None  # of several: all there are
    said = model._default_manager.annotate(
        part_of=_number(part),
        place_at=Window(RowNumber(), order_by=[*model._meta.ordering, "pk"]),
        text_stored=Cast("pk", CharField()),
        text_shown=F("name"),
        is_own=_number(1) if own is None else Case(When(own, then=_number(1)), default=_number(0)),
    )
    rows: QuerySet[Any, Any] = said.order_by("place_at").values_list(*READ)[: MOST_OPTIONS + 1]
    return rows


def _number(value: int) -> Value:
    return Value(value, output_field=IntegerField())


def _read(parts: Iterable[QuerySet[Any, Any]]) -> list[tuple[int, int, str, str, int]]:
    """All parts after each other; Django's own union can neither order nor limit its parts on SQLite."""
    compiled = list(_compiled(parts))
    if not compiled:
        return []
    sql = " UNION ALL ".join(
        f"SELECT * FROM ({text}) AS part_{n}"  # noqa: S608  # Django's own SQL
        for n, (text, _) in enumerate(compiled)
    )
    with connections["default"].cursor() as cursor:
        cursor.execute(sql, [value for _, values in compiled for value in values])
        return sorted(cursor.fetchall(), key=lambda row: row[:2])


def _compiled(parts: Iterable[QuerySet[Any, Any]]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for rows in parts:
        try:
            yield rows.query.sql_with_params()
        except EmptyResultSet:  # nobody sees such a row
            continue
