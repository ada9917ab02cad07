"""Supervision notices of demo/notices.yaml, played through the services on their days."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from spectown.core.workdays import Calendar
from spectown.organisations.actors import Actor
from spectown.organisations.models import Unit
from spectown.plans.calendar import stored_calendar
from spectown.plans.folder import mapping
from spectown.supervision.models import Notice
from spectown.supervision.notices.settings import stored_settings
from spectown.supervision.services import moves, notices, rectifying, terms
from spectown.supervision.services.notices import Draft, FigureWanted
from spectown.towns.models import Town
from spectown.web.demomeetings import load_meetings
from spectown.web.demorounds.days import on_day, workday_before
from spectown.web.demorounds.papers import paper
from spectown.web.demorounds.world import acting
from spectown.web.demovisits import load_visits

FOLDER = Path(settings.BASE_DIR) / "demo"
NAMES = {"second": "office-2"}


@dataclass
class Play:
    """One notice under way."""

    data: Mapping[str, Any]
    spec: Mapping[str, Any]
    calendar: Calendar
    day: datetime.date
    pk: int = 0
    deadline: datetime.date = field(default=datetime.date.min)

    @property
    def notice(self) -> Notice:
        """As it is stored now."""
        return Notice.objects.select_related("work").get(pk=self.pk)


def load_notices() -> dict[str, int]:
    """All of them; nothing where the plan has no settings of notices, or is another city's."""
    data, today = mapping(FOLDER, "notices.yaml", required=True), timezone.localdate()
    units = {spec["unit"] for spec in data["notices"]}
    if stored_settings(today) is None or units - set(Unit.objects.values_list("code", flat=True)):
        return {}
    calendar = stored_calendar()
    for spec in data["notices"]:
        play = Play(data, spec, calendar, today)
        for place, (ago, who, what, *said) in enumerate(spec["steps"]):
            play.day = workday_before(calendar, today, ago)
            with on_day(play.day, place):
                STEPS.get(what, _move(what))(play, acting(f"demo-{NAMES.get(who, who)}"), *said)
    return (
        {"督办通知书": Notice.objects.count()}
        | load_visits(data, calendar, today)
        | load_meetings(data, calendar, today)
    )


def _begin(play: Play, by: Actor) -> None:
    spec, after = play.spec, play.calendar.add
    play.deadline = after(play.day, spec["term"])
    figure = spec.get("figure")
    draft = Draft(
        title=spec["title"],
        unit=Unit.objects.get(code=spec["unit"]),
        town=Town.objects.filter(code=spec.get("town", "")).first(),
        said=spec["said"],
        problems=tuple(spec["problems"]),
        evidence=tuple(spec["evidence"]),
        demands=tuple((text, after(play.day, days)) for text, days in spec["demands"]),
        plan_due=after(play.day, 6),
        deadline=play.deadline,
        affected=Unit.objects.get(code=spec["affected"]),
        contact=play.data["contact"],
        phone=play.data["phone"],
        figure=FigureWanted(**{**figure, "before": Decimal(figure["before"])}) if figure else None,
    )
    play.pk = notices.begin(draft=draft, by=by).pk


def _plan(play: Play, by: Actor) -> None:
    said = play.data["plan"]
    plan = rectifying.Plan(said["text"], said["person"], play.deadline)
    rectifying.write_plan(notice=play.notice, plan=plan, by=by)


def _progress(play: Play, by: Actor) -> None:
    report = rectifying.Report(play.data["progress"], {1: "已报(演示)"}, 45)
    rectifying.write_report(notice=play.notice, report=report, by=by)


def _report(play: Play, by: Actor) -> None:
    said = play.data["result"]
    results = {number: "已完成(演示)" for number, _ in enumerate(play.spec["demands"], start=1)}
    rectifying.write_report(notice=play.notice, report=rectifying.Report(said["text"], results, 100), by=by)
    content = paper(said["file"], said["text"])
    rectifying.put_file(notice=play.notice, name=f"{said['file']}.pdf", content=content, by=by)


def _extension(play: Play, by: Actor, reason: str) -> None:
    later = play.calendar.add(play.deadline, 15)
    terms.ask_extension(work=play.notice.work, new=later, reason=reason, by=by)


def _move(code: str) -> Callable[..., None]:
    def make(play: Play, by: Actor, reason: str = "") -> None:
        moves.move(work=play.notice.work, code=code, by=by, reason=reason)

    return make


STEPS: Mapping[str, Callable[..., None]] = {
    "begin": _begin,
    "write_plan": _plan,
    "write_progress": _progress,
    "write_report": _report,
    "extension": _extension,
}
