"""Kinds of dated work: each registers its table of states, its model, and what its moves need and do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Model, Q

from spectown.core.supervision.lights import Facts as LightFacts
from spectown.core.workflow import Workflow
from spectown.organisations.actors import Actor

if TYPE_CHECKING:
    from spectown.supervision.facts import Facts
    from spectown.supervision.models import Step, Work

Condition = Callable[["Facts"], tuple[str, ...]]
Effect = Callable[["Facts", "Step"], None]
Enrich = Callable[[Sequence["Work"], Mapping[int, LightFacts], date], Mapping[int, LightFacts]]


@dataclass(frozen=True)
class Kind:
    """One kind of dated work.

    `model` has a OneToOneField `work` whose related_name is `code`; None only in tests. `ends`: states in which the
    work asks nothing any more. `conditions` and `effects` by the names in the table, beside those that all kinds share
    (supervision.conditions, supervision.effects). `sees`: which works of the kind an actor may read, as a condition on
    Work. `fills`: by the code of a move, names of the values that it may be given; `write` puts them into the row, and
    the new state where the row keeps it too, before the effects. `filled`: conditions that what is filled in with the
    move meets, so that they do not stand against opening its form. `given`: reminders count from the day on which the
    work was given out, not from its deadline. `enrich`: adds milestones, missing reports … to what the lights need,
    for many works at once. `waits`: which works wait for an actor, where the table does not say it
    (supervision.mine). `dated`: column of the row that says the deadline in force too (datekeeping.keep_dates).
    Pages: `duties:work` with the number of the work leads to the page of its kind.
    """

    code: str
    table: Workflow
    model: type[Model] | None
    ends: frozenset[str]
    sees: Callable[[Actor], Q]
    conditions: Mapping[str, Condition] = field(default_factory=dict)
    effects: Mapping[str, Effect] = field(default_factory=dict)
    fills: Mapping[str, frozenset[str]] = field(default_factory=dict)
    filled: frozenset[str] = frozenset()
    write: Effect | None = None
    given: bool = False
    enrich: Enrich | None = None
    waits: Callable[[Actor], Q] | None = None
    dated: str = ""


_KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known; an app does so when Django is ready."""
    _KINDS[kind.code] = kind


def kinds() -> tuple[Kind, ...]:
    """All kinds that are known."""
    return tuple(_KINDS.values())


def kind_of(code: str) -> Kind:
    """The kind of this code. Raises KeyError."""
    return _KINDS[code]
