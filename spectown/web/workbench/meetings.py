"""Progress meetings: agenda to be set, decisions that are still drafts of measures, minutes to be drafted."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Count
from django.urls import reverse

from spectown.accounts.permissions import Permission
from spectown.organisations.actors import Actor
from spectown.supervision.lists.measures import MEASURES
from spectown.supervision.models import Decision, Meeting
from spectown.web.lists.found import row_url
from spectown.web.workbench.parts import SHOWN, Item, Part

WITHIN = 60  # days in which a meeting without minutes is asked about


def meetings(actor: Actor, today: datetime.date) -> list[Part]:
    """The office, before a meeting and after it."""
    if not actor.may(Permission.PLAN_MANAGE):
        return []
    first = today - datetime.timedelta(WITHIN)
    rows = Meeting.objects.visible_to(actor).filter(document__isnull=True, day__gte=first)
    counted = rows.annotate(topics=Count("agenda", distinct=True), decided=Count("decisions", distinct=True))
    items = [_meeting(row, today) for row in counted.order_by("day", "pk")[:SHOWN]]
    return [Part("推进会", items, rows.count(), url=reverse("meetings:list"))] if items else []


def _meeting(row: Any, today: datetime.date) -> Item:
    over = row.day < today
    todo = "起草会议纪要" if over or row.decided else "开会时逐项记下议定事项" if row.topics else "定议程"
    return Item(
        title=row.title,
        url=reverse("meetings:agenda" if todo == "定议程" else "meetings:meeting", args=[row.pk]),
        note=f"{row.day} {row.place}".strip(),
        state=f"议题 {row.topics} 项,议定 {row.decided} 项",
        tone="yellow" if over else "blue",
        next=todo,
    )


def decisions(actor: Actor, today: datetime.date) -> list[Part]:
    """The office: what was decided and is still a draft of the action plan."""
    if not actor.may(Permission.PLAN_MANAGE):
        return []
    rows = Decision.objects.filter(measure__state="draft", measure__deleted_at__isnull=True)
    items = [
        Item(
            title=row.text,
            url=row_url(MEASURES, row.measure_id or 0),
            note=f"{row.meeting}({row.meeting.day}),{row.unit},限 {row.deadline} 前",
            clause=row.clause,
            state="措施草稿",
            tone="yellow" if not row.target else "blue",
            since=f"{row.meeting.day}",
            next="提请审定" if row.target else "补写可衡量的目标,提请审定",
        )
        for row in rows.select_related("meeting", "unit").order_by("deadline", "pk")[:SHOWN]
    ]
    return [Part("待提请审定的会议议定事项", items, rows.count(), url=reverse("supervision:decide"))] if items else []
