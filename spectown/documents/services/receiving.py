"""签收 by the units to which a document is addressed."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.documents.models import OfficialDocument, Receipt
from spectown.documents.services.access import person
from spectown.documents.workflow import NUMBERED_STATES
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor

# What other apps move on when a unit has received a document; may refuse.
FOLLOWING: list[Callable[[OfficialDocument, Actor], None]] = []


@transaction.atomic
def receive(*, document: OfficialDocument, by: Actor, follow: bool = True) -> Receipt:
    """Confirm for the actor's unit that it has got the document; once.

    `follow`: what the document is about is moved on too (FOLLOWING). Raises Refused.
    """
    by.require(Permission.DOCUMENT_RECEIVE)
    issued = Receipt.objects.filter(document=document, document__state__in=NUMBERED_STATES)
    receipt = issued.select_for_update(of=("self",)).filter(unit_id=by.unit_id or 0).first()
    if receipt is None:
        raise Refused("这份公文没有发给您的单位,或者还没有印发、已经作废。")
    if receipt.received_at is not None:
        raise Refused("本单位已经签收过这份公文。")
    receipt.received_at, receipt.received_by = timezone.now(), person(by)
    receipt.save(update_fields=["received_at", "received_by"])
    audit.record(by=by, action="document.receive", obj=document, after={"unit": by.unit_name})
    for move_on in FOLLOWING if follow else ():
        move_on(document, by)
    return receipt
