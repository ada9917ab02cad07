"""Applications that wait for the actor, and those that wait for others."""

from __future__ import annotations

import datetime

from django.db.models import Exists, OuterRef

from spectown.certification.enums import State
from spectown.certification.models import Application, ApplicationQuerySet
from spectown.organisations.actors import Actor
from spectown.rounds.models import Case
from spectown.web.applications import application_url
from spectown.web.nav import address
from spectown.web.workbench.parts import SHOWN, Item, Part, when

NEXT = {
    State.DRAFT: "填完后提交审核",
    State.RETURNED: "按退回理由补正,再次提交",
    State.CHECKING: "由另一人审核",
    State.CHECKED: "对判断类条件逐项作出判断",
    State.WITHDRAWN: "",
}
ROLE = {State.DRAFT: "填报", State.RETURNED: "填报", State.CHECKING: "审核"}
TITLES = {State.DRAFT: "待填报", State.CHECKING: "待审核", State.CHECKED: "待判断"}
OFFICE = "领导小组办公室"
CLOSED = (State.WITHDRAWN,)
# States of a case in which the application is still asked for: later there is nothing left to fill, check or judge.
ASKED_FOR = (
    "draft",
    "county_check",
    "returned",
    "submitted",
    "formal_check",
    "correction",
    "correction_check",
    "accepted",
    "expert_review",
    "site_visit",
    "second_phase",
    "deciding",
    "pending",
)


def returned(actor: Actor, today: datetime.date) -> list[Part]:
    """Applications sent back to the actor: first of all, with the reason."""
    return _part("退回补正", Application.objects.waiting_for(actor).filter(state=State.RETURNED), actor)


def waiting(actor: Actor, today: datetime.date) -> list[Part]:
    """Applications to fill, to check, to judge."""
    rows = _asked_for(Application.objects.waiting_for(actor))
    return [
        part for state, title in TITLES.items() for part in _part(f"{title}的申报书", rows.filter(state=state), actor)
    ]


def handed_on(actor: Actor, today: datetime.date) -> list[Part]:
    """Applications that the actor may see and that lie with somebody else."""
    mine = Application.objects.waiting_for(actor).values("pk")
    rows = _asked_for(Application.objects.visible_to(actor).exclude(pk__in=mine).exclude(state__in=CLOSED))
    return _part("在别处办理的申报书", rows, actor, is_mine=False)


def _asked_for(rows: ApplicationQuerySet) -> ApplicationQuerySet:
    """Without those whose round has come to its decision: the case says how it goes on."""
    own = Case.objects.filter(application=OuterRef("pk"))
    return rows.exclude(Exists(own), ~Exists(own.filter(state__in=ASKED_FOR)))


def _part(title: str, rows: ApplicationQuerySet, actor: Actor, *, is_mine: bool = True) -> list[Part]:
    found = list(rows.select_related("unit").order_by("changed_at", "pk")[: SHOWN + 1])
    total = len(found) if len(found) <= SHOWN else rows.count()
    items = [_item(application) for application in found[:SHOWN]]
    return [Part(title, items, total, is_mine, address("certification:list"))] if items else []


def _item(application: Application) -> Item:
    state = State(application.state)
    holder = OFFICE if state == State.CHECKED else f"{application.unit.name}({ROLE.get(state, '')})"
    return Item(
        title=str(application),
        url=application_url(application),
        note=application.unit.name,
        alarm=f"退回理由:{application.return_reason}" if state == State.RETURNED else "",
        state=str(state.label),
        ball=holder,
        since=when(_since(application, state)),
        next=NEXT[state],
    )


def _since(application: Application, state: State) -> datetime.datetime | None:
    """Since when it lies where it lies."""
    moments = {State.CHECKING: application.submitted_at, State.CHECKED: application.checked_at}
    return moments.get(state, application.changed_at)
