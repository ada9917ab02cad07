"""The units to which a document was issued are told when it is voided: it vanishes from what they have to receive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils import timezone

from spectown.accounts.permissions import PERMISSIONS, Permission, Role
from spectown.documents.enums import State
from spectown.documents.models import OfficialDocument
from spectown.organisations.actors import Actor
from spectown.organisations.models import Membership
from spectown.outbox.models import Message
from spectown.outbox.posting import Posting, post
from spectown.outbox.registry import Rendered, Untrue, tells

VOIDED = "document.voided"


def tell_voided(document: OfficialDocument, by: Actor) -> None:
    """Whoever may receive documents for one of its units, whether it was received or not."""
    roles = [role for role in Role if Permission.DOCUMENT_RECEIVE in PERMISSIONS[role]]
    units = document.receipts.values("unit")
    held = Membership.objects.valid_on(timezone.localdate()).filter(unit__in=units, role__in=roles)
    people = held.filter(user__is_active=True).exclude(user=by.user_id).order_by("user", "unit")
    found = dict(people.values_list("user", "unit"))
    post(Posting(user, VOIDED, document.pk, "voided", unit_id=unit) for user, unit in found.items())


@tells(VOIDED, label="公文作废")
def voided(messages: Sequence[Message]) -> Mapping[int, Rendered | Untrue]:
    """Why it was voided; the page still shows it."""
    documents = OfficialDocument.objects.filter(state=State.VOIDED).in_bulk({each.object_id for each in messages})
    return {each.pk: _words(documents[each.object_id]) for each in messages if each.object_id in documents}


def _words(document: OfficialDocument) -> Rendered:
    named = f"{document.number}《{document.title}》" if document.number else f"《{document.title}》"
    text = f"{named}已作废,请不要再按它办理,已签收的也不再执行。理由:{document.void_reason}"
    return Rendered(f"公文作废:{document.title}", text, reverse("documents:document", args=[document.pk]))
