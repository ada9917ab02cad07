"""What of a draft of a scheme a person sees: the tree with its sums, what is the plan's suggestion, what is ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from spectown.accounts.permissions import Permission
from spectown.core.evaluation.drafting import TOTAL, Place, place_of, places
from spectown.core.evaluation.table import Unusable
from spectown.core.evaluation.unfinished import remaining
from spectown.core.evaluation.versions import differences
from spectown.core.evaluation.words import WAYS, WEIGHTINGS
from spectown.evaluation import schemes
from spectown.evaluation.models import Scheme
from spectown.monitoring.catalogue import plan_data
from spectown.web.http import Crumb, Request

TONES = {"draft": "yellow", "sent": "blue", "approved": "green", "dropped": "neutral"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the tree. `rest`: what the weights beneath lack; `mark`: 建议值, 本稿改动, or nothing."""

    place: Place
    name: str
    way: str
    more: str
    rest: float | None
    mark: str

    @property
    def total(self) -> float:
        """Sum of the weights beneath."""
        return sum(float(child.get("weight", 1)) for child in self.place.children)

    @property
    def over(self) -> float:
        """How much too much."""
        return -(self.rest or 0)


def draft_of(request: Request, pk: int) -> Scheme:
    """The draft or version; 404 where the actor may not see it."""
    rows = Scheme.objects.visible_to(request.actor).select_related("made_by", "decided_by")
    return get_object_or_404(rows, pk=pk)


def place_or_404(draft: Scheme, code: str, *, dimension: bool = False) -> Place:
    """A place of the tree; `dimension`: only what has something beneath."""
    try:
        found = place_of(draft.content, code)
    except Unusable as fault:
        raise Http404(str(fault)) from fault
    if dimension and found.is_leaf:
        raise Http404("这是一项指标,没有下级")
    return found


def way(draft: Scheme | None = None) -> list[Crumb]:
    """The way back to the schemes, and to the draft where it is given."""
    above: list[Crumb] = [("评估方案", reverse("evaluation:schemes"))]
    return [*above, (str(draft), reverse("evaluation:draft", args=[draft.pk]))] if draft else above


def is_open(request: Request, draft: Scheme) -> bool:
    """True where the actor may change it now."""
    return draft.state == "draft" and request.actor.may(Permission.EVALUATION_MANAGE)


def tree_of(entry: Mapping[str, Any], base: Mapping[str, Any], names: Mapping[str, str]) -> list[Line]:
    """The whole first, then every dimension and indicator; `base`: what the plan suggests."""
    changed = {each.about for each in differences(base, entry, names)}
    fallback = entry["scheme"].get("normalisation", "minmax")
    units = {code: each[-1].heading for code, each in plan_data().catalogue.versions.items()}
    found = []
    for place in places(entry):
        name = "总分" if place.code == TOTAL else units.get(place.code, place.code) if place.is_leaf else place.code
        mark = "" if place.code == TOTAL else "本稿改动" if place.code in changed else "建议值"
        found.append(Line(place, name, _way(place, fallback), more_of(place), remaining(place), mark))
    return found


def _way(place: Place, fallback: str) -> str:
    if not place.is_leaf:
        weighting = place.node.get("weighting", "entered")
        return place.node.get("basis", "") or ("" if weighting == "entered" else WEIGHTINGS[weighting])
    return WAYS[place.node.get("normalisation") or fallback]


def more_of(place: Place) -> str:
    """What else its score hangs on."""
    node = place.node
    posts = node.get("posts")
    told = [f"界值 {posts[0]:g} 至 {posts[1]:g}"] if posts else []
    told += [f"目标 {node['target']:g}"] if node.get("target") is not None else []
    told += [f"增长占 {node['dynamic']:.0%}"] if node.get("dynamic") else []
    told += ["取对数"] * bool(node.get("log")) + ["越小越好"] * bool(node.get("reversed"))
    return ",".join(told)


def suggested(draft: Scheme) -> dict[str, Any] | None:
    """What the plan itself suggests in its place."""
    return next(iter(schemes.of_plan(draft.year, draft.code)), None)
