"""The scheme of a year for everybody who is measured by it: weights, indicators, method, lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.core.evaluation.drafting import Place, places
from spectown.core.evaluation.words import GAPS, WAYS
from spectown.evaluation import schemes
from spectown.evaluation.services.beginning import newer_scheme
from spectown.monitoring.models import Indicator as Known
from spectown.web.evaluation.linesshown import lines_shown
from spectown.web.evaluation.schemeseen import more_of
from spectown.web.evaluation.seen import shown_scheme, tabs, visible, way
from spectown.web.http import Request, needs, page


@dataclass(frozen=True, slots=True)
class Shown:
    """One dimension or indicator; `weight`: among its siblings, `share`: of the whole, in per cent."""

    name: str
    weight: float
    share: float
    clause: str
    way: str = ""
    more: str = ""
    leaf: bool = False
    level: int = 1


@require_safe
@needs(Permission.EVALUATION_VIEW)
def scheme(request: Request, key: str) -> HttpResponse:
    """A county: by what are we measured, where does each figure of the scheme come from?"""
    found = visible(request, key)
    shown = shown_scheme(request, found)
    rules = shown.rules
    known = schemes.categories()
    names = {row.code: row for row in Known.objects.filter(code__in=[leaf.code for leaf in rules.scheme.indicators])}
    rows = list(_shown(shown.scheme, names))
    told = {code: row.name for code, row in names.items()}
    context = {
        "evaluation": found,
        "tabs": tabs(request, found, "scheme"),
        "rules": rules,
        "rows": rows,
        "fields": [known.get(code, code) for code in rules.categories],
        "elsewhere": [
            known.get(c, c) for c, code in schemes.holder_of(found.year, rules).items() if code != rules.code
        ],
        "lines": lines_shown(rules.consequences, told),
        "gaps": GAPS[rules.scheme.missing],
        "coverage": round(100 * rules.scheme.coverage),
        "newer": newer_scheme(found) if request.actor.may(Permission.EVALUATION_MANAGE) else None,
    }
    return page(request, "evaluation/scheme.html", context, title="评估方案", crumbs=way(found))


def _shown(entry: Mapping[str, Any], names: dict[str, Known]) -> Iterator[Shown]:
    fallback = entry["scheme"].get("normalisation", "minmax")
    for place in places(entry)[1:]:
        yield _row(place, names.get(place.code), fallback)


def _row(place: Place, known: Known | None, fallback: str) -> Shown:
    node = place.node
    name = f"{known.name}({known.unit})" if known and known.unit else str(known or place.code)
    method = WAYS[node.get("normalisation") or fallback] if place.is_leaf else node.get("basis", "")
    own = float(node.get("weight", 1))
    return Shown(name, own, place.share, node.get("clause", ""), method, more_of(place), place.is_leaf, place.level)
