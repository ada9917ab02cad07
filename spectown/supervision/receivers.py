"""Who is told at each level up the line, by posts and memberships of the day; an empty level passes it on upward."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from spectown.accounts.permissions import PERMISSIONS, Role
from spectown.core.supervision.reminders import Level
from spectown.core.supervision.words import CHECK, DECIDE, FILL, PLAN, RAISE
from spectown.organisations.models import Incumbency, Membership, Unit, valid_on

UP = tuple(Level)
ABOVE = [role for role in Role if {PLAN, DECIDE} & {str(each) for each in PERMISSIONS[role]}]
Held = Mapping[int, Mapping[int, int]]  # unit -> user -> unit for which the user is told


@dataclass(frozen=True, slots=True)
class Told:
    """Receivers with the unit for which each is told; `meant`: whom the rule means; `note`: why it went further up."""

    users: Mapping[int, int]
    meant: str
    note: str = ""


@dataclass(slots=True)
class Line:
    """Everybody who may be told on a day; built once for all works, by three queries."""

    names: dict[int, str]
    holders: defaultdict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    heads: defaultdict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    checkers: defaultdict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    raisers: defaultdict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    office: dict[int, int] = field(default_factory=dict)
    leaders: dict[int, int] = field(default_factory=dict)
    known: dict[tuple[int | None, Level, bool], Told] = field(default_factory=dict)

    def told(self, unit: int | None, level: Level, *, confirms: bool = False) -> Told:
        """Who is told of work of a unit at a level; `confirms`: the unit is the one that has to confirm it."""
        key = (unit, level, confirms)
        if key not in self.known:
            self.known[key] = self._told(unit, level, confirms)
        return self.known[key]

    def _told(self, unit: int | None, level: Level, confirms: bool) -> Told:
        meant = self._meant(unit, level, confirms)
        for higher in UP[UP.index(level) :]:
            users = self.raisers.get(unit or 0, {}) if confirms and higher is Level.HOLDER else self._at(unit, higher)
            if users:
                passed = f"({meant}没有在岗的账号,改送{higher.label})" if higher is not level else ""
                return Told(users, meant, passed)
        return Told({}, meant)

    def _meant(self, unit: int | None, level: Level, confirms: bool) -> str:
        inside = level in (Level.HOLDER, Level.UNIT)
        who = "确认人" if confirms else level.label
        return f"{self.names.get(unit or 0, '承办单位未定')} {who}" if inside else level.label

    def _at(self, unit: int | None, level: Level) -> Mapping[int, int]:
        key = unit or 0
        return {
            Level.HOLDER: self.holders.get(key, {}),
            Level.UNIT: self.heads.get(key) or self.checkers.get(key, {}),
            Level.OFFICE: self.office,
            Level.LEADER: self.leaders,
        }[level]


def line_on(day: datetime.date, unit: int | None = None) -> Line:
    """The line of a day, for all units or for one.

    Heads: members of the unit who hold one of its posts; where there is none, who checks.
    """
    line = Line(dict(Unit.objects.values_list("pk", "name")))
    posts = Incumbency.objects.filter(valid_on(day)).values_list("post__unit_id", "person")
    incumbents = set(posts)
    held = Membership.objects.valid_on(day).filter(user__is_active=True).order_by("pk")
    if unit is not None:
        held = held.filter(Q(unit=unit) | Q(role__in=ABOVE))
    for own, user, role, name in held.values_list("unit_id", "user_id", "role", "user__name"):
        _enter(line, own, user, {str(each) for each in PERMISSIONS[Role(role)]}, (own, name) in incumbents)
    return line


def _enter(line: Line, unit: int, user: int, may: set[str], is_head: bool) -> None:
    if may & {FILL, CHECK}:
        line.holders[unit][user] = unit
        if is_head:
            line.heads[unit][user] = unit
    if RAISE in may:
        line.raisers[unit][user] = unit
    if CHECK in may:
        line.checkers[unit][user] = unit
    if PLAN in may:
        line.office[user] = unit
    if DECIDE in may:
        line.leaders[user] = unit
