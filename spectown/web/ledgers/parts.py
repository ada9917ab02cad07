"""What the page of a need shows besides its columns: where it stands, whose turn it is, the reader's own steps."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from django.urls import reverse
from django.utils import timezone

from spectown.audit.history import last_of
from spectown.ledgers.enums import NeedState
from spectown.ledgers.models import Need
from spectown.ledgers.services.needs import open_steps, own_enterprise, units_that_answer
from spectown.lists.models import ListRow
from spectown.organisations.actors import Actor
from spectown.web.http import Request
from spectown.web.lists.entries import Entry, register_entry
from spectown.web.lists.sections import Section, section

OFFICE = "领导小组办公室"
WAY = (("raised", "已提出"), ("assigned", "已交办"), ("answered", "已答复"), ("met", "已满足"))
MAIN = ("assign", "answer", "meet")  # steps that bring a need on
NEXT = {
    NeedState.RAISED: "交办给承办单位",
    NeedState.UNMET: "再次交办",
    NeedState.ASSIGNED: "答复",
    NeedState.ANSWERED: "确认已满足或未满足",
}


@dataclass(frozen=True, slots=True)
class Stop:
    """One state in the step bar."""

    label: str
    state: str
    date: str
    note: str = ""


def holder_of(need: Need) -> str:
    """Whose turn it is; empty where it is done."""
    raiser = str(need.raiser or f"{need.territory}填报单位")
    holders = {NeedState.ASSIGNED: str(need.assigned or ""), NeedState.ANSWERED: raiser, NeedState.MET: ""}
    return holders.get(NeedState(need.state), OFFICE)


def since_of(need: Need) -> datetime.date | None:
    """Since when it lies there, as far as the row says it."""
    days = {
        NeedState.ASSIGNED: need.assigned_on,
        NeedState.ANSWERED: need.answered_on,
        NeedState.RAISED: need.raised_on,
    }
    return days.get(NeedState(need.state))


def overdue(need: Need) -> int:
    """Days past the time limit; 0 where there is none or it was answered."""
    if need.state != NeedState.ASSIGNED or need.due_on is None:
        return 0
    return max((timezone.localdate() - need.due_on).days, 0)


def stops(need: Need) -> Iterator[Stop]:
    """The way of a need; one that came back stands before 交办 again."""
    codes = [code for code, _ in WAY]
    here = codes.index(need.state) if need.state in codes else 2
    days = (need.raised_on, need.assigned_on, need.answered_on, need.met_on)
    for number, ((_, label), day) in enumerate(zip(WAY, days, strict=True)):
        state = "current" if number == here else "done" if number < here else "todo"
        text = "未满足" if need.state == NeedState.UNMET and number == here else label
        yield Stop(text, state, str(day or "") if number <= here else "")


@section("needs")
def course(request: Request, row: ListRow) -> Section:
    """Where the need stands and what the reader can do."""
    need = cast(Need, row)
    back = last_of(need, "list.step") if need.state in (NeedState.RAISED, NeedState.UNMET) else None
    context = {
        "need": need,
        "steps": list(stops(need)),
        "holder": holder_of(need),
        "since": timezone.localdate(back.at) if back else since_of(need),
        "back": back,
        "next": NEXT.get(NeedState(need.state), ""),
        "overdue": overdue(need),
        "is_unheard": need.state == NeedState.ASSIGNED and need.assigned_id not in units_that_answer(),
        "moves": [
            (m.label, reverse("ledgers:need_step", args=[need.pk, m.code]), m.code in MAIN)
            for m in open_steps(need, request.actor)
        ],
    }
    return Section("办理情况", "ledgers/_need.html", context, leads=True)


def _raise(actor: Actor) -> Entry | None:
    return ("提出需求", reverse("ledgers:need_raise")) if own_enterprise(actor) else None


register_entry("needs", _raise)
