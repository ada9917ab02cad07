"""Drafts of the documents that steps call for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from spectown.audit import services as audit
from spectown.documents import services as documents
from spectown.documents.models import OfficialDocument
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.rounds.models import DueDocument
from spectown.rounds.services.moves import locked


@transaction.atomic
def draft_due(*, due: DueDocument, facts: Mapping[str, Any], by: Actor) -> OfficialDocument:
    """Begin the document of a step with its facts and note it with the case. Refused where it was begun before."""
    case = locked(due.case, by)
    found = DueDocument.objects.select_for_update().get(pk=due.pk)
    if found.document_id is not None:
        raise Refused("这份公文已经起草,请打开原稿继续办理。")
    about = [case, case.application, *([case.town] if case.town else [])]
    made = documents.draft(kind=found.kind, facts=facts, by=by, about=about, recipients=[case.unit])
    found.document = made
    found.save(update_fields=["document"])
    audit.record(by=by, action="case.draft_due", obj=case, after={"kind": made.kind_label, "document": made.pk})
    return made
