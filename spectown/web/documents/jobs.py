"""Jobs of the pages of documents: a batch is drafted, moved on, printed."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from spectown.core.documentkinds.patterns import filled
from spectown.documents.models import DocumentBatch, SignatureScan
from spectown.documents.services.batching import draft_in_batch, move_batch
from spectown.documents.services.bundling import keep_bundle
from spectown.documents.services.moves import PaperSignature
from spectown.documents.workflow import WORKFLOW
from spectown.jobs.context import JobContext
from spectown.jobs.registry import job
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor, acting
from spectown.web.documents.sources.targets import targets_of

DRAFT, MOVE, PRINT = "documents.batch_draft", "documents.batch_move", "documents.batch_print"
TOGETHER = 25  # drafts of one transaction


@job(DRAFT, title="批量起草公文")
def draft_all(ctx: JobContext, batch: int) -> dict[str, Any]:
    """A draft for each target that has none yet; may start again at any time."""
    actor = acting(ctx.by)
    found = batch_of(batch, actor)
    made = set(found.documents.values_list("batch_place", flat=True))
    open_places = [(n, pk) for n, pk in enumerate(found.targets, 1) if n not in made]
    gone = 0
    for start in range(0, len(open_places), TOGETHER):
        ctx.progress(len(made) + start, len(found.targets), f"正在起草第 {len(made) + start + 1} 份")
        ctx.raise_if_cancelled()
        gone += draft_places(found, open_places[start : start + TOGETHER], actor)
    ctx.progress(len(found.targets), len(found.targets), "已全部起草")
    ctx.look_at(reverse("documents:batch", args=[found.pk]))
    return {"batch": found.pk, "done": len(open_places) - gone, "gone": gone}


@transaction.atomic
def draft_places(batch: DocumentBatch, places: list[tuple[int, int]], actor: Actor) -> int:
    """Drafts at these places; how many targets are no longer there."""
    targets = dict(targets_of(batch, [pk for _, pk in places], actor))
    for place, pk in places:
        target = targets.get(pk)
        if target is not None:
            facts = filled(batch.facts, target.values)
            about, receivers = target.about, target.recipients
            draft_in_batch(batch=batch, place=place, facts=facts, by=actor, about=about, recipients=receivers)
    return sum(pk not in targets for _, pk in places)


@job(MOVE, title="批量办理公文")
def move_all(
    ctx: JobContext, batch: int, code: str, reason: str = "", paper: dict[str, Any] | None = None
) -> dict[str, Any]:
    """All documents of a batch that can make the move; may start again at any time."""
    actor = acting(ctx.by)
    found = batch_of(batch, actor)

    def said(done: int, total: int, message: str) -> None:
        ctx.progress(done, total, message)
        ctx.raise_if_cancelled()

    report = move_batch(
        batch=found, code=code, by=actor, said=said, reason=reason, paper=_signature(paper) if paper else None
    )
    ctx.look_at(reverse("documents:batch", args=[found.pk]))
    label = WORKFLOW.move(code).label
    return {"batch": found.pk, "move": label, "done": report.done, "refused": report.refused, "named": report.named}


def _signature(paper: dict[str, Any]) -> PaperSignature:
    """The signature that the page handed on; its scan was kept before."""
    scan = SignatureScan.objects.get(pk=paper["scan"]) if "scan" in paper else None
    return PaperSignature(paper["signer"], datetime.date.fromisoformat(paper["on"]), paper["reference"], scan)


@job(PRINT, title="生成批量公文打印包")
def print_all(ctx: JobContext, batch: int) -> dict[str, Any]:
    """The documents of a batch for the printer; may start again at any time."""
    from spectown.web.documents.printing import print_pack  # PDF takes 50 MB that no web process should hold

    actor = acting(ctx.by)
    found = batch_of(batch, actor)

    def said(done: int, total: int, message: str) -> None:
        ctx.progress(done, total, message)
        ctx.raise_if_cancelled()

    bundle = keep_bundle(made=print_pack(found, actor, said), by=actor)
    ctx.look_at(reverse("documents:batch", args=[found.pk]))
    return {"batch": found.pk, "bundle": bundle.pk, "size": bundle.size}


def batch_of(number: int, actor: Actor) -> DocumentBatch:
    """A batch that the actor may see. Raises Refused."""
    found = DocumentBatch.objects.visible_to(actor).filter(pk=number).first()
    if found is None:
        raise Refused("没有这一批公文,或者不属于您的范围。")
    return found
