"""Inspections and research visits: what is still to be filled in, settled or closed, and what is planned."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from spectown.accounts.permissions import Permission
from spectown.core.supervision.visits import OTHER
from spectown.organisations.actors import Actor
from spectown.supervision.models import Visit
from spectown.web.workbench.parts import SHOWN, Item, Part

AHEAD = 30  # days
OPEN, COMING = "待填写、处理、办结的检查调研", "安排好的检查调研"


def visits(actor: Actor, today: datetime.date) -> list[Part]:
    """The office: checklists and findings that are open. Whoever is visited, and the office: what comes next."""
    manages = actor.may(Permission.PLAN_MANAGE)
    seen = Visit.objects.visible_to(actor).filter(state="planned")
    begun = seen.filter(starts__lte=today) if manages else seen.none()
    coming = seen.filter(starts__gt=today) if manages else seen.filter(ends__gte=today)
    near = coming.filter(starts__lte=today + datetime.timedelta(AHEAD))
    return [*_part(OPEN, begun, today, mine=True), *_part(COMING, near, today, mine=False)]


def _part(title: str, rows: QuerySet[Visit], today: datetime.date, *, mine: bool) -> list[Part]:
    counted = rows.annotate(
        places=Count("towns", distinct=True),
        answered=Count("towns__answers", filter=~Q(towns__answers__item=OTHER), distinct=True),
        waiting=Count("towns__answers__finding", filter=Q(towns__answers__finding__settled_at=None), distinct=True),
    )
    found = list(counted.order_by("starts", "pk")[: SHOWN + 1])
    if not found:
        return []
    total = len(found) if len(found) <= SHOWN else rows.count()
    items = [_open(row, today) if mine else _coming(row) for row in found[:SHOWN]]
    return [Part(title, items, total, is_mine=mine, url=reverse("visits:list"))]


def _open(row: Any, today: datetime.date) -> Item:
    """What is done and what is not; the first thing that is lacking comes next."""
    asked = row.places * sum(item["code"] != OTHER for item in row.items)
    late = f"已于 {row.ends} 结束,还没有办结" if row.ends < today else ""
    todo = "填写检查单" if row.answered < asked else "处理发现的问题" if row.waiting else "办结"
    return Item(
        title=row.title,
        url=reverse("visits:visit", args=[row.pk]),
        note=f"{row.get_kind_display()},{row.places} 个专业镇",
        alarm=late,
        state=f"已填 {row.answered}/{asked} 项" + (f",{row.waiting} 个问题未处理" if row.waiting else ""),
        tone="yellow" if late or row.waiting else "blue",
        since=f"{row.starts}",
        next=todo,
    )


def _coming(row: Any) -> Item:
    days = f"{row.starts}" + (f" 至 {row.ends}" if row.ends != row.starts else "")
    return Item(
        title=row.title,
        url=reverse("visits:visit", args=[row.pk]),
        note=f"{row.get_kind_display()},{days},{row.participants.splitlines()[0]}",
        state=f"{row.places} 个专业镇",
    )
