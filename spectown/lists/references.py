"""How text in a workbook or a search box becomes a row of another table, and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from spectown.organisations.models import Territory, Unit, UnitName
from spectown.towns.models import Town, TownAlias

Found = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Reference:
    """`options`: all texts offered in drop-downs, None where they are too many. `find`: rows by text; several rows
    for one text mean that the text is not enough. `labels`: text by row number, such that `find` leads back."""

    options: Callable[[], list[str]] | None
    find: Callable[[Iterable[str]], Found]
    labels: Callable[[Iterable[int]], Mapping[int, str]]
    hint: str = ""


_references: dict[type[models.Model], Reference] = {}


def register_reference(model: type[models.Model], reference: Reference) -> None:
    """Make known how rows of a model are named in workbooks."""
    _references[model] = reference


def reference_of(model: type[models.Model]) -> Reference:
    """How rows of a model are named. Raises LookupError where nobody said it."""
    try:
        return _references[model]
    except KeyError:
        raise LookupError(f"no reference for {model}") from None


def gather(pairs: Iterable[tuple[str, int]]) -> Found:
    """Rows by text, each row once."""
    found: dict[str, set[int]] = defaultdict(set)
    for text, pk in pairs:
        found[text].add(pk)
    return {text: tuple(sorted(pks)) for text, pks in found.items()}


def _named(model: type[Any], names: Callable[[], Iterable[tuple[str, int]]]) -> Reference:
    def options() -> list[str]:
        return list(model.objects.values_list("name", flat=True))

    def find(texts: Iterable[str]) -> Found:
        wanted = set(texts)
        return gather((text, pk) for text, pk in names() if text in wanted)

    def labels(pks: Iterable[int]) -> Mapping[int, str]:
        return dict(model.objects.filter(pk__in=set(pks)).values_list("pk", "name"))

    return Reference(options, find, labels)


def _towns() -> Iterable[tuple[str, int]]:
    yield from Town.objects.values_list("name", "pk")
    yield from TownAlias.objects.values_list("name", "town")


def _units() -> Iterable[tuple[str, int]]:
    yield from Unit.objects.values_list("name", "pk")
    yield from UnitName.objects.values_list("name", "unit")


register_reference(Territory, _named(Territory, lambda: Territory.objects.values_list("name", "pk")))
register_reference(Town, _named(Town, _towns))
register_reference(Unit, _named(Unit, _units))
