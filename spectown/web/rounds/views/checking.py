"""The formal check (形式审查) item by item, with the file beside."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from spectown.accounts.permissions import Permission
from spectown.lib.refusal import Refused
from spectown.rounds.enums import Verdict
from spectown.rounds.facts import Facts
from spectown.rounds.items import FIELD, MATERIAL, Item, items_of
from spectown.rounds.models import Case, ItemVerdict, Material
from spectown.rounds.services import examining
from spectown.rounds.services.moves import open_moves
from spectown.web.http import Request, needs, page
from spectown.web.rounds.figures import Figure, figures_of
from spectown.web.rounds.shown import held, moves_shown
from spectown.web.rounds.views.cases import visible_case
from spectown.web.rounds.views.rounds import crumbs

CHOICES = [(each.value, each.label) for each in Verdict if each is not Verdict.PASSED_BY_SILENCE]
TONES = {"fine": "green", "silence": "green", "wrong": "red", "incomplete": "yellow", "outdated": "yellow"}


@dataclass(frozen=True, slots=True)
class Checked:
    """One item with what was found so far, and in the version before."""

    item: Item
    verdict: ItemVerdict | None
    tone: str
    url: str
    version: int = 0  # number of the earlier version about which the verdict was given


@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # django-csp types only views without arguments
@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_EXAMINE)
def check(request: Request, pk: int) -> HttpResponseBase:
    """The office goes through the items of a case, the file or figure beside each."""
    found = visible_case(request, pk)
    if request.method == "POST":
        return _judge(request, found)
    return _page(request, found, request.GET.get("item", ""))


def _judge(request: Request, found: Case) -> HttpResponse:
    item, verdict = request.POST.get("item", ""), request.POST.get("verdict", "")
    note = request.POST.get("note", "")
    try:
        examining.judge(case=found, item=item, verdict=verdict, note=note, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return _page(request, found, item, verdict, note, 422)
    return redirect(_after(found, item))


def _after(found: Case, item: str) -> str:
    """The page at the next item that nobody has judged, in the order of the list, from this one on."""
    facts = Facts(found)
    codes = [each.code for each in items_of(found, facts.rules)]
    place = codes.index(item) if item in codes else 0
    following = [code for code in [*codes[place:], *codes[:place]] if code not in facts.verdicts]
    return _url(found, following[0] if following else item)


def _url(found: Case, item: str) -> str:
    return f"{reverse('rounds:check', args=[found.pk])}?item={quote(item)}#item"


def _page(
    request: Request, found: Case, asked: str, verdict: str = "", note: str = "", status: int = 200
) -> HttpResponse:
    facts = Facts(found)
    items = [_checked(found, facts, each) for each in items_of(found, facts.rules)]
    open_items = [each for each in items if each.verdict is None] or items
    chosen = next((each for each in items if each.item.code == asked), open_items[0] if open_items else None)
    context = {
        "case": found,
        "items": items,
        "done": sum(each.verdict is not None for each in items),
        "chosen": chosen,
        "file": _file(facts, chosen),
        "figure": _figure(request, facts, chosen),
        "choices": CHOICES,
        "given": {"verdict": verdict, "note": note},
        "earlier": _earlier(found, facts, chosen),
        "in_check": found.state in examining.EXAMINED_IN,
        "fields_open": any(each.verdict is None and each.item.code.startswith(FIELD) for each in items),
        "held": held(found, facts.steps, facts.calendar, facts.on),
        "moves": moves_shown(open_moves(case=found, by=request.actor, facts=facts), "rounds:case_move", found.pk),
    }
    way = [*crumbs(found.round), (str(found.application), reverse("rounds:case", args=[found.pk]))]
    return page(request, "rounds/check.html", context, title="逐项审查", crumbs=way, status=status)


def _checked(found: Case, facts: Facts, item: Item) -> Checked:
    verdict, earlier = facts.verdicts.get(item.code), {each.pk: each.number for each in facts.versions[:-1]}
    tone = TONES[verdict.verdict] if verdict else "neutral"
    return Checked(item, verdict, tone, _url(found, item.code), earlier.get(verdict.version_id, 0) if verdict else 0)


def _file(facts: Facts, chosen: Checked | None) -> Material | None:
    code = chosen.item.code if chosen else ""
    return facts.materials.get(code.removeprefix(MATERIAL)) if code.startswith(MATERIAL) else None


def _figure(request: Request, facts: Facts, chosen: Checked | None) -> Figure | None:
    code = chosen.item.code if chosen else ""
    if not code.startswith(FIELD):
        return None
    found = (each for each in figures_of(facts, request.actor) if FIELD + each.field.code == code)
    return next(found, None)


def _earlier(found: Case, facts: Facts, chosen: Checked | None) -> list[ItemVerdict]:
    """What was said of the item in earlier versions, newest first."""
    if chosen is None:
        return []
    counts = chosen.verdict.pk if chosen.verdict else 0
    rows = found.verdicts.filter(item=chosen.item.code).exclude(version=facts.version).exclude(pk=counts)
    return list(rows.select_related("made_by", "version").order_by("-pk"))


@require_POST
@needs(Permission.CASE_EXAMINE)
def check_fields(request: Request, pk: int) -> HttpResponse:
    """The office has read all figures of the form: those not judged yet are fine."""
    found = visible_case(request, pk)
    try:
        number = examining.judge_fields_fine(case=found, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已把 {number} 项填报数据记为符合。")
    return redirect("rounds:check", pk=pk)
