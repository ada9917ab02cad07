"""A workbook into a list: upload, preview, all or nothing."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.jobs.enums import State
from spectown.jobs.models import Job
from spectown.lib.refusal import Refused
from spectown.lists.declaration import Ledger
from spectown.lists.enums import RunState
from spectown.lists.importing import services, states
from spectown.lists.importing.marking import marked_copy
from spectown.lists.models import ImportRun
from spectown.organisations.actors import Actor
from spectown.web.http import Request, export_response, needs, page
from spectown.web.lists import uploads
from spectown.web.lists.found import crumbs, ledger_or_404, list_url, require_change

RECENT = 20


@require_http_methods(["GET", "POST"])
@needs(Permission.LIST_CHANGE)
def upload(request: Request, ledger: str) -> HttpResponse:
    """Counties and towns, monthly: send the filled workbook; nothing is written before the preview is confirmed."""
    declared = ledger_or_404(ledger)
    require_change(declared, request.actor)
    is_sent = request.method == "POST"
    form = uploads.UploadForm(request.POST, request.FILES) if is_sent else uploads.UploadForm()
    if is_sent and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = services.upload(ledger=declared, data=file.read(), file_name=file.name, by=request.actor)
            if made.state == RunState.CHECKING and made.job_id is None:
                _told(request, services.start_check(run=made, by=request.actor, result_url=run_url(declared, made.pk)))
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect(run_url(declared, made.pk))
    runs = [_shown(declared, found) for found in uploads.visible_runs(declared, request.actor)[:RECENT]]
    context = {"ledger": declared, "form": form, "runs": runs}
    return page(
        request, "lists/import.html", context, title="导入", crumbs=crumbs(declared), status=422 if form.errors else 200
    )


@require_safe
@needs(Permission.LIST_CHANGE)
def run(request: Request, ledger: str, pk: int) -> HttpResponse:
    """The uploader: what the file would change, field by field, and what is wrong where; the office reads along."""
    declared = ledger_or_404(ledger)
    found = uploads.run_or_404(declared, request.actor, pk)
    tabs = uploads.tabs_of(found, request.GET.get("tab", ""))
    kind = next((tab["kind"] for tab in tabs if tab["active"]), "")
    context = {
        "ledger": declared,
        "run": found,
        "tone": uploads.TONES.get(RunState(found.state), "neutral"),
        "job": uploads.job_of(found),
        "is_busy": uploads.is_busy(found),
        "may_check": not states.refusals(found, "recheck", request.actor),
        "counts": uploads.counts_of(found),
        "tabs": tabs,
        "preview": uploads.preview_of(declared, found, kind, request.GET.get("after", "")),
        "refusals": services.apply_refusals(found, request.actor) if found.state == RunState.READY else [],
        "to_write": found.counts.get("new", 0) + found.counts.get("changed", 0),
        "may_cancel": uploads.may_cancel(found, request.actor),
        "is_own": found.uploaded_by_id == request.actor.user_id,
    }
    title = f"导入 {found.file_name}"
    return page(request, "lists/run.html", context, title=title, crumbs=_crumbs(declared), partial="state")


@require_safe
@needs(Permission.LIST_CHANGE)
def run_marked(request: Request, ledger: str, pk: int) -> HttpResponse:
    """The uploaded workbook with every fault marked, to correct and send again."""
    declared = ledger_or_404(ledger)
    found = uploads.run_or_404(declared, request.actor, pk)
    if not found.upload or not found.fault_table:
        raise Http404("这次导入没有标注副本")
    content, name = marked_copy(declared, found, request.actor)
    return export_response(name, content)


@require_POST
@needs(Permission.LIST_CHANGE)
def run_check(request: Request, ledger: str, pk: int) -> HttpResponse:
    """Compare once more with the list as it is now."""
    return _do(request, ledger, pk, _check_again, "已重新核对。")


@require_POST
@needs(Permission.LIST_CHANGE)
def run_apply(request: Request, ledger: str, pk: int) -> HttpResponse:
    """Write all rows of the preview, or none."""
    return _do(request, ledger, pk, services.apply, "")


@require_POST
@needs(Permission.LIST_CHANGE)
def run_cancel(request: Request, ledger: str, pk: int) -> HttpResponse:
    """Give the upload up."""
    return _do(request, ledger, pk, lambda *, run, by, result_url: services.cancel(run=run, by=by), "已放弃这次导入。")


def _check_again(*, run: ImportRun, by: Actor, result_url: str) -> Job:
    """Also for a run whose check broke off; one that is being worked on is left alone."""
    reasons = states.refusals(run, "recheck" if run.state != RunState.CHECKING else "cancel", by)
    if reasons or uploads.is_busy(run):
        raise Refused("".join(reasons) or "正在核对,请等它结束。")
    return services.start_check(run=run, by=by, result_url=result_url)


def _told(request: Request, job: object) -> None:
    """Say why a job that ran at once has failed."""
    if isinstance(job, Job) and job.state == State.FAILED:
        messages.error(request, job.error)


def _do(request: Request, slug: str, pk: int, act: Callable[..., object], said: str) -> HttpResponse:
    declared = ledger_or_404(slug)
    found = uploads.run_or_404(declared, request.actor, pk)
    url = run_url(declared, found.pk)
    try:
        _told(request, act(run=found, by=request.actor, result_url=url))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        _tell(request, declared, found, said)
    return redirect(url)


def _tell(request: Request, ledger: Ledger, found: ImportRun, said: str) -> None:
    """What came of it; a run that still works shows that itself."""
    found.refresh_from_db()
    if found.state == RunState.DONE:
        new, changed = found.counts.get("new", 0), found.counts.get("changed", 0)
        messages.success(request, f"已导入{ledger.title}:新增 {new} {ledger.counter},修改 {changed} {ledger.counter}。")
    elif said and found.state not in (RunState.CHECKING, RunState.APPLYING):
        messages.success(request, said)


def run_url(ledger: Ledger, pk: int) -> str:
    """Address of an upload."""
    return reverse("lists:run", kwargs={"ledger": ledger.slug, "pk": pk})


def _shown(ledger: Ledger, found: ImportRun) -> dict[str, object]:
    """One upload as a line of the list of recent ones."""
    counts = {name: found.counts.get(name, "") for name in ("new", "changed", "faults")}
    tone = uploads.TONES.get(RunState(found.state), "neutral")
    return {"run": found, "url": run_url(ledger, found.pk), "tone": tone, **counts}


def _crumbs(ledger: Ledger) -> list[tuple[str, str]]:
    return [(ledger.title, list_url(ledger)), ("导入", reverse("lists:import", kwargs={"ledger": ledger.slug}))]
