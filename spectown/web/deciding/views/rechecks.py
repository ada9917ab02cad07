"""A recheck round (复核): whose turn it is, the sample by a published seed, who is called, what each case comes to."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from spectown.accounts.permissions import Permission
from spectown.lib.refusal import Refused
from spectown.rounds.models import Case, RecheckSample, Round, Title
from spectown.rounds.samples import drawn_numbers
from spectown.rounds.services import rechecks
from spectown.rounds.services.cases import ENTERED_IN
from spectown.rounds.standing import expiring, in_force, running
from spectown.web.deciding.seen import chosen_numbers, round_crumbs, typed, visible_round
from spectown.web.http import Request, needs, page
from spectown.web.rounds.shown import rows_of, with_course

DRAWN_IN = ("draft", "published", *ENTERED_IN)


@require_http_methods(["GET", "POST"])
@needs(Permission.ROUND_MANAGE)
def recheck(request: Request, pk: int) -> HttpResponse:
    """Office, at the beginning of a recheck and while it runs: who is due, who was drawn, who has been called?"""
    found = visible_round(request, pk)
    if found.kind != "recheck":
        raise Http404("不是复核批次")
    if request.method != "POST":
        return _page(request, found)
    change: Callable[[Request, Round], str] = _draw if "seed" in request.POST else _call
    try:
        messages.success(request, change(request, found))
    except Refused as refused:
        messages.error(request, str(refused))
        return _page(request, found, 422)
    return redirect("deciding:recheck", pk=pk)


def _draw(request: Request, found: Round) -> str:
    share = request.POST.get("share", "")
    made = rechecks.draw(
        round_=found,
        seed=request.POST.get("seed", ""),
        source=request.POST.get("source", ""),
        share=int(share) if share.isascii() and share.isdigit() and len(share) < 4 else 0,
        by=request.actor,
    )
    return f"已抽取 {len(drawn_numbers(made))} 个,抽取记录已公开。"


def _call(request: Request, found: Round) -> str:
    wanted = chosen_numbers(request, "title")
    titles = [title for title in in_force() if title.pk in wanted]
    made = rechecks.call(round_=found, titles=titles, by=request.actor)
    return f"已通知 {len(made)} 件复核,复核通知待起草。"


def _page(request: Request, found: Round, status: int = 200) -> HttpResponse:
    titles = in_force()
    samples = list(found.samples.select_related("made_by"))
    cases = with_course(Case.objects.visible_to(request.actor).filter(round=found).order_by("unit__order", "pk"))
    context = {
        "round": found,
        "titles": _titles(request, titles, samples, {case.town_id: case for case in cases}),
        "samples": [(made, len(drawn_numbers(made))) for made in samples],
        "rows": rows_of(list(cases)),
        "given": typed(request, "seed", "source", "share"),
        "may_call": found.state in ENTERED_IN,
        "may_draw": found.state in DRAWN_IN,
    }
    return page(request, "deciding/recheck.html", context, title="复核", crumbs=round_crumbs(found), status=status)


def _titles(
    request: Request, titles: list[Title], samples: list[RecheckSample], here: dict[int | None, Case]
) -> list[dict[str, object]]:
    """Every title in force with why it is due, ticked where it is and nobody has been called yet.

    `here`: the cases of this round by town; a town may also be on its way in another one.
    """
    due = {title.pk for title in expiring(titles, timezone.localdate())}
    drawn = {number for made in samples for number in drawn_numbers(made)}
    busy = running([title.town_id for title in titles])
    posted = chosen_numbers(request, "title")
    found = []
    for title in titles:
        why = [word for word, holds in (("即将到期", title.pk in due), ("抽中", title.number in drawn)) if holds]
        ticked = title.pk in posted if request.method == "POST" else bool(why)
        case = here.get(title.town_id) or busy.get(title.town_id)
        found.append({"title": title, "why": why, "case": case, "ticked": ticked and case is None})
    return found
