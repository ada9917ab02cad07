"""Measures and reports whose next step is the actor's; extensions to answer; what a leader ought to look at first."""

from __future__ import annotations

import datetime
from urllib.parse import urlencode

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.urls import reverse

from spectown.accounts.permissions import Permission
from spectown.core.lights import Level
from spectown.monitoring.kinds import waits as sheets_for
from spectown.organisations.actors import Actor
from spectown.supervision.models import Extension, Work
from spectown.supervision.waiting import measures_for, reports_for
from spectown.web.duties.pages import PAPERS_LAST, page_of
from spectown.web.supervision.words import next_of, tone_of
from spectown.web.workbench.parts import SHOWN, Item, Part, when

ROWS = ("holder", "measure", "report__measure", "problem", "notice", "sheet")
WORST = (Level.RED, Level.YELLOW, Level.GREY)
PARTS = (
    ("待填报、审核或阅的进展报告", "report", reports_for),
    ("待办的措施", "measure", measures_for),
    ("待填报、审核、核定或验收的监测报表", "sheet", sheets_for),
)


def worst(actor: Actor, today: datetime.date) -> list[Part]:
    """For the leading group: the three worst things, whatever their kind."""
    if not actor.may(Permission.PLAN_DECIDE):
        return []
    order = Case(*[When(light=level, then=Value(place)) for place, level in enumerate(WORST)])
    rows = Work.objects.visible_to(actor).filter(ended_on__isnull=True, light__in=WORST)
    found = list(rows.select_related(*ROWS).order_by(order, PAPERS_LAST, F("deadline").asc(nulls_last=True), "pk")[:3])
    if not found:
        return []
    items = [_item(work) for work in found]
    url = f"{reverse('supervision:works')}?{urlencode({'light': found[0].light})}"
    return [Part("最需要过问的三件事", items, rows.count(), is_mine=False, leads=True, url=url)]


def works(actor: Actor, today: datetime.date) -> list[Part]:
    """What waits for the actor, the nearest deadline first."""
    return [
        part for title, kind, waits in PARTS for part in _part(actor, title, kind, _waiting(actor, kind, waits(actor)))
    ]


def _waiting(actor: Actor, kind: str, mine: Q) -> QuerySet[Work]:
    return Work.objects.visible_to(actor).filter(mine, kind=kind, ended_on__isnull=True)


def _part(actor: Actor, title: str, kind: str, rows: QuerySet[Work]) -> list[Part]:
    found = list(rows.select_related(*ROWS).order_by(F("deadline").asc(nulls_last=True), "pk")[:SHOWN])
    if not found:
        return []
    approves = kind == "measure" and actor.may(Permission.PLAN_DECIDE)
    url = f"{reverse('supervision:works')}?{urlencode({'which': 'mine', 'kind': kind})}"
    if kind == "sheet" and actor.may(Permission.INDICATOR_MANAGE):
        url = reverse("monitoring:sheets")  # many are accepted at once there
    items = [_item(work) for work in found]
    return [Part(title, items, rows.count(), url=reverse("supervision:decide") if approves else url)]


def _item(work: Work) -> Item:
    bad = work.light in (Level.RED, Level.YELLOW)
    limit = f"(限 {work.deadline} 前)" if work.runs and work.deadline and not bad else ""
    return Item(
        title=work.title,
        url=page_of(work),
        note=f"{work.get_kind_display()} {work.holder or ''}".strip(),
        alarm=work.light_why if bad else "",
        state=work.state_label,
        tone=work.light if bad else tone_of(work),
        since=f"{work.since:%Y-%m-%d}",
        next=f"{next_of(work)}{limit}",
    )


def extensions(actor: Actor, today: datetime.date) -> list[Part]:
    """Extensions of any dated work that the office has to answer, the nearest deadline first."""
    if not actor.may(Permission.PLAN_MANAGE):
        return []
    rows = Extension.objects.filter(state="asked", work__ended_on__isnull=True).exclude(asked_by=actor.user_id)
    items = [
        Item(
            title=row.work.title,
            url=page_of(row.work),
            note=f"{row.work.get_kind_display()} {row.work.holder} 申请延至 {row.new}:{row.reason}",
            since=when(row.asked_at),
            next="答复延期申请",
        )
        for row in rows.select_related(*(f"work__{name}" for name in ROWS)).order_by("old", "pk")[:SHOWN]
    ]
    return [Part("待答复的延期申请", items, rows.count(), url=reverse("supervision:works"))] if items else []
