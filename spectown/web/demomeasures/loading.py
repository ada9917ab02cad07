"""Plays the measures of demo/measures.yaml in an empty demonstration database."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, cast

from django.utils import timezone

from spectown.lists.services import records
from spectown.organisations.actors import Actor
from spectown.organisations.models import Unit
from spectown.plans.calendar import stored_calendar
from spectown.plans.folder import mapping
from spectown.plans.models import PlanVersion
from spectown.supervision.lighting import relight
from spectown.supervision.lists.measures import MEASURES
from spectown.supervision.models import Measure, Report, Work
from spectown.supervision.reporting import open_reports
from spectown.supervision.services.moves import move
from spectown.supervision.services.reports import report_nothing, save_report
from spectown.supervision.settings import settings_groups, settings_of
from spectown.web.democity.world import FOLDER
from spectown.web.demorounds.days import on_day, workday_before
from spectown.web.demorounds.world import acting

ENTRY = Mapping[str, Any]
OFFICE, LEADER = "demo-office", "demo-leader"
STARTED = ("running", "reported", "verified")
# What is done with the last report, up to the state in which it stays.
LAST = {"draft": 0, "checking": 1, "sent": 2, "acknowledged": 3}


class Play:
    """Who plays, on which days."""

    def __init__(self, data: ENTRY) -> None:
        self.calendar, self.today = stored_calendar(), timezone.localdate()
        self.office, self.leader = acting(OFFICE), acting(LEADER)
        self.units = {unit.code: unit for unit in Unit.objects.filter(code__in=data["people"])}
        self.people = {code: tuple(acting(name) for name in names) for code, names in data["people"].items()}

    def day(self, ago: int) -> datetime.date:
        """So many working days before today, or after it where it is below 0."""
        return workday_before(self.calendar, self.today, ago) if ago >= 0 else self.calendar.add(self.today, -ago)

    def of(self, entry: ENTRY) -> tuple[Actor, Actor]:
        """Who fills and who checks for the lead unit."""
        fills, checks = self.people[entry["lead"]]
        return fills, checks


def load_measures() -> dict[str, int]:
    """All measures, step by step on their days. Nothing where the plan is another city's or has no settings."""
    data = mapping(FOLDER, "measures.yaml", required=True)
    known = set(Unit.objects.filter(code__in=data["people"]).values_list("code", flat=True))
    if PlanVersion.objects.current() is None or known < set(data["people"]) or not settings_groups():
        return {}
    play = Play(data)
    made = [(entry, _begun(play, entry)) for entry in data["measures"]]
    _reports(play, [(entry, measure) for entry, measure in made if entry["way"] in STARTED])
    for entry, measure in made:
        _finish(play, entry, measure)
    works = list(Work.objects.running())
    relight(works, settings_of(play.today), play.calendar, play.today)
    return {"年度措施": len(made), "进展报告": Report.objects.count()}


def _begun(play: Play, entry: ENTRY) -> Measure:
    """A draft, then as far as 办理中."""
    begins = play.day(entry["ago"])
    lead = play.units[entry["lead"]]
    nodes = [f"{play.day(ago)} {title} {percent}%" for ago, title, percent in entry["nodes"]]
    names = ("title", "clause", "sentence", "deliverable", "target", "participants")
    values = {name: entry[name] for name in names} | {
        "year": play.today.year,
        "lead": lead,
        **{name: entry[name] for name in ("counties", "towns") if name in entry},
        "starts": begins,
        "deadline": play.day(-entry["ahead"]),
        "milestones": "\n".join(nodes),
    }
    with on_day(begins, 0):
        made = cast(Measure, records.create(ledger=MEASURES, values=values, by=play.office))
        _send_out(play, entry, made)
    return Measure.objects.get(pk=made.pk)


def _send_out(play: Play, entry: ENTRY, made: Measure) -> None:
    work, way = Work.objects.get(measure=made), entry["way"]
    _, checks = play.of(entry)
    if way != "draft":
        move(work=work, code="propose", by=play.office)
    if way not in ("draft", "proposed"):
        move(work=work, code="approve", by=play.leader)
    if way == "objected":
        move(work=work, code="object", by=checks, reason=entry["reason"])
    if way in STARTED:
        move(work=work, code="sign", by=checks)


def _reports(play: Play, started: list[tuple[ENTRY, Measure]]) -> None:
    """The timer's work at the end of each month, and what the units reported."""
    first = min((play.day(entry["ago"]) for entry, _ in started), default=play.today)
    for end in _month_ends(first, play.today):
        with on_day(end, 60):
            open_reports(end)
    for entry, measure in started:
        rows = list(measure.reports.select_related("work").order_by("year", "month"))
        told = list(zip(rows, entry["reports"], strict=False))
        for number, (report, said) in enumerate(told, start=1):
            if said != "":
                _report(play, entry, report, said, entry["last"] if number == len(told) else "acknowledged", number)


def _month_ends(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    days = (first + datetime.timedelta(days) for days in range((last - first).days + 1))
    return [day for day in days if (day + datetime.timedelta(1)).day == 1]


def _report(play: Play, entry: ENTRY, report: Report, said: Any, last: str, number: int) -> None:
    fills, checks = play.of(entry)
    due = report.work.deadline or play.today
    nodes = list(report.measure.nodes.filter(done_on__isnull=True).order_by("number"))
    reached = {nodes[0].pk: play.day(entry["reached"][0])} if entry["reached"] and nodes and number == 2 else {}
    with on_day(min(due, play.today), 0):
        if said == "nothing":
            report_nothing(report=report, by=fills)
        else:
            _fill(report, entry, said, fills, {pk: day for pk, day in reached.items() if day <= timezone.localdate()})
        far = LAST[last]
        if far > 0 and said != "nothing":
            move(work=report.work, code="hand_in", by=fills)
        if far > 1:
            move(work=report.work, code="send", by=checks)
        if far > 2:
            move(work=report.work, code="acknowledge", by=play.office)


def _fill(report: Report, entry: ENTRY, said: int, by: Actor, reached: Mapping[int, datetime.date]) -> None:
    values = {
        "done": f"按计划推进“{entry['deliverable']}”,召开调度会,逐项落实到人(演示)。",
        "percent": said,
        "figure": f"对照“{entry['target']}”,完成约 {said}%(演示)",
        "outlook": "下期继续推进,预计可以按期完成(演示)。",
    }
    save_report(report=report, values=values, by=by, reached=reached)


def _finish(play: Play, entry: ENTRY, measure: Measure) -> None:
    """已报完成, 已核实."""
    if entry["way"] not in ("reported", "verified"):
        return
    _, checks = play.of(entry)
    measure.nodes.filter(done_on__isnull=True).update(done_on=play.day(5))
    with on_day(play.day(3), 0):
        move(work=Work.objects.get(measure=measure), code="finish", by=checks)
    if entry["way"] == "verified":
        with on_day(play.day(1), 0):
            move(work=Work.objects.get(measure=measure), code="verify", by=play.office)
