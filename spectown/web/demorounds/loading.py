"""Plays the rounds of demo/rounds.yaml in an empty demonstration database."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils import timezone

from spectown.organisations.models import Unit
from spectown.plans.folder import mapping
from spectown.plans.models import PlanVersion
from spectown.rounds.calendar import stored_calendar
from spectown.rounds.models import Case, Round, Title
from spectown.web.democity.world import FOLDER
from spectown.web.demorounds import county, office, review
from spectown.web.demorounds.days import on_day, workday_before
from spectown.web.demorounds.world import Play, acting

STEPS: Mapping[str, Callable[..., None]] = {**county.STEPS, **office.STEPS, **review.STEPS}


def load_rounds() -> dict[str, int]:
    """All rounds, step by step on their days; rows written by label. Nothing where the plan is another city's."""
    data, version = mapping(FOLDER, "rounds.yaml", required=True), PlanVersion.objects.current()
    units = {each["unit"] for each in data["entrants"]}
    if (
        version is None
        or "first" not in version.round_samples
        or not units <= set(Unit.objects.values_list("code", flat=True))
    ):
        return {}
    people = {
        name: acting(f"demo-{account}")
        for name, account in (("office", "office"), ("second", "office-2"), ("leader", "leader"))
    }
    play, calendar, today = Play(data, version, people, timezone.localdate()), stored_calendar(), timezone.localdate()
    for spec in data["rounds"]:
        opens, closes = (workday_before(calendar, today, ago) for ago in spec["window"])
        play.spec, play.window = spec, (opens, closes)
        for place, (ago, name, *args) in enumerate(spec["steps"]):
            play.day = workday_before(calendar, today, ago)
            with on_day(play.day, place):
                STEPS[name](play, *args)
    return {"认定批次": Round.objects.count(), "申报案件": Case.objects.count(), "称号": Title.objects.count()}
