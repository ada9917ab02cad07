"""The tree of a draft: a dimension or indicator is changed, moved, added, removed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from spectown.accounts.permissions import Permission
from spectown.core.evaluation import drafting
from spectown.core.evaluation.drafting import TOTAL, Place, places
from spectown.core.evaluation.unfinished import name_of
from spectown.evaluation import schemes
from spectown.evaluation.models import Scheme
from spectown.web.evaluation.drafted import BOTH, changed, require_open, sent, shown_edition
from spectown.web.evaluation.schemeforms import (
    DimensionForm,
    IndicatorForm,
    PlaceForm,
    free_codes,
    initial_of,
    parents_of,
)
from spectown.web.evaluation.schemeseen import draft_of, place_or_404, way
from spectown.web.http import Request, attempted, kept, needs, page

KINDS = {"dimension": "方面", "indicator": "指标"}


@require_http_methods(BOTH)
@needs(Permission.EVALUATION_MANAGE)
def node(request: Request, pk: int, code: str) -> HttpResponse:
    """One dimension or indicator: name, weight, place, how it is scored."""
    draft = draft_of(request, pk)
    require_open(request, draft)
    place, names = place_or_404(draft, code), schemes.names()
    if code == TOTAL:
        raise Http404("总分只改权重")
    form = _form(request, draft, place)
    name = name_of(place, names)

    def change(entry: Mapping[str, Any]) -> Mapping[str, Any]:
        after = drafting.changed(entry, code, form.items)
        parent, order = form.place
        now = str(form.items.get("code", code))
        return after if form.place == (place.parent, place.order) else drafting.moved(after, now, parent, order)

    if kept(form, lambda: changed(request, draft, change, f"改{name}")) is not None:
        messages.success(request, f"已保存“{name}”。")
        return redirect("evaluation:draft", pk=pk)
    context = {
        "draft": draft,
        "form": form,
        "place": place,
        "name": name,
        "edition": shown_edition(request, draft, refused=bool(form.non_field_errors())),
    }
    crumbs, status = way(draft), 422 if form.errors else 200
    return page(request, "evaluation/draft_node.html", context, title=f"改动:{name}", crumbs=crumbs, status=status)


def _form(request: Request, draft: Scheme, place: Place) -> PlaceForm:
    found = places(draft.content)
    siblings = sum(1 for each in found if each.parent == place.parent)
    parents = parents_of(found, place.code)
    more: dict[str, Any] = {"initial": initial_of(place), "parents": parents, "siblings": siblings}
    if place.is_leaf:
        return IndicatorForm(sent(request), fallback=_fallback(draft), **more)
    return DimensionForm(sent(request), **more)


def _fallback(draft: Scheme) -> str:
    return str(draft.content["scheme"].get("normalisation", "minmax"))


@require_http_methods(BOTH)
@needs(Permission.EVALUATION_MANAGE)
def add(request: Request, pk: int, kind: str, code: str) -> HttpResponse:
    """A new dimension or indicator beneath a dimension (or the whole)."""
    draft = draft_of(request, pk)
    require_open(request, draft)
    if kind not in KINDS:
        raise Http404("没有这一种")
    above = place_or_404(draft, code, dimension=True)
    form = _new_form(request, draft, kind, above)

    def change(entry: Mapping[str, Any]) -> Mapping[str, Any]:
        items = drafting.put({}, form.items) | ({"children": []} if kind == "dimension" else {})
        parent, order = form.place
        after = drafting.added(entry, parent, items)
        return drafting.moved(after, items["code"], parent, order)

    label = f"新增{KINDS[kind]}"
    if kept(form, lambda: changed(request, draft, change, label)) is not None:
        messages.success(request, f"已{label}。")
        return redirect("evaluation:draft", pk=pk)
    context = {
        "draft": draft,
        "form": form,
        "edition": shown_edition(request, draft, refused=bool(form.non_field_errors())),
    }
    crumbs, status = way(draft), 422 if form.errors else 200
    return page(request, "evaluation/draft_node.html", context, title=label, crumbs=crumbs, status=status)


def _new_form(request: Request, draft: Scheme, kind: str, above: Place) -> PlaceForm:
    found, siblings = places(draft.content), len(above.children)
    initial = {"parent": above.code, "order": siblings + 1, "clause": above.node.get("clause", ""), "weight": 0}
    more: dict[str, Any] = {"initial": initial, "parents": parents_of(found), "siblings": siblings + 1}
    if kind == "indicator":
        return IndicatorForm(sent(request), fallback=_fallback(draft), codes=free_codes(found), **more)
    return DimensionForm(sent(request), **more)


@require_POST
@needs(Permission.EVALUATION_MANAGE)
def remove(request: Request, pk: int, code: str) -> HttpResponse:
    """Without it and all beneath."""
    draft = draft_of(request, pk)
    require_open(request, draft)
    place = place_or_404(draft, code)
    name = name_of(place, schemes.names())

    def change() -> str:
        changed(request, draft, lambda entry: drafting.removed(entry, code), f"删除{name}")
        return f"已删除“{name}”。"

    if code == TOTAL:
        raise Http404("总分不能删除")
    attempted(request, change)
    return redirect(f"{reverse('evaluation:draft', args=[pk])}#tree")
