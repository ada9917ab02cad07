"""The list of materials of a case as its page shows it: what is there, what lacks, what may be changed now."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from spectown.accounts.permissions import Role
from spectown.core.rounds.ruleparts import Material as Wanted
from spectown.organisations.actors import Actor
from spectown.rounds.facts import Facts
from spectown.rounds.models import Case, CaseVersion, Material
from spectown.rounds.services.materials import ENDINGS, editable_items

SENT_ONLY = (Role.OFFICE, Role.LEADER)  # they see what was sent, not what the county is at


@dataclass(frozen=True, slots=True)
class Line:
    """One item of the list. `earlier`: files that a newer one has replaced."""

    number: int
    wanted: Wanted
    file: Material | None
    state: str
    tone: str
    accept: str
    may_put: bool
    earlier: list[Material]


@dataclass(frozen=True, slots=True)
class Meter:
    """How far the list is filled: required items that are there and hold, of all required."""

    done: int
    total: int

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 means complete."""
        return 100 * self.done // self.total if self.total else 100


def lines_of(facts: Facts, actor: Actor) -> list[Line]:
    """All items in the order of the list."""
    counting, earlier = _files(facts, actor)
    editable = editable_items(facts)
    found = []
    for number, wanted in enumerate(facts.rules.materials, 1):
        file = counting.get(wanted.code)
        state, tone = _state(wanted, file, facts.on, "还没有提交" if actor.role in SENT_ONLY else "还没有上传")
        accept = ",".join(f".{ending}" for form in wanted.forms for ending in ENDINGS[form])
        may_put = wanted.code in editable and actor.role == Role.COUNTY_FILL
        found.append(Line(number, wanted, file, state, tone, accept, may_put, earlier.get(wanted.code, [])))
    return found


def meter_of(lines: list[Line]) -> Meter:
    """How far the required items are there."""
    required = [line for line in lines if line.wanted.required]
    return Meter(sum(line.tone == "green" for line in required), len(required))


def _files(facts: Facts, actor: Actor) -> tuple[Mapping[str, Material], dict[str, list[Material]]]:
    every = list(facts.case.materials.order_by("-pk"))
    if actor.role in SENT_ONLY:
        pinned = pinned_in([facts.version] if facts.version else [])
        return {each.item: each for each in every if each.pk in pinned}, {}
    earlier: dict[str, list[Material]] = {}
    for each in every:
        if each.replaced_at is not None:
            earlier.setdefault(each.item, []).append(each)
    return facts.materials, earlier


def pinned_in(versions: list[CaseVersion]) -> set[int]:
    """Numbers of the files that versions hold."""
    return {held["pk"] for version in versions for held in version.content.get("materials", {}).values()}


def may_open(case: Case, file: Material, actor: Actor) -> bool:
    """The county every file of its case, office and leaders those that were sent in some version."""
    return actor.role not in SENT_ONLY or file.pk in pinned_in(list(case.versions.all()))


def _state(wanted: Wanted, file: Material | None, on: datetime.date, missing: str) -> tuple[str, str]:
    if file is None:
        return (missing, "yellow") if wanted.required else ("没有", "neutral")
    if file.expires_on and file.expires_on < on:
        return "已过期", "red"
    if wanted.expires and file.expires_on is None:
        return "须填写有效期", "yellow"
    return "已上传", "green"
