"""The checklist of one town, sized for a phone."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from spectown.accounts.permissions import Permission
from spectown.supervision.services import visits as services
from spectown.web.http import Request, kept, needs, page
from spectown.web.visits.forms import FillForm
from spectown.web.visits.views.visit import visible_visit, way


@require_http_methods(["GET", "POST"])
@needs(Permission.PLAN_MANAGE)
def fill_in(request: Request, pk: int, place: int) -> HttpResponse:
    """On the spot: item by item; saved as far as it goes."""
    found = visible_visit(request, pk)
    row = get_object_or_404(found.towns.select_related("town", "visit"), pk=place)
    initial: dict[str, str] = {}
    for answer in row.answers.all():
        initial |= {f"verdict_{answer.item}": answer.verdict, f"note_{answer.item}": answer.note}
    form = FillForm(request.POST if request.method == "POST" else None, items=found.items, initial=initial)

    def change() -> bool:
        services.fill_in(place=row, answers=form.answers(), by=request.actor)
        return True

    if kept(form, change):
        messages.success(request, f"已保存{row.town}的检查记录。")
        return redirect("visits:visit", pk=pk)
    context = {"form": form, "visit": found, "place": row}
    status = 422 if form.is_bound else 200
    return page(request, "visits/fill.html", context, title=str(row.town), crumbs=way(found), status=status)
