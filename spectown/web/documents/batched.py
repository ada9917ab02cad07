"""What the pages of batches show: how many stand where, which moves there are, what the last job said."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from spectown.documents.enums import State
from spectown.documents.facts import day_of
from spectown.documents.layouts import obstacles
from spectown.documents.models import DocumentBatch, DocumentBatchQuerySet, OfficialDocument
from spectown.documents.services.moves import barred
from spectown.documents.workflow import EDITABLE, WORKFLOW
from spectown.jobs.models import Job
from spectown.organisations.actors import Actor
from spectown.web.documents.shown import TONES

KIND = "documents.batch_"


def counted(batches: DocumentBatchQuerySet) -> DocumentBatchQuerySet:
    """With the number of documents, those on their way, the issued ones."""
    issued = Q(documents__issued_at__isnull=False)
    under_way = Q(documents__state__in=(*EDITABLE, State.CHECKING, State.SIGNING))
    return batches.order_by("-made_at", "-pk").annotate(
        made=Count("documents"), issued=Count("documents", filter=issued), open=Count("documents", filter=under_way)
    )


class Lines:
    """Documents of a batch as lines of its page, those of one page looked at closely."""

    def __init__(self, rows: Any) -> None:
        self.rows = rows

    def __len__(self) -> int:
        return int(self.rows.count())

    def __getitem__(self, part: slice) -> list[dict[str, Any]]:
        return [_line(document) for document in self.rows[part]]


def lines(batch: DocumentBatch, actor: Actor, state: str) -> Any:
    """All documents that the actor sees, or those of one state."""
    rows = OfficialDocument.objects.visible_to(actor).filter(batch=batch).select_related("version", "replaced_by")
    chosen = rows.filter(state=state) if state in State.values else rows
    return Lines(chosen.prefetch_related("receipts__unit__names", "concerns").order_by("batch_place"))


def _line(document: OfficialDocument) -> dict[str, Any]:
    open_now = document.state in EDITABLE
    faults = obstacles(document, day_of(document, timezone.localdate())) if open_now else []
    return {"document": document, "tone": TONES[State(document.state)], "faults": faults}


def moves_of(batch: DocumentBatch, actor: Actor, counts: dict[str, int]) -> list[dict[str, Any]]:
    """Moves that the actor's role has for documents of the batch, each with how many it would move."""
    seen = OfficialDocument.objects.visible_to(actor).filter(batch=batch)
    found = []
    for move in WORKFLOW.moves:
        number = sum(counts.get(state, 0) for state in move.sources)
        if number and actor.may(move.permission):
            first = seen.filter(state__in=move.sources).order_by("batch_place")[0]
            refusals = barred(document=first, move=move.code, by=actor, asking=True)
            url, label = reverse("documents:batch_move", args=[batch.pk, move.code]), f"{move.label}({number} 份)"
            found.append({"move": move, "label": label, "count": number, "refusals": refusals, "url": url})
    return found


def counts_of(batch: DocumentBatch, actor: Actor) -> dict[str, int]:
    """How many documents stand in each state."""
    seen = OfficialDocument.objects.visible_to(actor).filter(batch=batch)
    return dict(seen.order_by().values_list("state").annotate(n=Count("pk")))


def tabs(counts: dict[str, int], chosen: str) -> list[dict[str, Any]]:
    """All of them, then each state that occurs."""
    found = [{"label": "全部", "url": "?", "active": not chosen, "count": sum(counts.values())}]
    for state in [each for each in State if counts.get(each)]:
        tab = {"label": str(state.label), "url": f"?state={state}", "active": state == chosen}
        found.append(tab | {"count": counts[state]})
    return found


def is_busy(batch: DocumentBatch) -> bool:
    """True while a job works on the batch."""
    return Job.objects.active().filter(kind__startswith=KIND, args__batch=batch.pk).exists()


def last_job(batch: DocumentBatch, actor: Actor) -> Job | None:
    """The actor's own last job on the batch while it runs or where it failed."""
    seen = Job.objects.visible_to(actor).filter(kind__startswith=KIND, args__batch=batch.pk)
    job = seen.order_by("-pk").first()
    return job if job and (job.is_active or job.error) else None


def report_of(batch: DocumentBatch) -> dict[str, Any]:
    """What the last move of the batch could not do; empty where nothing was refused."""
    moved = Job.objects.filter(kind=f"{KIND}move", args__batch=batch.pk, state="done").order_by("-pk").first()
    return moved.result if moved and moved.result.get("refused") else {}
