"""Plays the rounds of demo/rounds.yaml in an empty demonstration database."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone

from spectown.core.workdays import Calendar
from spectown.organisations.models import Unit
from spectown.plans.calendar import stored_calendar
from spectown.plans.folder import mapping
from spectown.plans.models import PlanVersion
from spectown.rounds.models import Case, Round, Title
from spectown.web.democity.world import FOLDER
from spectown.web.demorounds import called, county, office, review
from spectown.web.demorounds.days import on_day, workday_before
from spectown.web.demorounds.world import Play, acting

STEPS: Mapping[str, Callable[..., None]] = {
    **called.STEPS,
    **county.STEPS,
    **office.STEPS,
    **review.STEPS,
}


PEOPLE = {"office": "demo-office", "second": "demo-office-2", "leader": "demo-leader"}


def load_rounds() -> dict[str, int]:
    """All rounds, step by step on their days; rows written by label. Nothing where the plan is another city's."""
    data, version = mapping(FOLDER, "rounds.yaml", required=True), PlanVersion.objects.current()
    if version is None or not _fits(data, version):
        return {}
    today = timezone.localdate()
    play = Play(data, version, {name: acting(account) for name, account in PEOPLE.items()}, today)
    for spec in data["rounds"]:
        _play(play, spec, stored_calendar(), today)
    return {"认定批次": Round.objects.count(), "申报案件": Case.objects.count(), "称号": Title.objects.count()}


def _fits(data: Mapping[str, Any], version: PlanVersion) -> bool:
    """True where the plan has samples of the rounds that are played, and the counties of the demonstration."""
    units = {each["unit"] for each in data["entrants"]}
    kinds = {spec.get("kind", "first") for spec in data["rounds"]}
    return kinds <= set(version.round_samples) and units <= set(Unit.objects.values_list("code", flat=True))


def _play(play: Play, spec: Mapping[str, Any], calendar: Calendar, today: datetime.date) -> None:
    opens, closes = (workday_before(calendar, today, ago) for ago in spec["window"])
    play.spec, play.window = spec, (opens, closes)
    for place, (ago, name, *args) in enumerate(spec["steps"]):
        play.day = workday_before(calendar, today, ago)
        with on_day(play.day, place):
            STEPS[name](play, *args)
