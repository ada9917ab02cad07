"""What in the system carries a clause out: areas of work say it through `carries`, the reader shows it."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from spectown.organisations.actors import Actor
from spectown.plans.models import PlanVersion


@dataclass(frozen=True, slots=True)
class Scene:
    """For whom, of which version, on which day."""

    version: PlanVersion
    actor: Actor
    today: datetime.date


@dataclass(frozen=True, slots=True)
class Carried:
    """One line beside a clause: what it is (责任), the live facts, where they stand. `tone`: a tag's tone, or none."""

    label: str
    text: str
    url: str = ""
    tone: str = ""


Line = tuple[str, Carried]
Source = Callable[[Scene], Iterable[Line]]
_SOURCES: list[Source] = []


def carries(source: Source) -> Source:
    """Register a source of (clause ref, line); it runs once per page, in a bounded number of queries."""
    if source not in _SOURCES:
        _SOURCES.append(source)
    return source


def carried(scene: Scene) -> dict[str, list[Carried]]:
    """All lines by clause ref, in the order in which the sources registered."""
    found: dict[str, list[Carried]] = defaultdict(list)
    for source in _SOURCES:
        for ref, line in source(scene):
            found[ref].append(line)
    return dict(found)
