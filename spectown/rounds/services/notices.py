"""The notice (申报通知) of a published first certification: due until it is begun, then known to the round."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.core.rounds.words import RoundKind
from spectown.documents import services as documents
from spectown.documents.models import OfficialDocument
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.rounds.models import Round

KIND = "application_notice"  # of first certifications only: the other kinds of rounds call titles one by one


def due() -> QuerySet[Round]:
    """Rounds whose notice nobody has begun."""
    return Round.objects.filter(kind=RoundKind.FIRST, notice__isnull=True).exclude(state__in=("draft", "closed"))


@transaction.atomic
def draft(*, round_: Round, facts: Mapping[str, Any], by: Actor) -> OfficialDocument:
    """Begin the notice of a round with the round's facts. Raises Refused where none is due."""
    by.require(Permission.ROUND_MANAGE)
    found = due().select_for_update().filter(pk=round_.pk).first()
    if found is None:
        raise Refused("市级认定批次发布之后、办结之前起草申报通知,每批一份。")
    made = documents.draft(kind=KIND, facts=facts, by=by)
    found.notice = made
    found.save(update_fields=["notice"])
    audit.record(by=by, action="round.draft_notice", obj=found, after={"document": made.pk})
    return made
