"""Order of the rows. Empty values count as smaller than all others, on both databases alike; the number breaks ties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Case, Expression, F, IntegerField, Q, Value, When
from django.db.models.expressions import OrderBy

from spectown.lists.declaration import BoundColumn, Ledger
from spectown.lists.kinds import Kind


@dataclass(frozen=True, slots=True)
class Term:
    """One part of the order: `alias` names its value on the rows, `nullable` where that may be empty."""

    alias: str
    expression: Expression | F
    down: bool
    nullable: bool

    def clause(self, backwards: bool) -> OrderBy:
        """For ORDER BY."""
        down = self.down != backwards
        source = F(self.alias)
        if not self.nullable:
            return source.desc() if down else source.asc()
        return source.desc(nulls_last=True) if down else source.asc(nulls_first=True)


@dataclass(frozen=True, slots=True)
class Sort:
    """Order in force: `name` of the column ("" = the list's own order) and its direction."""

    name: str
    down: bool
    terms: tuple[Term, ...]

    @property
    def param(self) -> str:
        """Value of `sort=`."""
        return f"-{self.name}" if self.down else self.name


def sortable(ledger: Ledger, bound: BoundColumn) -> bool:
    """True where the list may be ordered by the column; a large list needs an index of (column, id) for it."""
    if not bound.column.sortable:
        return False
    if not ledger.large:
        return True
    fields = [tuple(index.fields) for index in ledger.model._meta.indexes]
    return (bound.name, "id") in fields


def sort_of(ledger: Ledger, text: str) -> Sort:
    """Order that `sort=` asks for; the list's own where it asks for none that there is."""
    name = text.removeprefix("-")
    bound = ledger.by_name.get(name)
    if bound is None or not sortable(ledger, bound):
        return Sort("", False, _own(ledger))
    down = text.startswith("-")
    return Sort(name, down, (*_terms(bound, down), _number(down)))


def _number(down: bool) -> Term:
    return Term("pk", F("pk"), down, False)


def _own(ledger: Ledger) -> tuple[Term, ...]:
    terms: list[Term] = []
    for name in ledger.order:
        plain, down = name.removeprefix("-"), name.startswith("-")
        if plain in {"pk", "id"}:
            return (*terms, _number(down))
        bound = ledger.by_name.get(plain)
        is_reference = bound is not None and bound.kind == Kind.REFERENCE
        terms += _terms(bound, down) if bound and is_reference else (_plain(ledger.model, plain, down),)
    return (*terms, _number(terms[-1].down if terms else True))


def _terms(bound: BoundColumn, down: bool) -> tuple[Term, ...]:
    model = bound.field.model
    if bound.kind == Kind.CHOICE:
        ranks = (When(Q(**{bound.name: code}), then=Value(i)) for i, code in enumerate(bound.choices.values()))
        rank = Case(*ranks, default=Value(-1), output_field=IntegerField())
        return (Term("order_rank", rank, down, False),)
    if bound.kind != Kind.REFERENCE:
        return (_plain(model, bound.name, down),)
    related: Any = bound.field.related_model
    names = [name for name in ("order", "name") if name in {field.name for field in related._meta.fields}]
    return tuple(_plain(model, f"{bound.name}__{name}", down) for name in names or ["pk"])


def _plain(model: type[models.Model], path: str, down: bool) -> Term:
    nullable, current = False, model
    for step in path.split("__"):
        field: Any = current._meta.pk if step == "pk" else current._meta.get_field(step)
        nullable = nullable or field.null
        current = field.related_model or current
    alias = path if "__" not in path else f"order_{path.replace('__', '_')}"
    return Term(alias, F(path), down, nullable)
