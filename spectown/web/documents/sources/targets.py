"""Units or rows of a list as what a batch is about: values for the fields of the pattern, objects, receivers."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils import timezone

from spectown.core.documentkinds.patterns import Value, plain_name
from spectown.documents.enums import Addressing
from spectown.documents.models import DocumentBatch
from spectown.lib.refusal import Refused
from spectown.lists.declaration import BoundColumn, Ledger
from spectown.lists.kinds import Kind
from spectown.lists.registry import ledger_of
from spectown.lists.scope import visible
from spectown.organisations.actors import Actor
from spectown.organisations.enums import NameKind, UnitKind
from spectown.organisations.models import Unit
from spectown.web.lists.words import Labels, labels_of, words

UNIT_NAMES = ("单位", "单位全称", "属地")
NUMBER = "编号"
GOVERNING = (UnitKind.COUNTY, UnitKind.ZONE)


@dataclass(frozen=True, slots=True)
class Target:
    """One document to be: what fills the pattern, what it is about, who receives it."""

    values: Mapping[str, Value]
    about: Sequence[models.Model] = ()
    recipients: Sequence[Unit] = ()


def names_of(ledger: Ledger) -> list[str]:
    """What a pattern may name of a list."""
    return [NUMBER, *(bound.label for bound in ledger.bound)]


def ways_of(ledger: Ledger) -> list[Addressing]:
    """By which columns of a list receivers are found."""
    has_unit = "unit" in ledger.by_name and ledger.by_name["unit"].field.related_model is Unit
    return [Addressing.NOBODY, *([Addressing.UNIT] if has_unit else []), Addressing.TERRITORY]


def targets_of(batch: DocumentBatch, numbers: Sequence[int], actor: Actor) -> Iterator[tuple[int, Target]]:
    """Those of the batch's targets that are asked for and still there, by number."""
    if not batch.ledger:
        units = Unit.objects.filter(pk__in=numbers).select_related("territory").prefetch_related("names")
        yield from ((unit.pk, _unit(unit, timezone.localdate())) for unit in units)
        return
    ledger = ledger_of(batch.ledger)
    if ledger is None:
        raise Refused(f"系统中已没有清单“{batch.ledger}”。")
    yield from _rows(ledger, numbers, actor, Addressing(batch.addressing))


def _unit(unit: Unit, day: datetime.date) -> Target:
    full = next((n.name for n in unit.names.all() if n.kind == NameKind.FULL and n.covers(day)), unit.name_on(day))
    texts = (unit.name_on(day), full, unit.territory.name if unit.territory else "")
    values = {name: Value(text) for name, text in zip(UNIT_NAMES, texts, strict=True)}
    return Target(values, (), (unit,))


def _rows(ledger: Ledger, numbers: Sequence[int], actor: Actor, way: Addressing) -> Iterator[tuple[int, Target]]:
    found = {row.pk: row for row in visible(ledger, actor).filter(pk__in=numbers)}
    stored = [{bound.name: getattr(row, bound.field.attname) for bound in ledger.bound} for row in found.values()]
    labels = labels_of(ledger.bound, stored)
    receivers = _receivers(found.values(), way)
    for (pk, row), values in zip(found.items(), stored, strict=True):
        filling = {plain_name(bound.label): _value(bound, values[bound.name], labels) for bound in ledger.bound}
        yield pk, Target(filling | {NUMBER: Value(ledger.number(pk))}, (row,), receivers.get(pk, ()))


def _value(bound: BoundColumn, value: Any, labels: Labels) -> Value:
    plain = "" if value is None or not bound.numeric else str(value)
    text = words(bound, value, labels)
    if bound.kind == Kind.DATE and isinstance(value, datetime.date):
        return Value(f"{value.year}年{value.month}月{value.day}日", value.isoformat())
    return Value(f"{text}{bound.unit}" if text and bound.numeric else text, plain)


def _receivers(rows: Iterable[Any], way: Addressing) -> dict[int, Sequence[Unit]]:
    """Units by row, as the way says."""
    found = list(rows)
    if way == Addressing.UNIT:
        units = Unit.objects.prefetch_related("names").in_bulk({row.unit_id for row in found if row.unit_id})
        return {row.pk: (units[row.unit_id],) for row in found if row.unit_id in units}
    if way != Addressing.TERRITORY:
        return {}
    governing = Unit.objects.filter(kind__in=GOVERNING, territory__in={row.territory_id for row in found})
    by_place = {unit.territory_id: unit for unit in governing.prefetch_related("names").order_by("-order", "-pk")}
    return {row.pk: (by_place[row.territory_id],) for row in found if row.territory_id in by_place}
