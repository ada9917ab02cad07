"""Official documents that wait for the actor: to be received, checked, signed, finished."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Count, F, Min, QuerySet
from django.urls import reverse

from spectown.documents.enums import State
from spectown.documents.models import OfficialDocument, Receipt
from spectown.organisations.actors import Actor
from spectown.web.documents.shown import NEXT, ball
from spectown.web.workbench.parts import SHOWN, Item, Part, when


def receipts(actor: Actor, today: datetime.date) -> list[Part]:
    """Documents issued to the actor's unit that nobody has received."""
    rows = (
        Receipt.objects.waiting_for(actor).select_related("document").order_by(F("deadline").asc(nulls_last=True), "pk")
    )
    found = list(rows[: SHOWN + 1])
    total = len(found) if len(found) <= SHOWN else rows.count()
    items = [
        Item(
            title=receipt.document.title,
            url=reverse("documents:document", args=[receipt.document_id]),
            note=receipt.document.number,
            alarm=f"签收期限 {receipt.deadline},已逾期" if receipt.deadline and receipt.deadline < today else "",
            since=when(receipt.document.issued_at),
            next=f"{receipt.deadline} 前签收" if receipt.deadline else "签收",
        )
        for receipt in found[:SHOWN]
    ]
    return [Part("待签收的公文", items, total, url=reverse("documents:inbox"))] if items else []


def documents(actor: Actor, today: datetime.date) -> list[Part]:
    """Drafts of one's own, what to check, what to sign; the documents of a batch as one."""
    waiting = OfficialDocument.objects.waiting_for(actor)
    batches = [_batch(row) for row in _batches(waiting)]
    rows = waiting.filter(batch=None).select_related("drafted_by").prefetch_related("receipts")
    found = list(rows.order_by("changed_at", "pk")[: SHOWN + 1])
    total = len(batches) + (len(found) if len(found) <= SHOWN else rows.count())
    items = [*batches, *(_item(document) for document in found)][:SHOWN]
    return [Part("待办的公文", items, total, url=reverse("documents:list"))] if items else []


def _batches(waiting: QuerySet[OfficialDocument]) -> list[dict[str, Any]]:
    """Batches with documents that wait, by state: how many, since when."""
    of_batches = waiting.filter(batch__isnull=False).order_by()
    counted = of_batches.values("batch", "batch__title", "batch__kind_label", "state").annotate(
        number=Count("pk"), since=Min("changed_at")
    )
    return [dict(row) for row in counted.order_by("since", "batch", "state")]


def _batch(row: dict[str, Any]) -> Item:
    state = State(row["state"])
    return Item(
        title=row["batch__title"],
        url=f"{reverse('documents:batch', args=[row['batch']])}?state={state}",
        note=f"{row['batch__kind_label']},批量 {row['number']} 份",
        state=str(state.label),
        since=when(row["since"]),
        next=NEXT[state],
    )


def _item(document: OfficialDocument) -> Item:
    held = ball(document)
    return Item(
        title=document.title,
        url=reverse("documents:document", args=[document.pk]),
        note=document.kind_label,
        alarm=f"退回理由:{document.return_reason}" if document.state == State.RETURNED else "",
        state=document.get_state_display(),
        since=held["since"],
        next=held["next"],
    )
