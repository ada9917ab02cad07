"""Schemes of evaluation: which holds from when, drafts, one draft with its way to approval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.core.evaluation import sharing
from spectown.core.evaluation.schemelife import SCHEME
from spectown.core.evaluation.versions import differences
from spectown.core.evaluation.yearscheme import GENERAL
from spectown.evaluation import schemes
from spectown.evaluation.models import Evaluation, Scheme
from spectown.evaluation.services import beginning, scheming
from spectown.web.evaluation.schemeparts import cards_of
from spectown.web.evaluation.schemeseen import TONES, draft_of, is_open, suggested, tree_of, way
from spectown.web.evaluation.schemestart import NEW, StartForm
from spectown.web.evaluation.seen import visible
from spectown.web.http import Request, attempted, kept, needs, page
from spectown.web.moving import press

BOTH = ["GET", "POST"]


@require_safe
@needs(Permission.EVALUATION_VIEW)
def all_schemes(request: Request) -> HttpResponse:
    """Everybody: by what are we measured from when on? The office: begin a draft, settle what the plan says anew."""
    rows = list(Scheme.objects.visible_to(request.actor).select_related("made_by", "decided_by"))
    manages = request.actor.may(Permission.EVALUATION_MANAGE)
    names = schemes.names()
    conflicts = [(row, differences(_planned(row.base), _planned(schemes.of_plan(row.since, row.code)), names),
                  sharing.key_of(row.since, row.code))
                 for row in (schemes.conflicts() if manages else [])]  # fmt: skip
    context: dict[str, Any] = {
        "held": [_shown(*each, names, manages=manages) for each in schemes.looked_over()],
        "rows": rows,
        "items": [(row, TONES[row.state]) for row in rows],
        "conflicts": conflicts,
        "manages": manages,
    }
    return page(request, "evaluation/schemes.html", context, title="评估方案")


def _shown(
    each: schemes.Held, lacking: list[str], names: Mapping[str, str], *, manages: bool
) -> tuple[schemes.Held, list[str], list[str]]:
    """What it lacks, for whoever can do something about it; the names of its categories."""
    return each, lacking if manages else [], [names.get(code, code) for code in each.entry.get("categories", ())]


def _planned(entries: list[dict[str, Any]]) -> dict[str, Any]:
    return entries[0] if entries else {"scheme": {}, "consequences": {}}


@require_http_methods(BOTH)
@needs(Permission.EVALUATION_MANAGE)
def start(request: Request) -> HttpResponse:
    """The office, a meeting's paper in hand: a copy of what holds now, for the year from which it is to change."""
    sources = _sources()
    choices = [(key, label) for key, (label, _) in sources.items()]
    last = Evaluation.objects.exclude(state="draft").order_by("-year").values_list("year", flat=True).first()
    year = last + 1 if last else timezone.localdate().year
    asked = request.POST if request.method == "POST" else None
    form = StartForm(asked, sources=choices, scopes=_scopes(), categories=list(schemes.categories().items()), year=year)

    def begin() -> Scheme:
        label, entry = sources[form.cleaned_data["source"]]
        said = {name: form.cleaned_data[name] for name in ("year", "reason")}
        return scheming.start(source=entry, origin=label, by=request.actor, scope=_scope(form.cleaned_data), **said)

    if (made := kept(form, begin)) is not None:
        messages.success(request, "已抄来一稿,请逐项修改。")
        return redirect("evaluation:draft", pk=made.pk)
    status = 422 if form.errors else 200
    return page(
        request, "evaluation/scheme_start.html", {"form": form}, title="拟定评估方案", crumbs=way(), status=status
    )


def _sources() -> dict[str, tuple[str, dict[str, Any]]]:
    """What can be copied: what the plan says, then what holds in its place, the latest last."""
    plans = [schemes.Held(int(entry["year"]), entry, None) for entry in schemes.planned()]
    own = [each for each in schemes.held() if each.own]
    return {f"plan-{each.key}": (f"方案文件 {_said(each)}", each.entry) for each in plans} | {
        f"own-{each.key}": (f"审定的 {_said(each)}", each.entry) for each in own
    }


def _said(each: schemes.Held) -> str:
    return f"{each.year} 年度起的方案{sharing.suffix_of(each.entry)}"


def _scopes() -> list[tuple[str, str]]:
    """Of which scheme a draft may be a version: the general one, those of categories, a new one."""
    own = {each.code: each.title for each in schemes.held() if each.code != GENERAL}
    known = [(code, f"类别方案:{title}") for code, title in own.items()]
    return [(GENERAL, "总方案:没有单独方案的所有类别"), *known, (NEW, "新的类别方案")]


def _scope(given: dict[str, Any]) -> scheming.Scope:
    """What was chosen; a known scheme keeps its name and categories unless they are filled in."""
    code, label, chosen = given["scope"] or GENERAL, given["label"], tuple(given["categories"])
    if code == GENERAL:
        return scheming.Scope()
    if code == NEW:
        return scheming.Scope(schemes.new_code(chosen), label, chosen)
    latest = [each.entry for each in schemes.held() if each.code == code][-1]
    return scheming.Scope(code, label or latest["label"], chosen or tuple(latest["categories"]))


@require_safe
@needs(Permission.EVALUATION_VIEW)
def draft(request: Request, pk: int) -> HttpResponse:
    """The whole draft on one page: tree with sums, all parts, what is lacking, what changed, who is next."""
    found = draft_of(request, pk)
    names = schemes.names()
    base = suggested(found) or found.base
    context: dict[str, Any] = {
        "draft": found,
        "tone": TONES[found.state],
        "open": is_open(request, found),
        "lines": tree_of(found.content, base, names),
        "cards": cards_of(found.content, base, names),
        "lacking": schemes.lacks(found.content) if found.state in ("draft", "sent") else [],
        "changes": differences(found.base, {**found.content, "year": found.base["year"]}, names),
        "moves": _moves(found, request),
        "history": list(found.steps.select_related("made_by").order_by("-pk")),
    }
    return page(request, "evaluation/draft.html", context, title=str(found), crumbs=way())


def _moves(found: Scheme, request: Request) -> list[dict[str, Any]]:
    mine = [m for m in SCHEME.moves if found.state in m.sources and request.actor.may(m.permission)]
    return [
        {
            "move": each,
            "label": each.label,
            "tone": "danger" if each.code in ("drop", "return") else "primary",
            "refusals": scheming.refusals(scheme=found, code=each.code, by=request.actor, asking=True),
            "url": reverse("evaluation:draft_move", args=[found.pk, each.code]),
        }
        for each in mine
    ]


@require_POST
@needs(Permission.EVALUATION_VIEW)
def move(request: Request, pk: int, code: str) -> HttpResponse:
    """Send, take back, return, approve, drop."""
    found = draft_of(request, pk)
    press(request, SCHEME, code, lambda reason: scheming.move(scheme=found, code=code, by=request.actor, reason=reason))
    return redirect("evaluation:draft", pk=pk)


@require_POST
@needs(Permission.EVALUATION_MANAGE)
def keep(request: Request, key: str) -> HttpResponse:
    """The plan was loaded anew and says something else: what was approved here stays."""
    year, code = sharing.year_and_code(key)

    def change() -> str:
        scheming.keep_own(year=year, code=code, by=request.actor, reason=request.POST.get("reason", ""))
        return "审定的方案继续有效。"

    attempted(request, change)
    return redirect("evaluation:schemes")


@require_POST
@needs(Permission.EVALUATION_MANAGE)
def adopt(request: Request, key: str) -> HttpResponse:
    """An evaluation that is not frozen yet goes by the scheme that is in force now."""
    found = visible(request, key)

    def change() -> str:
        beginning.adopt(evaluation=found, by=request.actor)
        return "已改用现行方案。"

    attempted(request, change)
    return redirect("evaluation:scheme", key=key)
