"""The log of operations: list, one event, verification."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.audit.models import Event
from spectown.audit.services import last_of_chain
from spectown.audit.verification import Verdict, last_verification, verdict_of
from spectown.audit.verification import verify as verify_chain
from spectown.jobs.enums import State
from spectown.jobs.jobs import AUDIT_VERIFY
from spectown.jobs.models import Job
from spectown.jobs.services import enqueue
from spectown.web.chips import chips_of
from spectown.web.http import Request, needs, page
from spectown.web.system.events import Window, answer_labels, chosen, difference_rows, line_of, links_to
from spectown.web.system.filters import EventFilter

LARGE = 20_000  # events; beyond, the check takes longer than a browser should wait and runs as a job


@require_safe
@needs(Permission.AUDIT_VIEW)
def event_list(request: Request) -> HttpResponse:
    """Newest first, 50 a page by sequence number, so that the millionth page is as fast as the first."""
    form = EventFilter(request.GET)
    window = Window.of(chosen(form), request.GET)
    links, labels = links_to(window.events, request.actor), answer_labels()
    context = {
        "form": form,
        "chips": chips_of(request, form),
        "window": window,
        "rows": [line_of(event, links, labels) for event in window.events],
        "total": last_of_chain()[0],
        "last": last_verification(),
        "is_large": last_of_chain()[0] > LARGE,
    }
    return page(request, "system/audit.html", context, title="操作日志", partial="rows")


@require_safe
@needs(Permission.AUDIT_VIEW)
def event(request: Request, seq: int) -> HttpResponse:
    """One event with everything it changed."""
    found = get_object_or_404(Event, seq=seq)
    context = {
        "line": line_of(found, links_to([found], request.actor), answer_labels()),
        "differences": difference_rows(found),
        "older": f"{reverse('system:audit')}?object_type={found.object_type}&object={found.object_id}",
    }
    crumbs = [("操作日志", reverse("system:audit"))]
    return page(request, "system/event.html", context, title=f"第 {seq} 条", crumbs=crumbs)


@require_POST
@needs(Permission.AUDIT_VIEW)
def verify(request: Request) -> HttpResponse:
    """Check the whole chain and show what was found; a long one is checked by a job."""
    expected = request.POST.get("expected", "").strip()
    if last_of_chain()[0] <= LARGE:
        return _verdict(request, verify_chain(by=request.actor, expected=expected))
    return redirect("jobs:job", _ask(request, expected).pk)


@transaction.atomic
def _ask(request: Request, expected: str) -> Job:
    job = enqueue(kind=AUDIT_VERIFY, args={"expected": expected}, by=request.actor)
    job.result_url = reverse("system:audit_verified", args=[job.pk])
    job.save(update_fields=["result_url"])
    return job


@require_safe
@needs(Permission.AUDIT_VIEW)
def verified(request: Request, pk: int) -> HttpResponse:
    """What the job found."""
    done = Job.objects.visible_to(request.actor).filter(kind=AUDIT_VERIFY, state=State.DONE)
    return _verdict(request, verdict_of(get_object_or_404(done, pk=pk).result))


def _verdict(request: Request, verdict: Verdict) -> HttpResponse:
    crumbs = [("操作日志", reverse("system:audit"))]
    return page(request, "system/verified.html", {"verdict": verdict}, title="核验结果", crumbs=crumbs)
