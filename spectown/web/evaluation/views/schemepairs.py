"""Weights of what stands beneath a node from comparing each with each (AHP)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from spectown.accounts.permissions import Permission
from spectown.core.evaluation import drafting
from spectown.core.evaluation.unfinished import name_of
from spectown.evaluation import schemes
from spectown.evaluation.models import Scheme
from spectown.web.evaluation.drafted import BOTH, changed, require_open, sent, shown_edition
from spectown.web.evaluation.pairsform import PairsForm, against, compared_of, matrix_of
from spectown.web.evaluation.schemeseen import draft_of, place_or_404, way
from spectown.web.http import Request, kept, needs, page


@require_http_methods(BOTH)
@needs(Permission.EVALUATION_MANAGE)
def pairs(request: Request, pk: int, code: str) -> HttpResponse:
    """Compare each with each; see at once the weights, whether it goes together, and which two do not."""
    draft = draft_of(request, pk)
    require_open(request, draft)
    place, names = place_or_404(draft, code, dimension=True), schemes.names()
    name = name_of(place, names)
    form = PairsForm(sent(request), place=place, names=names)

    def save() -> Scheme:
        given = form.pairs
        return changed(
            request, draft, lambda entry: drafting.compared(entry, code, given), f"比较“{name}”下各项的重要程度"
        )

    if kept(form, save) is not None:
        messages.success(request, "已保存比较。")
        return redirect("evaluation:draft_pairs", pk=pk, code=code)
    done = compared_of(place)
    context = {
        "draft": draft,
        "edition": shown_edition(request, draft, refused=bool(form.non_field_errors())),
        "form": form,
        "place": place,
        "name": name,
        "open": sum(1 for field in form if field.name.startswith("p") and not field.value()),
        "done": done,
        "weights": [(names.get(code, code), weight) for code, weight in done.weights.items()] if done else [],
        "worst": [against(each, names) for each in done.worst] if done else [],
        "matrix": matrix_of(place, names),
    }
    title, status = f"“{name}”下两两比较", 422 if form.errors else 200
    return page(request, "evaluation/draft_pairs.html", context, title=title, crumbs=way(draft), status=status)
