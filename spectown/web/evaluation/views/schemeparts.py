"""What stands beside the tree of a draft: general rules, peer groups, grades, items, vetoes, lines."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from spectown.accounts.permissions import Permission
from spectown.core.evaluation import drafting
from spectown.core.evaluation.drafting import places
from spectown.evaluation import schemes
from spectown.evaluation.models import Scheme
from spectown.lib.refusal import Refused
from spectown.web.evaluation.drafted import BOTH, changed, require_open, sent, shown_edition
from spectown.web.evaluation.schemegeneral import GeneralForm
from spectown.web.evaluation.schemelines import LinesForm
from spectown.web.evaluation.schemeparts import PARTS
from spectown.web.evaluation.schemerows import TABLES, given, rows_of
from spectown.web.evaluation.schemeseen import draft_of, way
from spectown.web.http import Request, kept, needs, page


@require_http_methods(BOTH)
@needs(Permission.EVALUATION_MANAGE)
def part(request: Request, pk: int, name: str) -> HttpResponse:
    """One part on one page."""
    draft = draft_of(request, pk)
    require_open(request, draft)
    if name not in PARTS:
        raise Http404("没有这一部分")
    return _table(request, draft, name) if name in TABLES else _items(request, draft, name)


def _items(request: Request, draft: Scheme, name: str) -> HttpResponse:
    names = schemes.names()
    leaves = [(place.code, names.get(place.code, place.code)) for place in places(draft.content) if place.is_leaf]
    kind = GeneralForm if name == "general" else LinesForm
    form = kind(sent(request), entry=draft.content, leaves=leaves)
    if kept(form, lambda: _saved(request, draft, name, form.changes)) is not None:
        return _done(request, draft, name)
    return _shown(request, draft, name, {"form": form}, faulty=bool(form.errors))


def _table(request: Request, draft: Scheme, name: str) -> HttpResponse:
    table, fault = TABLES[name], ""
    rows = rows_of(table, sent(request), draft.content)
    if request.method == "POST" and rows.is_valid():
        try:
            _saved(request, draft, name, table.changes(given(rows)))
            return _done(request, draft, name)
        except Refused as refused:
            fault = str(refused)
    faulty = bool(fault) or request.method == "POST"
    return _shown(request, draft, name, {"formset": rows, "table": table, "fault": fault}, faulty=faulty)


def _saved(request: Request, draft: Scheme, name: str, changes: dict[str, Any]) -> Scheme:
    return changed(request, draft, lambda entry: drafting.part(entry, changes), f"改{PARTS[name][0]}")


def _done(request: Request, draft: Scheme, name: str) -> HttpResponse:
    messages.success(request, f"已保存“{PARTS[name][0]}”。")
    return redirect("evaluation:draft", pk=draft.pk)


def _shown(request: Request, draft: Scheme, name: str, more: dict[str, Any], *, faulty: bool) -> HttpResponse:
    clause = draft.content.get("clause", "") if name in ("lines", "items", "vetoes") else ""
    refused = bool(more["fault"] if "fault" in more else more["form"].non_field_errors())
    carried = shown_edition(request, draft, refused=refused)
    context = {"draft": draft, "edition": carried, "clause": clause, **more}
    status = 422 if faulty else 200
    title = f"改动:{PARTS[name][0]}"
    return page(request, "evaluation/draft_part.html", context, title=title, crumbs=way(draft), status=status)
