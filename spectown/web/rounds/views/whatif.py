"""What if (试算): before publishing, move a threshold or weights and see who comes out otherwise."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.core.rounds.rules import Rules
from spectown.core.rounds.whatif import Change, Setting, gained_and_lost, what_if
from spectown.lib.refusal import Refused
from spectown.web.http import Request, needs, page
from spectown.web.rounds import trial
from spectown.web.rounds.rulesshown import plain
from spectown.web.rounds.views.rounds import crumbs, visible_round


@require_safe
@needs(Permission.ROUND_MANAGE)
def whatif(request: Request, pk: int) -> HttpResponse:
    """The office tries a threshold on all known towns, or weights on the scored cases; nothing is stored."""
    found, today = visible_round(request, pk), timezone.localdate()
    rules = found.rules_versions.order_by("-number")[:1].get().rules
    scored = request.GET.get("scope") == "cases" and bool(rules.panel)
    known = (trial.known_cases if scored else trial.known_towns)(found, request.actor, today)
    before = trial.setting(found, rules, scored, today)
    changes: tuple[Change, ...] = ()
    refused = ""
    asked = "threshold" in request.GET or any(name.startswith("weight-") for name in request.GET)
    if asked:
        try:
            changes = what_if(known, before, _after(request, before, rules, scored))
        except Refused as refusal:
            refused = str(refusal)
    context = {
        "round": found,
        "scored": scored,
        "known": len(known),
        "scopes": [
            {"label": "已知的镇,改门槛", "url": "?scope=towns", "active": not scored, "count": None},
            {"label": "本批次申报,改权重", "url": "?scope=cases", "active": scored, "count": None},
        ],
        "movables": trial.movables(before.criteria, today),
        "weights": _weights(request, rules),
        "asked": asked and not refused,
        "refused": refused,
        "typed": {name: request.GET.get(name, "") for name in ("threshold", "value")},
        "changes": changes,
        "balance": gained_and_lost(changes),
        "has_sheet": bool(rules.panel),
    }
    status = 422 if refused else 200
    return page(request, "rounds/whatif.html", context, title="试算", crumbs=crumbs(found), status=status)


def _after(request: Request, before: Setting, rules: Rules, scored: bool) -> Setting:
    key, value = request.GET.get("threshold", ""), request.GET.get("value", "")
    after = replace(before, criteria=trial.moved(before.criteria, key, value, before.on)) if key else before
    if not scored:
        if not key:
            raise Refused("请选择要试算的门槛。")
        return after
    typed = {code: text for code, _, text in _weights(request, rules)}
    return replace(after, rules=trial.reweighted(rules, typed))


def _weights(request: Request, rules: Rules) -> list[tuple[str, str, str]]:
    return [(item.code, item.title, request.GET.get(f"weight-{item.code}", plain(item.weight))) for item in rules.sheet]
