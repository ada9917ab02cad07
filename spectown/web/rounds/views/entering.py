"""A county enters a round with one of its applications."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from spectown.accounts.permissions import Permission
from spectown.certification.enums import State
from spectown.certification.models import Application
from spectown.lib.refusal import Refused
from spectown.rounds.models import Case
from spectown.rounds.services import cases
from spectown.web.http import Request, needs, page
from spectown.web.rounds.views.rounds import crumbs, visible_round


@require_http_methods(["GET", "POST"])
@needs(Permission.APPLICATION_FILL)
def enter(request: Request, pk: int) -> HttpResponse:
    """The county chooses which of its applications goes into the round."""
    found = visible_round(request, pk)
    offered = Application.objects.visible_to(request.actor).exclude(state=State.WITHDRAWN)
    if request.method == "POST":
        text = request.POST.get("application", "")
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
        chosen = get_object_or_404(offered, pk=number)
        try:
            made = cases.begin(round_=found, application=chosen, by=request.actor)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("rounds:enter", pk=pk)
        messages.success(request, "已进入本批次。请按材料清单逐项上传,再提交审核。")
        return redirect("rounds:case", pk=made.pk)
    inside = {case.application_id: case for case in Case.objects.visible_to(request.actor).filter(round=found)}
    rows = [
        (each, inside.get(each.pk), each.version_id == found.version_id)
        for each in offered.select_related("unit", "version").order_by("-changed_at")
    ]
    context = {"round": found, "rows": rows}
    return page(request, "rounds/enter.html", context, title="选择申报书", crumbs=crumbs(found))
