"""Titles that expire: for the office which recheck is due, for a county that it will come."""

from __future__ import annotations

import datetime

from django.urls import reverse

from spectown.accounts.permissions import Permission
from spectown.organisations.actors import Actor
from spectown.rounds.models import Title
from spectown.rounds.standing import expiring, in_force, running
from spectown.web.workbench.parts import SHOWN, Item, Part


def titles(actor: Actor, today: datetime.date) -> list[Part]:
    """Titles in force that end within half a year or have ended, and whose recheck nobody has begun."""
    manages, fills = actor.may(Permission.TITLE_MANAGE), actor.may(Permission.APPLICATION_FILL)
    if not (manages or fills):
        return []
    rows = [row for row in expiring(in_force(), today) if manages or _own(row, actor)]
    busy = running([row.town_id for row in rows])
    waiting = sorted((row for row in rows if row.town_id not in busy), key=lambda row: (row.valid_to or today, row.pk))
    items = [_item(row, manages, today) for row in waiting[:SHOWN]]
    heading = "到期应复核的称号" if manages else "即将到期的称号"
    return [Part(heading, items, len(waiting), is_mine=manages, url=reverse("deciding:titles"))] if items else []


def _own(title: Title, actor: Actor) -> bool:
    return actor.unit_id is not None and title.town.responsible_unit_id == actor.unit_id


def _item(title: Title, manages: bool, today: datetime.date) -> Item:
    over = title.valid_to is not None and title.valid_to < today
    return Item(
        title=title.town.name,
        url=reverse("deciding:title", args=[title.pk]),
        note=title.number,
        alarm=f"有效期已于 {title.valid_to} 届满" if over else "",
        state="" if over else f"有效期至 {title.valid_to}",
        tone="yellow",
        next="在复核批次中通知复核" if manages else "等领导小组办公室通知复核,先准备自查材料",
    )
