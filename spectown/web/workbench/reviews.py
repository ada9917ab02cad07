"""Cases that wait for an expert."""

from __future__ import annotations

import datetime

from django.db.models import Q

from spectown.accounts.permissions import Permission
from spectown.organisations.actors import Actor
from spectown.rounds.models import Seat
from spectown.rounds.reading import REVIEWED_IN, in_reading_order, place_of, seats_for, town_of
from spectown.web.nav import address
from spectown.web.workbench.parts import SHOWN, Item, Part


def reviews(actor: Actor, today: datetime.date) -> list[Part]:
    """Seats without declaration, and sheets to fill, in the expert's own order."""
    if not actor.may(Permission.CASE_SCORE):
        return []
    undeclared = Q(declared_at__isnull=True, case__state__in=("accepted", *REVIEWED_IN))
    rows = seats_for(actor).filter(submitted_at__isnull=True).filter(undeclared | Q(case__state__in=REVIEWED_IN))
    found = in_reading_order(list(rows))
    items = [_item(seat) for seat in found[:SHOWN]]
    return [Part("请您评审的申报", items, len(found), url=address("experts:mine"))] if items else []


def _item(seat: Seat) -> Item:
    return Item(
        title=town_of(seat),
        url=address("experts:seat", pk=str(seat.pk)),
        note=f"{place_of(seat)},{seat.case.round.name}",
        state="评分中" if seat.declared_at else "待声明",
        next="逐项评分并写明理由,然后提交" if seat.declared_at else "声明有无利益冲突",
    )
