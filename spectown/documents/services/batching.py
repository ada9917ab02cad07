"""批量公文: begun from a pattern for many units or rows, moved on all at once; each remains a document of its own."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.core.documentkinds.patterns import faults
from spectown.documents.enums import Addressing
from spectown.documents.models import DocumentBatch, OfficialDocument
from spectown.documents.services.access import person
from spectown.documents.services.drafting import draft
from spectown.documents.services.moves import PaperSignature, move
from spectown.documents.workflow import EDITABLE, WORKFLOW
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.organisations.models import Unit

MOST = 5000  # documents of one batch
NAMED = 50  # refused ones that a report names
Said = Callable[[int, int, str], None]  # done, total, what; may raise to stop between two documents


@dataclass(frozen=True, slots=True)
class Targets:
    """For whom: numbers of units, or of rows of a list; who receives; which columns the pattern may name."""

    numbers: Sequence[int]
    names: Sequence[str]
    ledger: str = ""
    addressing: Addressing = Addressing.NOBODY
    deadline: datetime.date | None = None


@dataclass(slots=True)
class Report:
    """What came of moving a batch: how many went on, which did not and why."""

    done: int = 0
    refused: int = 0
    named: list[dict[str, Any]] = field(default_factory=list)

    def refuse(self, document: OfficialDocument, why: str) -> None:
        """Note one that did not go on."""
        self.refused += 1
        if len(self.named) < NAMED:
            self.named.append({"place": document.batch_place, "document": document.pk, "why": why})


@transaction.atomic
def begin_batch(*, pattern: OfficialDocument, targets: Targets, by: Actor) -> DocumentBatch:
    """A batch with the pattern as it is now; its documents are made by a job. Raises Refused."""
    by.require(Permission.DOCUMENT_DRAFT)
    if pattern.state not in EDITABLE:
        raise Refused(f"样稿处于“{pattern.get_state_display()}”,只有起草中的公文可以作样稿。")
    if not 0 < len(targets.numbers) <= MOST:
        raise Refused(f"一批可有 1 至 {MOST} 份,所选为 {len(targets.numbers)} 份,请改变选择。")
    wrong = faults(pattern.facts, targets.names)
    if wrong:
        raise Refused("".join(wrong))
    batch = DocumentBatch.objects.create(
        title=pattern.title,
        kind=pattern.kind,
        kind_label=pattern.kind_label,
        facts=pattern.facts,
        template=pattern.template,
        ledger=targets.ledger,
        targets=list(targets.numbers),
        addressing=targets.addressing,
        deadline=targets.deadline,
        made_by=person(by),
    )
    said = {"title": batch.title, "ledger": batch.ledger, "targets": len(batch.targets), "pattern": pattern.pk}
    audit.record(by=by, action="batch.begin", obj=batch, after=said)
    return batch


@transaction.atomic
def draft_in_batch(
    *,
    batch: DocumentBatch,
    place: int,
    facts: Mapping[str, Any],
    by: Actor,
    about: Sequence[models.Model] = (),
    recipients: Sequence[Unit] = (),
) -> OfficialDocument:
    """The draft at one place (from 1) of a batch."""
    document = draft(kind=batch.kind, facts=facts, by=by, about=about, recipients=recipients, receive_by=batch.deadline)
    document.batch, document.batch_place = batch, place
    document.save(update_fields=["batch", "batch_place"])
    return document


def move_batch(
    *, batch: DocumentBatch, code: str, by: Actor, said: Said, reason: str = "", paper: PaperSignature | None = None
) -> Report:
    """Move on all documents of a batch that can make this move, in their order, each in a transaction of its own.

    What is refused stays where it is and is named; asked again, only what remains is moved.
    """
    chosen = WORKFLOW.move(code)
    by.require(Permission(chosen.permission))
    waiting = list(batch.documents.filter(state__in=chosen.sources).order_by("batch_place"))
    report = Report()
    for number, document in enumerate(waiting):
        said(number, len(waiting), f"正在{chosen.label}第 {document.batch_place} 份")
        try:
            move(document=document, code=code, by=by, reason=reason, paper=paper)
        except Refused as refused:
            report.refuse(document, str(refused))
        else:
            report.done += 1
    said(len(waiting), len(waiting), f"已{chosen.label} {report.done} 份,未办 {report.refused} 份")
    return report
