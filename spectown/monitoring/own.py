"""The office's own versions beside what the plan says: kept in its place, told apart when the plan is loaded anew.

One mechanism for indicators, report forms, rules and schemes of evaluation.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from spectown.monitoring.enums import DefinitionKind
from spectown.monitoring.models import Definition
from spectown.organisations.actors import Actor

Entries = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class At:
    """A place: what, its code, the first period (of schemes the first year; of rules 0)."""

    kind: DefinitionKind
    code: str
    since: int


def current(kinds: Collection[DefinitionKind]) -> tuple[Definition, ...]:
    """All versions of our own of these kinds that are in use, in the order in which they were made."""
    rows = Definition.objects.filter(is_current=True, kind__in=list(kinds)).select_related("made_by")
    return tuple(rows.order_by("pk"))


def put_in_place(*, at: At, data: dict[str, Any] | None, base: Entries, by: Actor, reason: str) -> Definition:
    """Write a version in the place of what stood there; `base`: what the plan says of the code now."""
    place = {"kind": at.kind, "code": at.code, "since": at.since}
    Definition.objects.filter(is_current=True, **place).update(is_current=False)
    return Definition.objects.create(**place, data=data, base=base, reason=reason.strip()[:300], made_by_id=by.person)


def at_odds(own: Iterable[Definition], planned: Callable[[Definition], Entries]) -> list[Definition]:
    """Versions of our own whose code reads otherwise in the plan than when they were made."""
    return [each for each in own if each.data is not None and each.base != planned(each)]
