"""Weights of what stands beneath a node: entered, or proposed by data and by comparisons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from spectown.accounts.permissions import Permission
from spectown.core.evaluation import drafting
from spectown.core.evaluation.drafting import Place, bare
from spectown.core.evaluation.pairwise import LARGEST
from spectown.core.evaluation.proposing import proposals
from spectown.core.evaluation.table import Unusable
from spectown.core.evaluation.tabulating import table_of
from spectown.core.evaluation.unfinished import name_of, remaining
from spectown.core.evaluation.words import WEIGHTINGS, plainly
from spectown.core.evaluation.yearreading import read_year_scheme
from spectown.evaluation import schemes
from spectown.evaluation.models import Scheme
from spectown.evaluation.trials import Ground, ground_for
from spectown.web.evaluation.drafted import BOTH, changed, require_open, sent, shown_edition
from spectown.web.evaluation.pairsform import compared_of
from spectown.web.evaluation.schemeseen import draft_of, place_or_404, way
from spectown.web.http import Request, kept, needs, page


class WeightsForm(forms.Form):
    """One figure for each child, and on which grounds."""

    def __init__(self, data: Any, *, place: Place, names: Mapping[str, str]) -> None:
        super().__init__(data)
        self.place = place
        for child in place.children:
            self.fields[f"w-{child['code']}"] = forms.FloatField(
                label=names.get(child["code"], child["code"]),
                min_value=0,
                max_value=100,
                initial=bare(child.get("weight", 1)),
            )
        self.fields["basis"] = forms.CharField(
            label="权重依据",
            max_length=200,
            required=False,
            initial=place.node.get("basis", ""),
            help_text="如 领导小组会议议定、层次分析法;写在方案里,供人查问。",
        )

    @property
    def weights(self) -> dict[str, float]:
        """By code; only of a valid form."""
        return {child["code"]: self.cleaned_data[f"w-{child['code']}"] for child in self.place.children}

    @property
    def rows(self) -> list[forms.BoundField]:
        """Fields of weights."""
        return [self[name] for name in self.fields if name != "basis"]


@require_http_methods(BOTH)
@needs(Permission.EVALUATION_MANAGE)
def weights(request: Request, pk: int, code: str) -> HttpResponse:
    """The children of a node beside each other, the sum in sight; what methods would say, to be taken over or not."""
    draft = draft_of(request, pk)
    require_open(request, draft)
    place, names = place_or_404(draft, code, dimension=True), schemes.names()
    name = name_of(place, names)
    form = WeightsForm(sent(request), place=place, names=names)

    def save() -> Scheme:
        given, basis = form.weights, form.cleaned_data["basis"]
        label = f"改“{name}”下的权重"
        return changed(request, draft, lambda entry: drafting.weighted(entry, code, given, basis), label)

    if kept(form, save) is not None:
        messages.success(request, f"已保存“{name}”下的权重。")
        return redirect("evaluation:draft", pk=pk)
    offered, ground, fault = _offered(draft, code)
    if request.method == "GET":
        _take(form, request.GET.get("take", ""), offered)
    columns = [(each, [each["weights"][child["code"]] for child in place.children]) for each in offered]
    context = {
        "draft": draft,
        "edition": shown_edition(request, draft, refused=bool(form.non_field_errors())),
        "form": form,
        "place": place,
        "name": name,
        "offered": offered,
        "rows": [(field, [values[n] for _, values in columns]) for n, field in enumerate(form.rows)],
        "ground": ground,
        "fault": fault,
        "rest": remaining(place),
        "comparable": 2 <= len(place.children) <= LARGEST,
    }
    title, status = f"“{name}”下的权重", 422 if form.errors else 200
    return page(request, "evaluation/draft_weights.html", context, title=title, crumbs=way(draft), status=status)


def _take(form: WeightsForm, key: str, offered: Sequence[Mapping[str, Any]]) -> None:
    """Fill in what a method proposes: nothing is saved before the person saves it."""
    for each in offered:
        if each["key"] == key:
            for code, weight in each["weights"].items():
                form.fields[f"w-{code}"].initial = bare(weight)
            form.fields["basis"].initial = each["basis"]


def _offered(draft: Scheme, code: str) -> tuple[list[dict[str, Any]], Ground | None, str]:
    """What the methods say; comparisons first where all are made. A fault where figures do not bear it."""
    place = place_or_404(draft, code)
    found = []
    if (done := compared_of(place)) is not None:
        basis = f"层次分析法,一致性比例 {done.ratio:.2f}"
        found.append({"key": "ahp", "label": WEIGHTINGS["ahp"], "weights": done.weights, "basis": basis})
    ground, fault, told = None, "", []
    try:
        rules = read_year_scheme(draft.content)
        ground = ground_for(draft.content)
        told = proposals(rules.scheme, code, table_of(ground.snapshot, rules) if ground.snapshot.participants else None)
    except Unusable as error:
        fault = plainly(str(error))
    for each in told:
        label = WEIGHTINGS[each.weighting]
        basis = label if each.weighting == "equal" or ground is None else f"{label},按 {ground.year} 年度数据"
        found.append({"key": each.weighting.value, "label": label, "weights": each.weights, "basis": basis})
    return found, ground, fault
