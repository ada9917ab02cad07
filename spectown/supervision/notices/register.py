"""A notice and its document: received in one place is received in both; withdrawn, it is to be voided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import QuerySet
from django.urls import reverse

from spectown.accounts.permissions import Permission
from spectown.core.supervision.reminders import Level
from spectown.documents.models import OfficialDocument
from spectown.documents.workflow import NUMBERED_STATES
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.outbox.models import Message
from spectown.outbox.posting import Posting, post
from spectown.outbox.registry import Rendered, Untrue, tells
from spectown.supervision.facts import Facts
from spectown.supervision.models import Notice, Step, Work
from spectown.supervision.receivers import line_on
from spectown.supervision.services.moves import move

VOID = "notice.void"


def follow_receipt(document: OfficialDocument, by: Actor) -> None:
    """Received among the documents: so is the notice. Raises Refused, saying where, for who may not receive that."""
    works = Work.objects.filter(notice__document=document, state="issued", holder=by.unit_id)
    work = works.first()
    if work is None:
        return
    if not by.may(Permission.WORK_CHECK):
        raise Refused(f"这是督办通知书,由本单位审核人在“责任与督办”的“督办通知书”中打开《{work}》签收,公文同时签收。")
    move(work=work, code="receipt", by=by)


def ask_to_void(facts: Facts, step: Step) -> None:
    """The notice is withdrawn, its document still stands: the office is told to void it (nobody may do both)."""
    document = facts.row.document
    if document is None or document.state not in NUMBERED_STATES:
        return
    told = line_on(facts.on).told(None, Level.OFFICE)
    post(Posting(user, VOID, facts.work.pk, f"step:{step.pk}", unit_id=unit) for user, unit in told.users.items())


@tells(VOID, label="撤销督办后作废公文")
def rendered(messages: Sequence[Message]) -> Mapping[int, Rendered | Untrue]:
    """As long as the document stands."""
    rows = Notice.objects.select_related("document", "work").filter(work__in={m.object_id for m in messages})
    known = {row.work_id: row for row in rows}
    return {m.pk: _void(known[m.object_id]) for m in messages if m.object_id in known}


def _void(notice: Notice) -> Rendered | Untrue:
    document = notice.document
    if document is None or document.state not in NUMBERED_STATES:
        return Untrue("公文已经作废。")
    text = (
        f"督办通知书已撤销,公文{document.number or ''}还在登记簿中有效:请打开公文点“作废”,写明理由;拟稿人不能自己作废。"
    )
    return Rendered(f"请作废公文:{notice.work.title}", text, reverse("documents:document", args=[document.pk]))


def still_standing() -> QuerySet[Notice]:
    """Withdrawn notices whose document is in force."""
    rows = Notice.objects.filter(work__state="withdrawn", document__state__in=NUMBERED_STATES)
    return rows.select_related("work", "document").order_by("pk")
