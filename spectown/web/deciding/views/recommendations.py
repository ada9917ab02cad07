"""A recommendation round (省级推荐): which towns can go to the province, who applies, the package and the letter."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.lib.refusal import Refused
from spectown.rounds.models import Case, DueDocument, Round, Title
from spectown.rounds.packaging import ask_for_package, versions_of
from spectown.rounds.selecting import Choice, choices_of, figure_names
from spectown.rounds.services import recommending
from spectown.rounds.services.cases import ENTERED_IN
from spectown.rounds.services.rounds import current_rules
from spectown.web.deciding.seen import chosen_numbers, require_part, round_crumbs, visible_round
from spectown.web.files import kept_file
from spectown.web.http import Request, page
from spectown.web.rounds.rulesshown import province_facts, source_of


def _visible(request: Request, pk: int) -> Round:
    require_part(request)
    found = visible_round(request, pk)
    if found.kind != "recommendation":
        raise Http404("不是省级推荐批次")
    return found


@require_http_methods(["GET", "POST"])
def recommendation(request: Request, pk: int) -> HttpResponse:
    """Office and leaders: which certified towns meet the rules, who has been asked, what goes to the province?"""
    found = _visible(request, pk)
    if request.method != "POST":
        return _page(request, found)
    request.actor.require(Permission.ROUND_MANAGE)
    titles = list(Title.objects.filter(pk__in=chosen_numbers(request, "title")).select_related("town"))
    try:
        made = recommending.call(round_=found, titles=titles, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return _page(request, found, 422)
    messages.success(request, f"已通知 {len(made)} 个专业镇申报。")
    return redirect("deciding:recommendation", pk=pk)


def _page(request: Request, found: Round, status: int = 200) -> HttpResponse:
    rules = current_rules(found).rules
    choices = choices_of(found.version, rules, timezone.localdate())
    inside = {case.town_id: case for case in Case.objects.filter(round=found).select_related("application")}
    rows = [_row(each, inside.get(each.title.town_id), request) for each in choices]
    may_call = found.state in ENTERED_IN and request.actor.may(Permission.ROUND_MANAGE)
    names = figure_names(found.version)
    letters = DueDocument.objects.filter(case__round=found, kind="recommendation_letter").select_related("document")
    context = {
        "round": found,
        "rules": province_facts(rules, names),
        "source": source_of(rules, "province"),
        "columns": [names.get(field, field) for field in (rules.province.least if rules.province else {})],
        "rows": rows,
        "going": versions_of(found),
        "packages": list(found.packages.select_related("uploaded_by")),
        "letter": next((each for each in letters if each.document_id is None), None),
        "letters": {each.document.pk: each.document for each in letters if each.document}.values(),
        "may_call": may_call,
        "may_choose": may_call and any(not row["case"] and not row["choice"].barred for row in rows),
        "may_draft": request.actor.may(Permission.DOCUMENT_DRAFT),
    }
    return page(
        request, "deciding/recommendation.html", context, title="省级推荐", crumbs=round_crumbs(found), status=status
    )


def _row(each: Choice, case: Case | None, request: Request) -> dict[str, Any]:
    posted = chosen_numbers(request, "title")
    ticked = each.title.pk in posted if request.method == "POST" else False
    return {"choice": each, "case": case, "ticked": ticked, "figures": list(each.figures.values())}


@require_POST
def make_package(request: Request, pk: int) -> HttpResponse:
    """Make the package anew, with everything that has been recommended so far."""
    found = _visible(request, pk)
    if not versions_of(found):
        messages.error(request, "还没有同意推荐的专业镇。")
        return redirect("deciding:recommendation", pk=pk)
    return redirect("jobs:job", ask_for_package(round_=found, by=request.actor).pk)


@require_safe
def package(request: Request, pk: int, file: int) -> HttpResponseBase:
    """The zip."""
    return kept_file(get_object_or_404(_visible(request, pk).packages, pk=file))
