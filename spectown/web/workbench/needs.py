"""Needs for land, energy, money whose next step is the actor's."""

from __future__ import annotations

import datetime
from urllib.parse import urlencode

from spectown.ledgers.enums import NeedState
from spectown.ledgers.lists.needs import NEEDS
from spectown.ledgers.models import Need
from spectown.ledgers.services.needs import waiting_for
from spectown.organisations.actors import Actor
from spectown.web.ledgers.parts import NEXT, overdue, since_of
from spectown.web.lists.found import list_url, row_url
from spectown.web.workbench.parts import SHOWN, Item, Part

# Heading, states, and the order in which they wait: the nearest time limit first, else the oldest.
PARTS = (
    ("交办给本单位、待答复的要素需求", (NeedState.ASSIGNED,), "due_on"),
    ("待交办的要素需求", (NeedState.RAISED, NeedState.UNMET), "raised_on"),
    ("已答复、待确认的要素需求", (NeedState.ANSWERED,), "answered_on"),
)


def needs(actor: Actor, today: datetime.date) -> list[Part]:
    """Needs to assign, to answer, to confirm."""
    return [part for heading, states, order in PARTS for part in _part(actor, heading, states, order)]


def _part(actor: Actor, heading: str, states: tuple[NeedState, ...], order: str) -> list[Part]:
    rows = waiting_for(actor).filter(state__in=states)
    found = list(rows.select_related("territory", "enterprise", "assigned", "raiser").order_by(order, "pk")[:SHOWN])
    if not found:
        return []
    url = f"{list_url(NEEDS)}?{urlencode({'state': states[0].value})}"
    if NeedState.ASSIGNED in states:
        url += f"&{urlencode({'assigned': actor.unit_id})}"
    return [Part(heading, [_item(need) for need in found], rows.count(), url=url)]


def _item(need: Need) -> Item:
    late, since = overdue(need), since_of(need)
    limit = f",时限 {need.due_on}" if need.state == NeedState.ASSIGNED and need.due_on and not late else ""
    return Item(
        title=str(need),
        url=row_url(NEEDS, need.pk),
        note=f"{need.territory} {need.enterprise or ''}".strip(),
        alarm=f"办结时限 {need.due_on},已超 {late} 天" if late else "",
        clause="三(九)",
        state=need.get_state_display(),
        tone="red" if late else "yellow" if need.state == NeedState.UNMET else "blue",
        since=str(since or ""),
        next=f"{NEXT[NeedState(need.state)]}{limit}",
    )
