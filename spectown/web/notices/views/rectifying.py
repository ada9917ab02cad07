"""What the unit writes, sized for a phone: its plan, its reports, their files."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.lib.proofs.check import ACCEPT
from spectown.supervision.models import Notice, NoticeFile
from spectown.supervision.notices.conditions import open_report
from spectown.supervision.services import moves
from spectown.supervision.services import rectifying as services
from spectown.web.files import keep_all, kept_file
from spectown.web.http import Request, attempted, kept, needs, page
from spectown.web.notices.forms import PlanForm, ReportForm
from spectown.web.notices.views.notice import visible_notice


@require_http_methods(["GET", "POST"])
@needs(Permission.WORK_FILL)
def plan(request: Request, pk: int) -> HttpResponse:
    """The unit writes its plan; whoever checks sends it from here too."""
    found = own_notice(request, pk)
    initial = {"text": found.plan_text, "person": found.plan_person, "until": found.plan_until}
    form = PlanForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = services.Plan(**form.cleaned_data)
        if kept(form, lambda: services.write_plan(notice=found, plan=given, by=request.actor)):
            return _sent(request, found, "整改方案")
    context = {"notice": found, "form": form, "sends": _sends(request, "plan")}
    status = 422 if form.errors else 200
    return page(request, "notices/plan.html", context, title="整改方案", crumbs=crumbs(found), status=status)


@require_http_methods(["GET", "POST"])
@needs(Permission.WORK_FILL)
def report(request: Request, pk: int) -> HttpResponse:
    """The unit writes what was done, with files; progress or result."""
    found = own_notice(request, pk)
    demands, draft = list(found.demands.all()), open_report(found)
    initial = {"text": draft.text, "percent": draft.percent} if draft else {"percent": found.work.percent}
    initial |= {f"result_{number}": text for number, text in (draft.results if draft else {}).items()}
    form = ReportForm(request.POST if request.method == "POST" else None, initial=initial, demands=demands)
    if request.method == "POST" and form.is_valid():
        given = services.Report(form.cleaned_data["text"], form.results, form.cleaned_data["percent"])
        if kept(form, lambda: services.write_report(notice=found, report=given, by=request.actor)):
            return _sent(request, found, "整改报告")
    files = list(draft.files.all()) if draft else []
    context = {"notice": found, "form": form, "files": files, "accept": ACCEPT, "sends": _sends(request, "report")}
    status = 422 if form.errors else 200
    return page(request, "notices/report.html", context, title="整改报告", crumbs=crumbs(found), status=status)


@require_POST
@needs(Permission.WORK_FILL)
def put(request: Request, pk: int) -> HttpResponse:
    """A file for the report that is being written."""
    found = own_notice(request, pk)

    def keep(name: str, content: bytes) -> None:
        services.put_file(notice=found, name=name, content=content, by=request.actor)

    attempted(request, lambda: keep_all(request, keep))
    return redirect(f"{reverse('notices:report', args=[pk])}#files")


@require_POST
@needs(Permission.WORK_FILL)
def remove(request: Request, pk: int, file: int) -> HttpResponse:
    """Take a file out of the report that is being written."""
    found = own_notice(request, pk)

    def change() -> str:
        services.remove_file(notice=found, file=file, by=request.actor)
        return "已删除文件。"

    attempted(request, change)
    return redirect(f"{reverse('notices:report', args=[pk])}#files")


@require_safe
@xframe_options_sameorigin
@needs(Permission.LIST_VIEW)
def file(request: Request, pk: int, file: int) -> HttpResponseBase:
    """Whoever sees the notice: a file that was sent; the unit its drafts too."""
    found = visible_notice(request, pk)
    rows = NoticeFile.objects.filter(report__notice=found, pk=file)
    if request.actor.unit_id != found.work.holder_id:
        rows = rows.filter(report__sent_at__isnull=False)
    stored = rows.first()
    if stored is None:
        raise Http404("没有这个文件")
    return kept_file(stored)


def own_notice(request: Request, pk: int) -> Notice:
    """A notice of the actor's unit; 404 for others."""
    found = visible_notice(request, pk)
    if found.work.holder_id != request.actor.unit_id:
        raise Http404("这件督办不是发给您的单位的")
    return found


def crumbs(notice: Notice) -> list[tuple[str, str]]:
    """The way back."""
    return [("督办通知书", reverse("notices:list")), (str(notice), reverse("notices:notice", args=[notice.pk]))]


def _sends(request: Request, code: str) -> bool:
    return request.actor.may(Permission.WORK_CHECK)


def _sent(request: Request, notice: Notice, what: str) -> HttpResponse:
    """Saved; sent too where the button says so and nothing stands against it."""
    code = request.POST.get("send", "")
    if code not in {"plan", "progress", "report"}:
        messages.success(request, f"已保存{what}草稿。")
        return redirect("notices:notice", pk=notice.pk)

    def change() -> str:
        moves.move(work=notice.work, code=code, by=request.actor)
        return f"已报送{what}。"

    done = attempted(request, change)
    name = "notices:notice" if done else "notices:plan" if code == "plan" else "notices:report"
    return redirect(name, pk=notice.pk)
