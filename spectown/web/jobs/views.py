"""Jobs: list, one job, its bar that refreshes itself, cancelling."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from spectown.accounts.permissions import Permission, Role
from spectown.jobs import services
from spectown.jobs.models import Job
from spectown.lib.refusal import Refused
from spectown.web.http import Request, needs, page, paged


@require_safe
@needs(Permission.WORKBENCH)
def job_list(request: Request) -> HttpResponse:
    """Own jobs, newest first; those of everybody for the system administrator."""
    rows = paged(request, Job.objects.visible_to(request.actor).defer("args", "result"))
    context = {"rows": rows, "is_admin": request.actor.role == Role.SYSTEM_ADMIN}
    return page(request, "jobs/list.html", context, title="作业", partial="rows")


@require_safe
@needs(Permission.WORKBENCH)
def job(request: Request, pk: int) -> HttpResponse:
    """One job: what it is, how far it has come, what came of it."""
    found = _own(request, pk)
    crumbs = [("作业", reverse("jobs:list"))]
    return page(request, "jobs/job.html", {"job": found}, title=found.title, crumbs=crumbs)


@require_safe
@needs(Permission.WORKBENCH)
def bar(request: Request, pk: int) -> HttpResponse:
    """Only the bar; once the job has ended it asks no more and tells the page by the event `jobDone`."""
    found = _own(request, pk)
    response = render(request, "jobs/bar.html", {"job": found})
    return response if found.is_active else trigger_client_event(response, "jobDone", {"job": pk})


@require_POST
@needs(Permission.WORKBENCH)
def cancel(request: Request, pk: int) -> HttpResponse:
    """Cancel a job; back to its page."""
    try:
        changed = services.cancel(job=_own(request, pk), by=request.actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "已通知后台停止,稍候片刻。" if changed.is_active else "作业已取消。")
    return redirect("jobs:job", pk)


def _own(request: Request, pk: int) -> Job:
    found: Job = get_object_or_404(Job.objects.visible_to(request.actor), pk=pk)
    return found
