"""Many measures at once: the office puts drafts before the leading group, the leading group approves."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from spectown.accounts.permissions import Permission
from spectown.organisations.actors import Actor, NotAllowed
from spectown.supervision.models import Measure, Work
from spectown.supervision.services.moves import move_many
from spectown.web.http import Request, needs, page

MOST = 500
WAYS = {
    "propose": ("提请审定", "draft", Permission.PLAN_MANAGE),
    "approve": ("审定", "proposed", Permission.PLAN_DECIDE),
}


@require_http_methods(["GET", "POST"])
@needs(Permission.LIST_VIEW)
def decide(request: Request) -> HttpResponse:
    """Office and leader, when the plan of a year is made: the measures that wait, all on one page."""
    code = way_of(request.actor)
    label, state, _ = WAYS[code]
    rows = Measure.objects.alive().filter(work__in=Work.objects.visible_to(request.actor), state=state)
    found = list(rows.select_related("lead", "work").order_by("year", "clause", "sentence", "pk")[:MOST])
    if request.method == "POST":
        _make(request, code, [row for row in found if str(row.pk) in request.POST.getlist("pick")])
        return redirect("supervision:decide")
    context = {"rows": found, "label": label, "code": code}
    return page(request, "supervision/decide.html", context, title=f"年度行动计划{label}")


def way_of(actor: Actor) -> str:
    """What this actor does with measures; NotAllowed for everybody else."""
    for code, (_, _, permission) in WAYS.items():
        if actor.may(permission):
            return code
    raise NotAllowed("年度行动计划由领导小组办公室提请、领导小组审定。")


def _make(request: Request, code: str, rows: list[Measure]) -> None:
    works = [row.work for row in rows if row.work is not None]
    if not works:
        messages.error(request, "请至少选一项措施。")
        return
    made, refused = move_many(works=works, code=code, by=request.actor)
    if made:
        messages.success(request, f"已{WAYS[code][0]} {len(made)} 项。")
    for work, why in refused[:5]:
        messages.error(request, f"“{work}”没有办成:{why}")
    if len(refused) > 5:
        messages.error(request, f"另有 {len(refused) - 5} 项没有办成,请逐项打开看原因。")
