"""What could be common problems, and what the office makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.core.supervision.alike import ASPECTS
from spectown.core.supervision.common import Cluster
from spectown.core.supervision.wording import phrases
from spectown.lib.refusal import Refused
from spectown.lists.scope import visible
from spectown.supervision.lists.problems import PROBLEMS
from spectown.supervision.models import Problem
from spectown.supervision.services.common import join, keep_individual, make_common, open_commons, proposals
from spectown.web.http import Request, needs, page, paged
from spectown.web.lists.found import crumbs, list_url, row_url
from spectown.web.problems.forms import CommonForm
from spectown.web.problems.shown import Alike, alike_of

SIZE = 10  # proposals of one page


@dataclass(frozen=True, slots=True)
class Proposed:
    """One proposal with the problem in the middle and why the others are like it."""

    lead: Problem
    number: str
    url: str
    members: Sequence[Alike]
    joins: bool
    raisers: int
    same: str


@require_safe
@needs(Permission.PLAN_MANAGE)
def common_proposals(request: Request) -> HttpResponse:
    """The office before a meeting: which problems of single firms are one problem of many?"""
    found, problems = proposals(request.actor)
    rows = paged(request, found, SIZE)
    shown = [_proposed(cluster, problems) for cluster in rows]
    commons = [(each.pk, f"{PROBLEMS.number(each.pk)} {each}") for each in open_commons(request.actor)[:200]]
    context = {"rows": rows, "proposed": shown, "commons": commons, "total": len(found)}
    return page(request, "problems/common.html", context, title="共性问题建议", crumbs=crumbs(PROBLEMS))


def _proposed(cluster: Cluster, problems: dict[int, Problem]) -> Proposed:
    lead = problems[cluster.lead]
    text = f"{lead.title}。{lead.text}"
    members = [
        alike_of(problem, each, phrases(text, f"{problem.title}。{problem.text}"))
        for each in cluster.members
        for problem in [problems[each.pk]]
    ]
    same = "、".join(ASPECTS[name] for name in cluster.same)
    url = row_url(PROBLEMS, lead.pk)
    return Proposed(lead, PROBLEMS.number(lead.pk), url, members, cluster.joins, cluster.raisers, same)


@require_POST
@needs(Permission.PLAN_MANAGE)
def common_sort(request: Request) -> HttpResponse:
    """What was ticked: name a common problem, join one that is there, or say that they are of one each."""
    members = _members(request, request.POST.getlist("member"))
    action = request.POST.get("action", "")
    if action == "name":
        query = urlencode([("member", problem.pk) for problem in members])
        return redirect(f"{reverse('problems:common_make')}?{query}")
    try:
        if action == "join":
            common = open_commons(request.actor).filter(pk=_number(request.POST.get("common"))).first()
            if common is None:
                raise Refused("请选择要并入的共性问题。")
            join(common=common, members=members, by=request.actor)
            messages.success(request, f"已把 {len(members)} 件并入 {PROBLEMS.number(common.pk)}。")
        else:
            made = keep_individual(members=members, by=request.actor)
            messages.success(request, f"{made} 件判定为个性问题,不再建议合并。")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("problems:common")


@require_http_methods(["GET", "POST"])
@needs(Permission.PLAN_MANAGE)
def common_make(request: Request) -> HttpResponse:
    """Name a common problem; its members stand below as evidence."""
    members = _members(request, request.GET.getlist("member"))
    if len(members) < 2:
        messages.error(request, "共性问题至少要有两件问题,请再勾选。")
        return redirect("problems:common")
    begun = {"title": members[0].title, "kind": members[0].kind, "clause": members[0].clause}
    form = CommonForm(request.POST if request.method == "POST" else None, actor=request.actor, proposed=begun)
    if request.method == "POST" and form.is_valid():
        made = _made(request, form, members)
        if made:
            return redirect(row_url(PROBLEMS, made.pk))
    context = {"form": form, "members": members, "back": reverse("problems:common"), "list_url": list_url(PROBLEMS)}
    status = 422 if form.errors else 200
    return page(request, "problems/make.html", context, title="列为共性问题", crumbs=crumbs(PROBLEMS), status=status)


def _made(request: Request, form: CommonForm, members: Sequence[Problem]) -> Problem | None:
    try:
        made = make_common(values=form.values, members=members, by=request.actor)
    except ValidationError as fault:
        form.add_faults(fault)
    except Refused as refused:
        form.add_error(None, str(refused))
    else:
        messages.success(request, f"已列为共性问题 {PROBLEMS.number(made.pk)},并入 {len(members)} 件,请分办。")
        return made
    return None


def _members(request: Request, numbers: Sequence[str]) -> list[Problem]:
    pks = {_number(text) for text in numbers}
    rows = visible(PROBLEMS, request.actor).filter(pk__in=pks)
    return list(rows.select_related("work", "raiser", "enterprise", "town", "territory").order_by("pk")[:500])


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 16 else 0
