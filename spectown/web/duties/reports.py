"""What 月度通报 and 季度通报 say of dated work: values for the facts of these two kinds of documents."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from spectown.core.periods import Every, Period, before, parts
from spectown.core.supervision.rates import moved, ranks
from spectown.documents.kinds import current_kinds
from spectown.organisations.actors import Actor
from spectown.organisations.models import Unit
from spectown.supervision.models import Work
from spectown.supervision.outcomes import CITY, Outcomes, outcomes, scope, units_by_reports
from spectown.web.duties.keyfigures import key_figures
from spectown.web.duties.standing import standing
from spectown.web.projects.dispatching import dispatch_of
from spectown.web.projects.forms import DispatchFilter

LAMPS = {"red": "红", "yellow": "黄"}
METHOD = "按本期到期事项的按期办结率排序,办结率相同的名次并列,本期没有到期事项的不参加排名"
QUARTER = {"1": "第一季度", "2": "第二季度", "3": "第三季度", "4": "第四季度"}
MOST = 60


def monthly(by: Actor, period: Period, on: datetime.date) -> dict[str, Any]:
    """月度通报: who was to report, who did in time, late, not at all; key figures, projects in alarm, works."""
    works = scope(by)
    units = units_by_reports(works, period, on)
    names = _names({unit for found in units.values() for unit in found}, on)
    figures = key_figures(current_kinds().get("monthly_report"), period, by, on)
    return figures | {
        "month": period.days[0].isoformat(),
        "lamps": _lamps(by, period),
        **standing(works, period, on),
        "due_count": sum(len(found) for found in units.values()),
        "reported_count": len(units["on_time"]),
        "late": [names[unit] for unit in units["late"]],
        "absent": [names[unit] for unit in units["absent"]],
    }


def quarterly(by: Actor, period: Period, on: datetime.date) -> dict[str, Any]:
    """季度通报: measures, key figures, works by group, counties ranked, red and yellow works, who did not report."""
    works = scope(by)
    units = units_by_reports(works, period, on)
    names = _names(set(units["absent"]), on)
    measures = works.filter(kind="measure", started_on__isnull=False).exclude(state="cancelled")
    done = measures.filter(state__in=("reported", "verified")).count()
    behind = measures.exclude(state__in=("reported", "verified")).filter(light__in=LAMPS).count()
    total = measures.count()
    figures = key_figures(current_kinds().get("quarterly_report"), parts(period, Every.MONTH)[-1], by, on)
    return figures | {
        **standing(works, period, on),
        "period": f"{period.last[0]}年{QUARTER[str(period.last[1] // 3)]}",
        "method": METHOD,
        "task_count": total,
        "done_count": done,
        "on_track": total - done - behind,
        "behind": behind,
        "ranking": _ranking(works, period, on),
        "alerts": _alerts(works),
        "absent": [names[unit] for unit in units["absent"]],
    }


def _ranking(works: QuerySet[Work], period: Period, on: datetime.date) -> list[dict[str, Any]]:
    now, earlier = (_counties(outcomes(works, each, "county", on)) for each in (period, before(period)))
    places, former = ranks(now), ranks(earlier)
    rows = [
        {
            "rank": places.get(county),
            "county": county,
            "rate": None if rate is None else float(rate),
            "change": moved(places.get(county), former.get(county)),
            "note": "" if rate is not None else "本期没有到期事项",
        }
        for county, rate in now.items()
    ]
    return sorted(rows, key=lambda row: (row["rank"] is None, row["rank"] or 0))


def _counties(found: Outcomes) -> dict[str, Any]:
    return {row.label: row.figures.rate for row in found.rows if row.label != CITY}


def _alerts(works: QuerySet[Work]) -> list[dict[str, Any]]:
    """Red ones first."""
    chosen = works.filter(ended_on__isnull=True, anchored_on__isnull=False, paused_on__isnull=True, light__in=LAMPS)
    rows = chosen.select_related("holder").order_by("light", "deadline", "pk")[:MOST]
    return [
        {
            "lamp": LAMPS[work.light],
            "matter": work.title,
            "unit": work.holder.name if work.holder else "",
            "reason": work.light_why.rstrip("。"),
            "due": None,
        }
        for work in rows
    ]


def _lamps(by: Actor, period: Period) -> list[dict[str, Any]]:
    """Projects with a red or yellow light in the month, the red ones first."""
    form = DispatchFilter({"month": period.code, "show": "alarm"}, actor=by)
    return [
        {
            "lamp": LAMPS[each.light.level],
            "project": each.project.name,
            "town": each.project.town.name if each.project.town else "不涉及专业镇",
            "reason": ";".join(light.reason.rstrip("。") for light in each.trouble),
        }
        for each in dispatch_of(by, form).rows[:MOST]
    ]


def _names(units: set[int], on: datetime.date) -> Mapping[int, str]:
    """The names of the day: a document prints those."""
    return {unit.pk: unit.name_on(on) for unit in Unit.objects.filter(pk__in=units).prefetch_related("names")}


FACTS: Mapping[str, tuple[int, Callable[[Actor, Period, datetime.date], dict[str, Any]]]] = {
    "monthly_report": (1, monthly),
    "quarterly_report": (3, quarterly),
}


def facts_of(kind: str, period: Period, by: Actor) -> dict[str, Any]:
    """What the system knows for a draft, of that only what the kind of the plan in force asks for."""
    found = FACTS[kind][1](by, period, timezone.localdate())
    declared = current_kinds().get(kind)
    names = {fact.name for fact in declared.facts} if declared else set()
    return {name: value for name, value in found.items() if name in names}
