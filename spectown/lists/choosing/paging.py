"""Keyset paging: a page begins after (or ends before) a row, named by a signed cursor of its order values.

No row is skipped or shown twice when others are added meanwhile, and page 10,000 costs what page 1 costs.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import BooleanField, F, Field, Func, Q, QuerySet, Value

from spectown.lists.choosing.ordering import Sort, Term
from spectown.lists.models import ListRow

SIZES = (50, 100, 200)


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of one page; `before` and `after` are the cursors of the neighbouring pages, empty where there is none."""

    rows: list[ListRow]
    before: str
    after: str


class Beyond(Func):
    """(a, b) < (x, y): both databases seek to it in an index of (a, b)."""

    output_field: Field[Any, Any] = BooleanField()
    arity = 4

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """Compare the first two expressions with the last two."""
        parts = [compiler.compile(source) for source in self.get_source_expressions()]
        sql = "({}, {}) {} ({}, {})".format(*(p[0] for p in parts[:2]), self.extra["than"], *(p[0] for p in parts[2:]))
        return sql, [value for part in parts for value in part[1]]


def cut(rows: QuerySet[ListRow], sort: Sort, key: str, size: int, *, after: str = "", before: str = "") -> Page:
    """One page. `key` names list and order: a cursor of another one, or a made-up one, gives the first page."""
    signer = Signer(salt=f"list-page:{key}")
    start = _read(signer, sort, before)
    backwards = start is not None
    start = start if backwards else _read(signer, sort, after)
    found = _fetch(rows, sort, start, backwards, size + 1)
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    first, last = (more, True) if backwards else (start is not None, more)
    ends = [_written(signer, sort, row) for row in (found[:1] + found[-1:])] if found else ["", ""]
    return Page(found, ends[0] if first else "", ends[1] if last else "")


def _fetch(rows: QuerySet[ListRow], sort: Sort, start: list[Any] | None, backwards: bool, number: int) -> list[ListRow]:
    ordered = rows.annotate(**{t.alias: t.expression for t in sort.terms if t.alias.startswith("order_")})
    if len(sort.terms) == 2 and sort.terms[0].down == sort.terms[1].down:
        return _sought(ordered, sort.terms[0], start, sort.terms[0].down != backwards, number)
    ordered = ordered.order_by(*(term.clause(backwards) for term in sort.terms))
    return list((ordered if start is None else ordered.filter(_after(sort.terms, start, backwards)))[:number])


def _sought(rows: QuerySet[ListRow], term: Term, start: list[Any] | None, down: bool, number: int) -> list[ListRow]:
    """One column and the number, by two seeks in an index at most: the rows with a value, and those without."""
    ordered = rows.order_by(*((f"-{term.alias}", "-pk") if down else (term.alias, "pk")))
    empty = Q(**{f"{term.alias}__isnull": True})
    parts = ([~empty, empty] if down else [empty, ~empty]) if term.nullable else [Q()]
    if start is not None:
        if term.nullable:
            parts = parts[parts.index(empty if start[0] is None else ~empty) :]
        parts[0] &= _beyond(term, start, down)
    found: list[ListRow] = []
    for part in parts:
        if len(found) < number:
            found += ordered.filter(part)[: number - len(found)]
    return found


def _beyond(term: Term, start: list[Any], down: bool) -> Any:
    if start[0] is None:
        return Q(**{f"pk__{'lt' if down else 'gt'}": start[1]})
    values = Value(start[0]), Value(start[1])
    return Q(Beyond(F(term.alias), F("pk"), *values, than="<" if down else ">"))


def _after(terms: tuple[Term, ...], start: list[Any], backwards: bool) -> Q:
    """Rows behind the start: equal in the first terms, then behind in the next one."""
    found, equal = Q(pk__in=()), Q()
    for term, value in zip(terms, start, strict=True):
        found |= equal & _behind(term, value, term.down != backwards)
        equal &= Q(**{f"{term.alias}__isnull": True}) if value is None else Q(**{term.alias: value})
    return found


def _behind(term: Term, value: Any, down: bool) -> Q:
    if value is None:
        return Q(pk__in=()) if down else Q(**{f"{term.alias}__isnull": False})
    beyond = Q(**{f"{term.alias}__{'lt' if down else 'gt'}": value})
    return beyond | Q(**{f"{term.alias}__isnull": True}) if down and term.nullable else beyond


def _written(signer: Signer, sort: Sort, row: ListRow) -> str:
    return signer.sign_object([_plain(getattr(row, term.alias)) for term in sort.terms])


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, datetime.datetime):
        return {"time": value.isoformat()}
    return {"date": value.isoformat()} if isinstance(value, datetime.date) else value


READERS: dict[str, Any] = {
    "decimal": Decimal,
    "time": datetime.datetime.fromisoformat,
    "date": datetime.date.fromisoformat,
}


def _read(signer: Signer, sort: Sort, cursor: str) -> list[Any] | None:
    if not cursor:
        return None
    try:
        values = signer.unsign_object(cursor)
    except (BadSignature, ValueError):
        return None
    plain = [_value(value) for value in values]
    return plain if len(plain) == len(sort.terms) else None


def _value(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    ((kind, text),) = value.items()
    return READERS[kind](text)
