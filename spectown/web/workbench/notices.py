"""Supervision notices whose next step is the actor's; figures to look at; what calls for one."""

from __future__ import annotations

import datetime

from django.urls import reverse

from spectown.accounts.permissions import Permission
from spectown.organisations.actors import Actor
from spectown.plans.calendar import stored_calendar
from spectown.supervision.models import Notice, NoticeFigure, Work
from spectown.supervision.notices.matters import weighed
from spectown.supervision.notices.register import still_standing
from spectown.supervision.notices.seeing import waits_for
from spectown.web.notices.shown import Ball, ball_of
from spectown.web.notices.words import TONES
from spectown.web.workbench.parts import SHOWN, Item, Part


def notices(actor: Actor, today: datetime.date) -> list[Part]:
    """Those that wait for the actor, the nearest deadline first."""
    works = Work.objects.visible_to(actor).filter(waits_for(actor))
    rows = Notice.objects.filter(work__in=works.values("pk")).select_related("work__holder", "affected")
    found = list(rows.order_by("work__deadline", "pk")[:SHOWN])
    if not found:
        return []
    calendar = stored_calendar()
    items = [_item(row, ball_of(row, calendar, today)) for row in found]
    return [Part("待办的督办通知书", items, works.count(), url=reverse("notices:list"))]


def _item(row: Notice, ball: Ball) -> Item:
    work = row.work
    late = work.light in {"yellow", "red"}
    return Item(
        title=work.title,
        url=reverse("notices:notice", args=[row.pk]),
        note=str(work.holder or ""),
        alarm=work.light_why if late else "",
        clause=row.clause,
        state=work.state_label,
        tone="red" if late else TONES[work.state],
        since=f"{work.since:%Y-%m-%d}",
        next=f"{ball.next}{f'(限 {ball.until} 前)' if ball.until else ''}",
    )


def standing(actor: Actor, today: datetime.date) -> list[Part]:
    """Documents of withdrawn notices, to be voided by whoever did not write them."""
    if not (actor.may(Permission.PLAN_MANAGE) and actor.may(Permission.DOCUMENT_CHECK)):
        return []
    rows = still_standing().exclude(document__writers=actor.user_id)
    items = [
        Item(
            title=row.work.title,
            url=reverse("documents:document", args=[row.document_id]),
            note=row.document.number or "" if row.document else "",
            state="已撤销",
            since=f"{row.work.since:%Y-%m-%d}",
            next="作废公文",
        )
        for row in rows[:SHOWN]
    ]
    return [Part("已撤销督办、公文待作废", items, rows.count(), url=reverse("notices:list"))] if items else []


def looks(actor: Actor, today: datetime.date) -> list[Part]:
    """Figures whose day has come."""
    if not actor.may(Permission.PLAN_MANAGE):
        return []
    rows = NoticeFigure.objects.filter(look_on__lte=today, looked_on__isnull=True)
    items = [
        Item(
            title=row.notice.work.title,
            url=f"{reverse('notices:notice', args=[row.notice_id])}#effect",
            note=row.label,
            since=f"{row.look_on:%Y-%m-%d}" if row.look_on else "",
            next="比对督办成效",
        )
        for row in rows.select_related("notice__work").order_by("look_on", "pk")[:SHOWN]
    ]
    return [Part("到期比对的督办成效", items, rows.count(), url=reverse("notices:list"))] if items else []


def proposed(actor: Actor, today: datetime.date) -> list[Part]:
    """What calls for a notice today."""
    if not actor.may(Permission.PLAN_MANAGE):
        return []
    found = [p for p in weighed(today) if p.stands]
    items = [
        Item(
            title=p.matter.title,
            url=reverse("notices:proposals"),
            note=p.matter.said,
            clause=p.trigger.clause,
            state=p.trigger.label,
            tone="red",
            next="决定是否督办",
        )
        for p in found[:SHOWN]
    ]
    return [Part("督办建议", items, len(found), url=reverse("notices:proposals"))] if items else []
