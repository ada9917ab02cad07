"""What the page of a document shows: step bar, who has the ball, moves, history, concerned objects."""

from __future__ import annotations

import datetime
from typing import Any

from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from spectown.audit.labels import action_label
from spectown.audit.models import Event
from spectown.certification.models import Application
from spectown.documents.enums import State
from spectown.documents.models import Concern, OfficialDocument, OwnTemplate
from spectown.documents.services import refusals
from spectown.documents.workflow import WORKFLOW
from spectown.lists.models import ListRow
from spectown.lists.registry import ledger_for
from spectown.organisations.actors import Actor
from spectown.towns.models import Town

TONES = {
    State.DRAFT: "neutral",
    State.RETURNED: "yellow",
    State.CHECKING: "blue",
    State.SIGNING: "blue",
    State.ISSUED: "green",
    State.REPLACED: "neutral",
    State.VOIDED: "red",
}
ORDER = ("起草", "审核", "签发印发")
PLACE = {State.DRAFT: 0, State.RETURNED: 0, State.CHECKING: 1, State.SIGNING: 2}
OFFICE = "领导小组办公室"
NEXT = {
    State.DRAFT: "写好后送审",
    State.RETURNED: "按退回理由修改后再送审",
    State.CHECKING: "由起草人以外的人审核,或写明理由退回",
    State.SIGNING: "由领导小组负责人签发;在纸上签发的,由办公室登记",
}
NOBODY = {"unit": "", "person": "", "since": "", "next": ""}


def day(at: datetime.datetime | None) -> str:
    """Day of a moment, empty where there is none."""
    return f"{timezone.localtime(at):%Y-%m-%d}" if at else ""


def steps(document: OfficialDocument) -> list[dict[str, str]]:
    """The way of a document with dates and persons."""
    state = State(document.state)
    place = PLACE.get(state, len(ORDER) if document.issued_at else 0)
    done = (
        (document.submitted_at, document.drafted_by.name),
        (document.checked_at, document.checked_by.name if document.checked_by else ""),
        (document.issued_at, document.signer),
    )
    found = []
    for number, label in enumerate(ORDER):
        past = number < place
        at, who = done[number]
        drawn = "done" if past else "current" if number == place and state is not State.VOIDED else "todo"
        found.append({"label": label, "state": drawn, "date": day(at) if past else "", "note": who if past else ""})
    if state == State.RETURNED or (state == State.VOIDED and document.issued_at is None):
        found[0]["note"] = str(state.label)
    return found


def ball(document: OfficialDocument) -> dict[str, str]:
    """Who has to act now; empty where nobody has to."""
    writer = document.drafted_by.name
    table = {
        State.DRAFT: (writer, document.changed_at),
        State.RETURNED: (writer, document.returned_at),
        State.CHECKING: ("", document.submitted_at),
        State.SIGNING: ("", document.checked_at),
    }
    state = State(document.state)
    found = table.get(state)
    if found is None:
        waiting = _waiting(document)
        return {"unit": f"{waiting} 个接收单位", "person": "", "since": "", "next": "签收"} if waiting else NOBODY
    unit = "领导小组" if document.state == State.SIGNING else OFFICE
    return {"unit": unit, "person": found[0], "since": day(found[1]), "next": NEXT[state]}


def _waiting(document: OfficialDocument) -> int:
    """How many units have not received it yet."""
    return (
        sum(receipt.received_at is None for receipt in document.receipts.all()) if document.state == State.ISSUED else 0
    )


def moves(document: OfficialDocument, actor: Actor) -> list[dict[str, Any]]:
    """Moves that the actor's role has here, each with the reasons why not now."""
    return [
        {
            "move": move,
            "refusals": refusals(document=document, move=move.code, by=actor, asking=True),
            "url": reverse("documents:move", args=[document.pk, move.code]),
        }
        for move in WORKFLOW.moves
        if document.state in move.sources and actor.may(move.permission)
    ]


def history(document: OfficialDocument | OwnTemplate, limit: int = 100) -> list[dict[str, str]]:
    """What happened, newest first."""
    rows = Event.objects.filter(object_type=document._meta.label_lower, object_id=str(document.pk))
    return [
        {
            "at": f"{timezone.localtime(row.at):%Y-%m-%d %H:%M}",
            "what": action_label(row.action),
            "who": f"{row.actor_name} {row.actor_unit}".strip(),
            "detail": row.reason or str(row.after.get("number") or ""),
        }
        for row in rows.order_by("-seq")[:limit]
    ]


def concerned(document: OfficialDocument) -> list[dict[str, str]]:
    """Objects that the document is about, each with its page; one query for all towns."""
    concerns = list(document.concerns.all())
    towns = [each.object_id for each in concerns if each.object_type == Town._meta.label_lower]
    codes = {str(pk): code for pk, code in Town.objects.filter(pk__in=towns).values_list("pk", "code")} if towns else {}
    return [{"label": each.label, "kind": _kind(each), "url": _url(each, codes)} for each in concerns]


def _kind(concern: Concern) -> str:
    return str(apps.get_model(concern.object_type)._meta.verbose_name)


def _url(concern: Concern, codes: dict[str, str]) -> str:
    model = apps.get_model(concern.object_type)
    if model is Application:
        return reverse("certification:application", args=[concern.object_id])
    if model is Town:
        code = codes.get(concern.object_id)
        return reverse("towns:town", args=[code]) if code else ""
    ledger = ledger_for(model) if issubclass(model, ListRow) else None
    return reverse("lists:row", args=[ledger.slug, concern.object_id]) if ledger else ""
