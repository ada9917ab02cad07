"""To whom a problem is proposed to go, as the form of routing shows it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from spectown.accounts.permissions import PERMISSIONS, Permission, Role
from spectown.organisations.models import Membership, Unit
from spectown.supervision.models import Problem
from spectown.supervision.problemrules import duties_on, refused_by


@dataclass(frozen=True, slots=True)
class Route:
    """The proposal in words: unit, why, who else could have it, how long it may take."""

    unit: Unit | None
    reason: str
    candidates: tuple[Unit, ...]
    days: int
    due_on: datetime.date | None
    heard: frozenset[int]

    def choices(self, units: Iterable[Unit]) -> list[tuple[object, object]]:
        """Those with a part in the task first; who cannot log in and answer is marked."""
        first = {unit.pk for unit in self.candidates}
        rest = [unit for unit in units if unit.pk not in first]
        others = [(unit.pk, self._label(unit)) for unit in rest]
        named = [(unit.pk, self._label(unit)) for unit in self.candidates]
        groups: list[tuple[object, object]] = [("", "请选择")]
        if named:
            groups.append(("方案这一条的责任单位", named))
        return [*groups, ("其他单位", others)]

    def _label(self, unit: Unit) -> str:
        return unit.name if unit.pk in self.heard else f"{unit.name}(尚无账号)"


NO_ROUTE = Route(None, "", (), 0, None, frozenset())


def route_of(problem: Problem) -> Route:
    """What the rules propose; nothing where no plan has rules."""
    today = timezone.localdate()
    duties = duties_on(today)
    if duties is None:
        return Route(None, "方案文件夹中没有问题台账的口径,请指定承办单位。", (), 0, None, units_that_check())
    found = duties.proposal(problem, refused_by([problem]).get(problem.pk, frozenset()))
    days = duties.rules.days
    return Route(
        duties.units.get(found.unit),
        found.reason,
        tuple(duties.units[code] for code in found.candidates if code in duties.units),
        days,
        today + datetime.timedelta(days),
        units_that_check(),
    )


def units_that_check() -> frozenset[int]:
    """Units of which somebody can log in, take problems on and answer."""
    roles = [role for role in Role if Permission.WORK_CHECK in PERMISSIONS[role]]
    posts = Membership.objects.valid_on(timezone.localdate()).filter(role__in=roles, user__is_active=True)
    return frozenset(posts.values_list("unit", flat=True))
