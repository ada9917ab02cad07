"""Sheets: which are mine, and one of them filled in, in a grid that keeps what is typed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.core.monitoring.forms import FOOTER
from spectown.core.monitoring.values import MISSING
from spectown.lib.refusal import Refused
from spectown.monitoring.models import Cell, Sheet
from spectown.monitoring.services import filling
from spectown.monitoring.services.filling import Entry
from spectown.supervision.facts import Facts
from spectown.supervision.models import Work
from spectown.supervision.services.moves import move
from spectown.web.http import Request, attempted, needs, page, paged
from spectown.web.monitoring.forms import FooterForm
from spectown.web.monitoring.found import acceptable_periods, chosen_period, periods, visible_sheet, with_open
from spectown.web.monitoring.shown import Line, groups_of, plain
from spectown.web.supervision.shown import course_of

CRUMB = ("填报", "monitoring:sheets")


@require_safe
@needs(Permission.SHEET_VIEW)
def sheets(request: Request) -> HttpResponse:
    """A county monthly: which sheets are to be filled in, until when? The office: how far is each?"""
    chosen = chosen_period(request)
    seen = Work.objects.visible_to(request.actor).filter(kind="sheet").values("pk")
    rows = Sheet.objects.filter(work__in=seen, form_period=chosen).select_related("work__holder", "town", "form_period")
    settles = request.actor.may(Permission.INDICATOR_MANAGE)
    rows = with_open(rows) if settles else rows
    found = paged(request, rows.order_by("work__holder__order", "town__order", "town__code"), 60)
    context = {"rows": found, "chosen": chosen, "periods": periods(), "settles": settles}
    context["ready"] = acceptable_periods(request.actor) if settles else []
    return page(request, "monitoring/sheets.html", context, title="填报")


@require_http_methods(["GET", "POST"])
@needs(Permission.SHEET_VIEW)
def sheet(request: Request, pk: int) -> HttpResponse:
    """A county on paste or by keyboard, a town on a phone: last month beside it, what is wrong at the cell itself."""
    found = visible_sheet(request, pk)
    writes = not filling.filling_refusals(found, request.actor)
    if request.method == "POST" and not writes:
        raise Http404("这张报表现在不能修改")
    faults: dict[str, str] = {}
    form = FooterForm(request.POST if request.method == "POST" else None, instance=found) if writes else None
    if request.method == "POST" and form is not None:
        faults, done = _saved(request, found, form)
        if done:
            return redirect("monitoring:sheet", pk=pk)
        found = visible_sheet(request, pk)
    return _page(request, found, form, faults)


def _page(request: Request, found: Sheet, form: FooterForm | None, faults: dict[str, str]) -> HttpResponse:
    groups = groups_of(found, open_=form is not None)
    lines = [line for _, each in groups for line in each]
    for line in lines:
        line.fault = faults.get(line.item.code, "")
        line.typed = request.POST.get(f"v-{line.item.code}") if line.fault else None
    course = course_of(Facts(found.work, request.actor))
    course["moves"] = [each for each in course["moves"] if each["move"].code not in {"start", "send_back", "unlock"}]
    context = {
        "sheet": found,
        "asked": _part(groups, asked=True),
        "given": _part(groups, asked=False),
        "given_count": sum(1 for line in lines if not line.asked),
        "may_resubmit": request.actor.may(Permission.SHEET_CHECK) and found.work.state == "sent",
        "form": form,
        "footer": [(label, getattr(found, name)) for name, label in FOOTER.items()],
        "part": course,
        "open_count": sum(1 for line in lines if line.open),
        "left": [line for line in lines if line.open and line.value.kind == "missing"],
        "told": [(line, each) for line in lines for each in line.told],
        "back": _back_of(request, found, lines),
        "may_excuse": request.actor.may(Permission.INDICATOR_MANAGE) and found.work.state in filling.EDITABLE,
        "exceptions": list(found.exceptions.select_related("made_by")),
        "may_explain": form is not None,
        "may_fill": request.actor.may(Permission.SHEET_FILL),
    }
    status = 422 if faults or (form is not None and form.errors) else 200
    crumbs = [(CRUMB[0], reverse(CRUMB[1]))]
    return page(request, "monitoring/sheet.html", context, title=str(found), crumbs=crumbs, status=status)


def _part(groups: list[tuple[str, list[Line]]], *, asked: bool) -> list[tuple[str, list[Line]]]:
    """The lines that somebody fills in, or those that follow from others, under their headings."""
    found = [(name, [line for line in lines if line.asked is asked]) for name, lines in groups]
    return [(name, lines) for name, lines in found if lines]


def _back_of(request: Request, found: Sheet, lines: list[Line]) -> dict[str, Any] | None:
    """What the office needs to give cells back or to unlock."""
    code = {"sent": "send_back", "accepted": "send_back", "locked": "unlock"}.get(found.work.state)
    if code is None or not request.actor.may(Permission.INDICATOR_MANAGE):
        return None
    label = "解锁并退回" if code == "unlock" else "退回"
    return {"code": code, "label": label, "lines": [line for line in lines if line.asked]}


def _saved(request: Request, found: Sheet, form: FooterForm) -> tuple[dict[str, str], bool]:
    """Faults by code, and whether all was kept (and handed in, where that was asked)."""
    entries = {
        name[2:]: Entry(raw, request.POST.get(f"c-{name[2:]}"), _number(request.POST.get(f"r-{name[2:]}")))
        for name, raw in request.POST.items()
        if name.startswith("v-")
    }
    try:
        faults = filling.save_cells(sheet=found, entries=entries, by=request.actor).faults
        if not form.is_valid():
            return faults, False
        filling.save_footer(sheet=found, values=form.cleaned_data, by=request.actor)
        if faults:
            return faults, False
        if "hand_in" in request.POST:
            move(work=found.work, code="hand_in", by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return {}, True
    except ValidationError as fault:
        form.add_error(None, " ".join(fault.messages))
        return {}, False
    messages.success(request, "已提交审核。" if "hand_in" in request.POST else "已保存。")
    return {}, True


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() else None


@require_POST
@needs(Permission.SHEET_FILL)
def cell(request: Request, pk: int) -> JsonResponse:
    """One cell as it is typed (autosave): what was kept, or why not."""
    found, code = visible_sheet(request, pk), request.POST.get("code", "")
    entry = Entry(request.POST.get("value", ""), request.POST.get("comment"), _number(request.POST.get("revision")))
    try:
        kept = filling.save_cells(sheet=found, entries={code: entry}, by=request.actor)
    except Refused as refused:
        return JsonResponse({"fault": str(refused)}, status=409)
    if code in kept.faults:
        now = kept.changed.get(code)
        more = {"now": _stands(now)} if now else {}
        return JsonResponse({"fault": kept.faults[code], **more}, status=422)
    return JsonResponse(_stands(kept.cells[code]))


def _stands(cell: Cell) -> dict[str, Any]:
    """What stands in a cell, as its input has it."""
    value = cell.reported
    shown = "" if value.kind == MISSING.kind else plain(value.number) if value.number is not None else value.shown
    return {"shown": shown, "comment": cell.comment, "revision": cell.revision}


@require_POST
@needs(Permission.SHEET_FILL)
def same(request: Request, pk: int) -> HttpResponse:
    """与上期相同: every open cell that is still empty takes the figure of the period before."""
    found = visible_sheet(request, pk)

    def change() -> str:
        count = filling.same_as_before(sheet=found, by=request.actor, code=request.POST.get("code", ""))
        return f"已带入上期数 {count} 格,请逐项核对。" if count else "没有可带入的:空着的格上期也没有数。"

    attempted(request, change)
    return redirect("monitoring:sheet", pk=pk)


@require_POST
@needs(Permission.SHEET_FILL)
def explain(request: Request, pk: int) -> HttpResponse:
    """Why a warning is right all the same."""
    found = visible_sheet(request, pk)
    key, text = request.POST.get("key", ""), request.POST.get("reason", "")

    def change() -> str:
        filling.explain(sheet=found, key=key, text=text, by=request.actor)
        return "已写明理由。"

    attempted(request, change)
    return redirect(f"{reverse('monitoring:sheet', args=[pk])}#found")
