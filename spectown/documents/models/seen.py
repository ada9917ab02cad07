"""Which official documents: whom they are for, on whom they wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from spectown.accounts.permissions import Permission
from spectown.documents.enums import State
from spectown.documents.workflow import EDITABLE

if TYPE_CHECKING:
    from spectown.documents.models.document import OfficialDocument  # noqa: F401  # named in the base class
    from spectown.organisations.actors import Actor


class OfficialDocumentQuerySet(models.QuerySet["OfficialDocument"]):
    """Which documents."""

    def visible_to(self, actor: Actor) -> OfficialDocumentQuerySet:
        """The office sees all, a leader what waits for signing or is issued, others what was issued to their unit."""
        if not actor.may(Permission.DOCUMENT_VIEW) or actor.unit_id is None:
            return self.none()
        if actor.may(Permission.DOCUMENT_DRAFT):
            return self
        if actor.may(Permission.DOCUMENT_SIGN):
            return self.filter(Q(state=State.SIGNING) | Q(issued_at__isnull=False))
        return self.filter(issued_at__isnull=False, receipts__unit_id=actor.unit_id)

    def waiting_for(self, actor: Actor) -> OfficialDocumentQuerySet:
        """Those on which this actor has to act now: a draft waits for who wrote it, never for its writer to check."""
        states = Q(pk__in=())
        if actor.may(Permission.DOCUMENT_DRAFT):
            states |= Q(state__in=EDITABLE, drafted_by_id=actor.user_id)
        if actor.may(Permission.DOCUMENT_CHECK):
            states |= Q(state=State.CHECKING) & ~Q(writers=actor.user_id)
        if actor.may(Permission.DOCUMENT_SIGN):
            states |= Q(state=State.SIGNING)
        return self.visible_to(actor).filter(states)

    def concerning(self, obj: models.Model) -> OfficialDocumentQuerySet:
        """Those about this object."""
        return self.filter(concerns__object_type=obj._meta.label_lower, concerns__object_id=str(obj.pk))
