"""One progress report: filled in by one person, checked by another, also on a phone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.lib.proofs.check import ACCEPT
from spectown.lib.refusal import Refused
from spectown.supervision.facts import Facts
from spectown.supervision.lists.measures import MEASURES
from spectown.supervision.models import Report, Work
from spectown.supervision.reporting import SENT
from spectown.supervision.services import moves
from spectown.supervision.services import reports as services
from spectown.web.files import keep_all, kept_file
from spectown.web.http import Request, attempted, needs, page
from spectown.web.lists.found import row_url
from spectown.web.notices.forms import parse_day
from spectown.web.supervision.forms import ReportForm
from spectown.web.supervision.shown import course_of


@require_http_methods(["GET", "POST"])
@needs(Permission.LIST_VIEW)
def report(request: Request, pk: int) -> HttpResponse:
    """The unit monthly, on a phone too; the office reads it: what was done, how far is it, what proves it?"""
    found = visible_report(request, pk)
    writes = not services.editing_refusals(found, request.actor)
    if request.method == "POST" and not writes:
        raise Http404("这份报告现在不能修改")
    nodes = list(found.measure.nodes.filter(done_on__isnull=True))
    data = request.POST if request.method == "POST" else None
    form = ReportForm(data, instance=found, nodes=nodes) if writes else None
    if form is not None and data is not None and form.is_valid() and _saved(request, found, form):
        return redirect("supervision:report", pk=pk)
    return _page(request, found, form)


def _page(request: Request, found: Report, form: ReportForm | None) -> HttpResponse:
    facts = Facts(found.work, request.actor)
    course = course_of(facts)
    # Handing in stands at the form, sending back has a date of its own.
    course["moves"] = [each for each in course["moves"] if each["move"].code not in {"hand_in", "send_back"}]
    context: dict[str, Any] = {
        "report": found,
        "before": _before(found),
        "measure": found.measure,
        "form": form,
        "part": course,
        "files": list(found.files.filter(removed_at__isnull=True)),
        "reached": list(found.reached.select_related("milestone")),
        "accept": ACCEPT,
        "may_return": found.work.state == "sent" and request.actor.may(Permission.PLAN_MANAGE),
    }
    crumbs = [(str(found.measure), row_url(MEASURES, found.measure_id))]
    status = 422 if form is not None and form.errors else 200
    title = f"{found.period.label}进展"
    return page(request, "supervision/report.html", context, title=title, crumbs=crumbs, status=status)


def _before(report: Report) -> Report | None:
    """The last report that was sent for an earlier period and says how far it was."""
    sent = report.measure.reports.filter(work__state__in=SENT, percent__isnull=False)
    earlier = [each for each in sent if each.period.last < report.period.last]
    return max(earlier, key=lambda each: each.period.last, default=None)


def _saved(request: Request, found: Report, form: ReportForm) -> bool:
    values = {name: form.cleaned_data[name] for name in services.FILLED}
    hands_in = "hand_in" in request.POST
    try:
        services.save_report(report=found, values=values, by=request.actor, reached=form.reached)
        if hands_in:
            moves.move(work=found.work, code="hand_in", by=request.actor)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    except ValidationError as fault:
        form.add_error(None, " ".join(fault.messages))
        return False
    messages.success(request, "已提交本单位审核。" if hands_in else "已保存草稿。")
    return True


@require_POST
@needs(Permission.WORK_FILL)
def nothing(request: Request, pk: int) -> HttpResponse:
    """本期无进展: one click, then another person of the unit checks."""
    found = visible_report(request, pk)

    def change() -> str:
        services.report_nothing(report=found, by=request.actor)
        return "已按“本期无进展”提交本单位审核。"

    attempted(request, change)
    return redirect("supervision:report", pk=pk)


@require_POST
@needs(Permission.PLAN_MANAGE)
def send_back(request: Request, pk: int) -> HttpResponse:
    """The office sends a report back, with a reason and a day."""
    found = visible_report(request, pk)
    again, reason = parse_day(request.POST.get("again_on", "")), request.POST.get("reason", "")

    def change() -> str:
        values = {"again_on": again} if again else {}
        moves.move(work=found.work, code="send_back", by=request.actor, reason=reason, values=values)
        return f"已退回,请承办单位于 {again} 前重报。"

    attempted(request, change)
    return redirect("supervision:report", pk=pk)


@require_POST
@needs(Permission.WORK_FILL)
def put(request: Request, pk: int) -> HttpResponse:
    """Files that prove the report; a phone takes the picture itself."""
    found = visible_report(request, pk)

    def keep(name: str, content: bytes) -> None:
        services.add_file(report=found, name=name, content=content, by=request.actor)

    attempted(request, lambda: keep_all(request, keep))
    return redirect(f"{reverse('supervision:report', args=[pk])}#files")


@require_POST
@needs(Permission.WORK_FILL)
def remove(request: Request, pk: int, file: int) -> HttpResponse:
    """Take a file out of the report that is being written."""
    found = visible_report(request, pk)
    stored = get_object_or_404(found.files, pk=file)

    def change() -> str:
        services.remove_file(file=stored, by=request.actor)
        return "已移除文件。"

    attempted(request, change)
    return redirect(f"{reverse('supervision:report', args=[pk])}#files")


@require_safe
@xframe_options_sameorigin
@needs(Permission.LIST_VIEW)
def file(request: Request, pk: int, file: int) -> HttpResponseBase:
    """Whoever sees the report sees its files."""
    return kept_file(get_object_or_404(visible_report(request, pk).files, pk=file, removed_at__isnull=True))


def visible_report(request: Request, pk: int) -> Report:
    """A report that the actor sees; 404 for others."""
    seen = Work.objects.visible_to(request.actor).filter(kind="report").values("pk")
    rows = Report.objects.select_related("work__holder", "measure__lead", "measure__work", "changed_by")
    return get_object_or_404(rows.filter(work__in=seen), pk=pk)
