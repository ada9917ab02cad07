"""What a measure names by text: a clause of the plan in force, units, counties and towns by any name they bear or bore.

Several names stand in one text, 、 between them; the rows that they mean are kept beside it (keeping.py), and with them
go the rights and the filters.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from spectown.organisations.enums import UnitKind
from spectown.organisations.models import Territory, Unit, UnitName
from spectown.plans.models import Clause
from spectown.towns.models import Town, TownAlias

Pairs = Iterable[tuple[str, int | None]]


def names_of(text: str) -> list[str]:
    """Names between 、 or line breaks, each once."""
    return list(dict.fromkeys(name for name in (piece.strip() for piece in re.split(r"[、,,;;\n]", text)) if name))


def _units(names: Collection[str]) -> Iterable[Pairs]:
    yield Unit.objects.filter(name__in=names).values_list("name", "pk")
    yield UnitName.objects.filter(name__in=names).values_list("name", "unit")


def _counties(names: Collection[str]) -> Iterable[Pairs]:
    """Also by the name of its government."""
    yield Territory.objects.filter(name__in=names).values_list("name", "pk")
    governments = UnitName.objects.filter(name__in=names, unit__kind__in=(UnitKind.COUNTY, UnitKind.ZONE))
    yield governments.values_list("name", "unit__territory")


def _towns(names: Collection[str]) -> Iterable[Pairs]:
    yield Town.objects.filter(name__in=names).values_list("name", "pk")
    yield TownAlias.objects.filter(name__in=names).values_list("name", "town")


_FIND: Mapping[type[models.Model], Callable[[Collection[str]], Iterable[Pairs]]] = {
    Unit: _units,
    Territory: _counties,
    Town: _towns,
}


def rows_named(model: type[models.Model], names: Collection[str]) -> dict[str, int]:
    """Number of the row that each name means; left out: names of none, or of several. Two queries."""
    found: dict[str, set[int]] = defaultdict(set)
    for pairs in _FIND[model](names) if names else ():
        for name, pk in pairs:
            if pk is not None:
                found[name].add(pk)
    return {name: next(iter(pks)) for name, pks in found.items() if len(pks) == 1}


def unknown(model: type[models.Model], text: str) -> list[str]:
    """Names in the text that mean no row, or not a single one."""
    names = names_of(text)
    known = rows_named(model, names)
    return [name for name in names if name not in known]


def is_clause(ref: str) -> bool:
    """True where the clause stands in the plan in force."""
    return Clause.objects.filter(version__is_current=True, ref=ref).exists()


def _validate(model: type[Any], label: str, text: str) -> None:
    if wrong := unknown(model, text):
        raise ValidationError(f"不认识的{label}“{'、'.join(wrong)}”:请用规范名称,几个用、隔开。")


def validate_units(text: str) -> None:
    """Raise ValidationError for a name of a unit that is not known."""
    _validate(Unit, "单位名称", text)


def validate_counties(text: str) -> None:
    """Raise ValidationError for a name of a county that is not known."""
    _validate(Territory, "县(区)", text)


def validate_towns(text: str) -> None:
    """Raise ValidationError for a name of a town that is not known."""
    _validate(Town, "专业镇", text)


def validate_clause(ref: str) -> None:
    """Raise ValidationError for a clause that is not in the plan."""
    if not is_clause(ref):
        raise ValidationError("现行方案中没有这一条款,请写条款号,如 三(四)。")
