"""The weights playground (权重试算): what the ranks would be with other weights; writes nothing, ever."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.core.evaluation.scheme import Scheme
from spectown.core.evaluation.tabulating import table_of
from spectown.core.evaluation.year import scores_of
from spectown.web.evaluation.pathshown import as_computed
from spectown.web.evaluation.seen import is_inside, rows_of, shown_result, tabs, visible, way
from spectown.web.http import Request, needs, page

MOST = 1000.0


@require_safe
@needs(Permission.EVALUATION_VIEW)
def playground(request: Request, key: str) -> HttpResponse:
    """Office and leaders: does it hang on the weights? Beside the official ranks, which stay as they are."""
    found = visible(request, key)
    if not is_inside(request.actor):
        raise Http404("权重试算只供内部使用")
    result = shown_result(request, found)
    scheme = result.snapshot.rules
    weights = _weights(request, scheme.scheme)
    tried = scores_of(table_of(as_computed(result), scheme), _weighted(scheme.scheme, weights))
    official = {row.participant.name: row for row in rows_of(result)}
    lines = [_line(official[name], row) for name, row in tried.items()]
    lines.sort(key=lambda line: line["rank"] or len(lines) + 1)
    total = sum(weights.values())
    context: dict[str, Any] = {
        "evaluation": found,
        "tabs": tabs(request, found, "playground"),
        "fields": [
            {"code": n.code, "weight": weights[n.code], "official": n.weight, "share": 100 * weights[n.code] / total}
            for n in scheme.scheme.root.children
        ],
        "rows": lines,
        "changed": any(weights[node.code] != node.weight for node in scheme.scheme.root.children),
        "moved": sum(1 for line in lines if line["move"]),
    }
    return page(request, "evaluation/playground.html", context, title="权重试算", crumbs=way(found), partial="tried")


def _weights(request: Request, scheme: Scheme) -> dict[str, float]:
    """Weights by dimension as asked for; what cannot be read, or all of them 0, is as in the scheme."""
    own = {node.code: node.weight for node in scheme.root.children}
    asked = {code: _number(request.GET.get(f"w{place}"), own[code]) for place, code in enumerate(own)}
    return asked if sum(asked.values()) > 0 else own


def _number(text: str | None, otherwise: float) -> float:
    try:
        number = float(text or "")
    except ValueError:
        return otherwise
    return number if 0 <= number <= MOST else otherwise


def _weighted(scheme: Scheme, weights: dict[str, float]) -> Scheme:
    children = tuple(replace(node, weight=weights[node.code]) for node in scheme.root.children)
    return replace(scheme, root=replace(scheme.root, children=children))


def _line(official: Any, row: Any) -> dict[str, Any]:
    move = official.rank - row.rank if official.rank and row.rank else 0
    return {"row": official, "name": row.name, "rank": row.rank, "score": row.score, "move": move, "away": abs(move)}
