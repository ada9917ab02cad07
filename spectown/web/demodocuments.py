"""The demonstration's official documents: an own template in use, a batch that waits for a leader's signature."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from spectown.core.documentkinds.starter import starter
from spectown.documents import services
from spectown.documents.enums import Addressing
from spectown.documents.kinds import current_kinds
from spectown.documents.services.addressing import office_name
from spectown.documents.services.batching import Targets, begin_batch, move_batch
from spectown.documents.services.templates import activate, upload
from spectown.lib.officialdoc.docx.render import render_docx
from spectown.organisations.actors import Actor
from spectown.organisations.enums import UnitKind
from spectown.organisations.models import Unit
from spectown.web.documents.jobs import draft_places
from spectown.web.documents.sources.targets import UNIT_NAMES


def load_documents(wanted: Mapping[str, Mapping[str, Any]], drafter: Actor, checker: Actor) -> None:
    """What demo/documents.yaml wants, through the services; kinds that the plan does not have are left out."""
    kinds = current_kinds()
    if wanted["template"]["kind"] in kinds:
        _template(wanted["template"], drafter)
    if wanted["batch"]["kind"] in kinds:
        _batch(wanted["batch"], drafter, checker)


def _template(wanted: Mapping[str, Any], by: Actor) -> None:
    kind = wanted["kind"]
    content = render_docx(starter(current_kinds()[kind], office_name(timezone.localdate())))
    activate(
        template=upload(kind=kind, name=wanted["name"], filename=wanted["filename"], content=content, by=by), by=by
    )


def _batch(wanted: Mapping[str, Any], drafter: Actor, checker: Actor) -> None:
    pattern = services.draft(kind=wanted["kind"], facts=wanted["facts"], by=drafter)
    counties = list(Unit.objects.filter(kind=UnitKind.COUNTY).order_by("order", "pk").values_list("pk", flat=True))
    until = timezone.localdate() + datetime.timedelta(days=wanted["receive_in_days"])
    targets = Targets(counties, UNIT_NAMES, addressing=Addressing.TARGET, deadline=until)
    batch = begin_batch(pattern=pattern, targets=targets, by=drafter)
    draft_places(batch, list(enumerate(counties, 1)), drafter)
    for code, by in (("submit", drafter), ("check", checker)):
        move_batch(batch=batch, code=code, by=by, said=_nothing)


def _nothing(done: int, total: int, message: str) -> None:
    """Nobody watches the progress."""
