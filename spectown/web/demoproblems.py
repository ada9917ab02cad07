"""The demonstration's 问题台账: demo/problems.yaml, played through the services on the days it names."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from spectown.core.workdays import Calendar
from spectown.enterprises.enums import ChainRole
from spectown.enterprises.models import Enterprise
from spectown.lists.scope import own_towns
from spectown.organisations.actors import Actor
from spectown.organisations.models import Territory, Unit
from spectown.plans.calendar import stored_calendar
from spectown.plans.folder import mapping
from spectown.supervision.lighting import relight
from spectown.supervision.models import Problem, Work
from spectown.supervision.problemrules import known_rules
from spectown.supervision.services.problems import raise_problem, take_step
from spectown.supervision.settings import settings_of
from spectown.towns.models import Town
from spectown.web.democity.world import FOLDER
from spectown.web.demorounds.days import on_day, workday_before
from spectown.web.demorounds.world import acting


@dataclass(frozen=True, slots=True)
class Stage:
    """What all problems share: today, working days, the county's leading enterprises, the units by code."""

    today: datetime.date
    calendar: Calendar
    territory: Territory
    firms: list[Enterprise]
    units: Mapping[str, Unit]

    def day(self, ago: int) -> datetime.date:
        """So many working days before today."""
        return workday_before(self.calendar, self.today, ago)


def load_problems() -> dict[str, int]:
    """All problems with their steps; nothing where the plan or its counties are another city's."""
    data, today = mapping(FOLDER, "problems.yaml", required=True), timezone.localdate()
    territory = Territory.objects.filter(code=data["territory"]).first()
    if territory is None or known_rules(today) is None:
        return {}
    leading = Enterprise.objects.alive().filter(territory=territory, chain_role=ChainRole.LEADING, unit=None)
    units = {unit.code: unit for unit in Unit.objects.all()}
    stage = Stage(today, stored_calendar(), territory, list(leading.order_by("pk")[:5]), units)
    for spec in data["problems"]:
        _play(stage, spec)
    relight(list(Work.objects.running().filter(kind="problem")), settings_of(today), stage.calendar, today)
    return {"问题": Problem.objects.count()}


def _play(stage: Stage, spec: Mapping[str, Any]) -> None:
    with on_day(stage.day(spec["ago"]), 0):
        problem = raise_problem(values=_values(stage, spec, acting(spec["by"])), by=acting(spec["by"]))
    for place, (ago, code, who, *said) in enumerate(spec.get("steps", []), start=1):
        with on_day(stage.day(ago), place * 30):
            given: Any = said[0] if said else ""
            _step(stage, Problem.objects.select_related("work").get(pk=problem.pk), code, acting(who), given)


def _values(stage: Stage, spec: Mapping[str, Any], by: Actor) -> dict[str, Any]:
    values = {name: spec[name] for name in ("title", "text", "kind", "clause") if name in spec}
    if by.role == "county_fill":
        firm = stage.firms[spec["enterprise"] % len(stage.firms)] if stage.firms and "enterprise" in spec else None
        return {
            **values,
            "territory": stage.territory,
            "enterprise": firm,
            "origin": "enterprise" if firm else "county",
        }
    if by.role == "town":
        return {**values, "town": Town.objects.filter(pk__in=own_towns(by)).order_by("pk").first(), "origin": "town"}
    return values


def _step(stage: Stage, problem: Problem, code: str, by: Actor, said: Any) -> None:
    if isinstance(said, dict):
        values: dict[str, Any] = {"unit": stage.units[said["unit"]]}
        if "due_on" in said:
            values["due_on"] = stage.calendar.add(timezone.localdate(), said["due_on"])
        take_step(problem=problem, code=code, by=by, values=values)
    elif code == "answer":
        take_step(problem=problem, code=code, by=by, values={"answer": said})
    else:
        take_step(problem=problem, code=code, by=by, reason=said)
