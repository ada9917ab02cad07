"""Documents on the page of the object that they concern."""

from __future__ import annotations

from django.db import models

from spectown.documents.models import OfficialDocument
from spectown.organisations.actors import Actor

SHOWN = 20


def documents_about(obj: models.Model, actor: Actor) -> list[OfficialDocument]:
    """The newest documents about an object that the actor may see; one query, none where he sees no documents."""
    seen = OfficialDocument.objects.visible_to(actor).concerning(obj).select_related("replaced_by")
    return list(seen.order_by("-drafted_at", "-pk")[:SHOWN])
