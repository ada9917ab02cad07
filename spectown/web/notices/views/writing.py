"""The office writes a notice: from a trigger or by hand, and changes it until it is sent to be checked."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from spectown.accounts.permissions import Permission
from spectown.core.supervision.triggers import Proposal
from spectown.plans.calendar import stored_calendar
from spectown.supervision.models import Notice
from spectown.supervision.notices.matters import weighed
from spectown.supervision.notices.settings import stored_settings
from spectown.supervision.services import notices
from spectown.web.http import Request, kept, needs, page
from spectown.web.notices.forms import NoticeForm, Rows, figure_choices, rows_of
from spectown.web.notices.views.notice import visible_notice
from spectown.web.notices.views.rectifying import crumbs
from spectown.web.notices.writing import Tables, as_draft, dates, from_notice, from_proposal, shown_rows


@require_http_methods(["GET", "POST"])
@needs(Permission.PLAN_MANAGE)
def write(request: Request) -> HttpResponse:
    """A new notice, `?occasion=` with what its trigger knows."""
    occasion = request.GET.get("occasion", "")
    proposal = next((p for p in weighed(timezone.localdate()) if p.matter.occasion == occasion), None)
    if occasion and proposal is None:
        messages.warning(request, "这一情形已经变化,请重新查看督办建议。")
        return redirect("notices:proposals")
    initial, tables = from_proposal(proposal) if proposal else ({}, _empty())
    today = timezone.localdate()
    settings = stored_settings(today)
    known = dates(settings, stored_calendar(), today) if settings else {}
    initial = {**known, "contact": request.actor.name, **initial}
    return _form(request, initial, tables, proposal, None)


@require_http_methods(["GET", "POST"])
@needs(Permission.PLAN_MANAGE)
def edit(request: Request, pk: int) -> HttpResponse:
    """Go on with a draft."""
    found = visible_notice(request, pk)
    if found.work.state != "draft":
        messages.warning(request, f"督办通知书处于“{found.work.state_label}”,现在不能修改。")
        return redirect("notices:notice", pk=pk)
    initial, tables = from_notice(found)
    return _form(request, initial, tables, None, found)


def _empty() -> Tables:
    return {"problems": [], "demands": [], "evidence": []}


def _form(
    request: Request, initial: dict[str, Any], tables: Tables, proposal: Proposal | None, notice: Notice | None
) -> HttpResponse:
    keys = [proposal.matter.key, *proposal.matter.covers] if proposal else list(notice.keys) if notice else []
    choices = figure_choices(keys)
    if request.method != "POST":
        form = NoticeForm(
            initial={"figure": choices[0][0] if choices and not notice else "", **initial}, figures=choices
        )
        return _page(request, form, tables, proposal, notice)
    rows, more = rows_of(request.POST), request.POST.get("add", "")
    form = NoticeForm(request.POST, figures=choices)
    typed: Tables = {"problems": rows.problems, "demands": rows.demands, "evidence": rows.evidence}
    if more:
        return _page(request, NoticeForm(initial=_typed(form), figures=choices), typed, proposal, notice, more=more)
    if form.is_valid():
        for fault in rows.faults:
            form.add_error(None, fault)
    made = kept(form, lambda: _save(request, form, rows, proposal, notice))
    if made is None:
        return _page(request, form, typed, proposal, notice, status=422)
    messages.success(request, "已保存拟稿。")
    return redirect("notices:notice", pk=made.pk)


def _typed(form: NoticeForm) -> dict[str, str]:
    return {name: form.data.get(name, "") for name in form.fields}


def _save(request: Request, form: NoticeForm, rows: Rows, proposal: Proposal | None, notice: Notice | None) -> Notice:
    draft = as_draft(form, rows, proposal, notice)
    if notice is None:
        return notices.begin(draft=draft, by=request.actor)
    return notices.change(notice=notice, draft=draft, by=request.actor)


def _page(
    request: Request,
    form: NoticeForm,
    tables: Tables,
    proposal: Proposal | None,
    notice: Notice | None,
    *,
    more: str = "",
    status: int = 200,
) -> HttpResponse:
    settings = stored_settings(timezone.localdate())
    context = {
        "form": form,
        "tables": {table["name"]: table for table in shown_rows(tables, more)},
        "proposal": proposal,
        "notice": notice,
        "settings": settings,
    }
    title = "修改督办通知书" if notice else "拟写督办通知书"
    return page(
        request, "notices/write.html", context, title=title, crumbs=crumbs(notice) if notice else [], status=status
    )
