"""批量公文: the batches, one batch with all its documents, its moves and its print pack."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.documents import services
from spectown.documents.models import DocumentBatch
from spectown.documents.workflow import WORKFLOW
from spectown.jobs.models import Job
from spectown.jobs.services import enqueue
from spectown.lib.refusal import Refused
from spectown.web.documents.batched import counted, counts_of, is_busy, last_job, lines, moves_of, report_of, tabs
from spectown.web.documents.jobs import MOVE, PRINT
from spectown.web.documents.registering import PaperForm
from spectown.web.http import Request, needs, page, paged


def found(request: Request, pk: int) -> DocumentBatch:
    """The batch; 404 where the actor may not see it."""
    return get_object_or_404(DocumentBatch.objects.visible_to(request.actor).select_related("made_by"), pk=pk)


def crumbs(batch: DocumentBatch | None = None) -> list[tuple[str, str]]:
    """The way back."""
    way = [("批量公文", reverse("documents:batches"))]
    return [*way, (batch.title, reverse("documents:batch", args=[batch.pk]))] if batch else way


@require_safe
@needs(Permission.DOCUMENT_BATCH)
def batches(request: Request) -> HttpResponse:
    """The office and leaders: which batches are there, how far are they?"""
    rows = paged(request, counted(DocumentBatch.objects.visible_to(request.actor).select_related("made_by")))
    return page(request, "documents/batches.html", {"rows": rows}, title="批量公文")


@require_safe
@needs(Permission.DOCUMENT_BATCH)
def batch(request: Request, pk: int) -> HttpResponse:
    """One batch: move it on, see what is missing where."""
    one = found(request, pk)
    chosen, counts = request.GET.get("state", ""), counts_of(one, request.actor)
    context: dict[str, Any] = {
        "batch": one,
        "rows": paged(request, lines(one, request.actor, chosen)),
        "states": tabs(counts, chosen),
        "moves": moves_of(one, request.actor, counts),
        "job": last_job(one, request.actor),
        "busy": is_busy(one),
        "report": report_of(one),
        "bundles": one.bundles.order_by("-pk")[:5] if request.actor.may(Permission.DOCUMENT_DRAFT) else [],
        "may_print": request.actor.may(Permission.DOCUMENT_DRAFT),
    }
    return page(request, "documents/batch.html", context, title=one.title, crumbs=crumbs())


@require_POST
@needs(Permission.DOCUMENT_BATCH)
def batch_move(request: Request, pk: int, code: str) -> HttpResponse:
    """All documents of a batch that can make this move, as a job."""
    one = found(request, pk)
    try:
        move = WORKFLOW.move(code)
    except KeyError as unknown:
        raise Http404 from unknown
    request.actor.require(Permission(move.permission))
    reason = request.POST.get("reason", "").strip()
    if move.reason and not reason:
        messages.error(request, f"{move.label}须写明理由。")
        return redirect("documents:batch", pk=pk)
    return _asked(request, one, MOVE, {"code": code, "reason": reason}, f"{move.label}:{one.title}")


@require_http_methods(["GET", "POST"])
@needs(Permission.DOCUMENT_CHECK)
def batch_sign_paper(request: Request, pk: int) -> HttpResponse:
    """The office, after a leader signed the whole batch on one paper."""
    one = found(request, pk)
    form = PaperForm.of(request)
    if request.method == "POST" and form.is_valid():
        try:
            return _signed(request, one, form)
        except Refused as refused:
            form.add_error("scan", str(refused))
    context = {"form": form, "batch": one}
    title, status = "登记整批纸质签发", 422 if form.is_bound else 200
    return page(request, "documents/sign_paper.html", context, title=title, crumbs=crumbs(one), status=status)


@require_POST
@needs(Permission.DOCUMENT_DRAFT)
def batch_print(request: Request, pk: int) -> HttpResponse:
    """The documents of a batch as merged PDFs with a list, as a job."""
    one = found(request, pk)
    return _asked(request, one, PRINT, {}, f"打印包:{one.title}")


def _signed(request: Request, batch: DocumentBatch, form: PaperForm) -> HttpResponse:
    """Keep the scan, once for the whole batch, and ask for the job. Raises Refused."""
    given, upload = form.cleaned_data, form.upload
    paper = {"signer": given["signer"], "on": given["on"].isoformat(), "reference": given["reference"]}
    if upload and not is_busy(batch):
        paper["scan"] = services.keep_scan(name=upload.name, content=upload.content, by=request.actor).pk
    return _asked(request, batch, MOVE, {"code": "sign_paper", "paper": paper}, f"登记纸质签发:{batch.title}")


def _asked(request: Request, batch: DocumentBatch, kind: str, args: dict[str, Any], title: str) -> HttpResponse:
    """One job at a time for a batch."""
    here = reverse("documents:batch", args=[batch.pk])
    if is_busy(batch):
        messages.error(request, "这一批正在办理,请等它办完,或先取消作业。")
        return redirect(here)
    job: Job = enqueue(kind=kind, args={"batch": batch.pk} | args, by=request.actor, title=title, result_url=here)
    return redirect("jobs:job", job.pk)
