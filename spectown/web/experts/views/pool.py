"""专家库: the office keeps who may be drawn, and what would make somebody stay away."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.rounds.models import Expert
from spectown.rounds.panels import expert_number
from spectown.rounds.services import pool
from spectown.web.experts.forms import ExpertForm, NewExpertForm
from spectown.web.http import Request, attempted, kept, needs, page, paged
from spectown.web.towns.filters import category_names


@require_safe
@needs(Permission.ROUND_MANAGE)
def expert_list(request: Request) -> HttpResponse:
    """The pool, those who are out of it at the end."""
    at_work = Q(seats__left_at__isnull=True, seats__submitted_at__isnull=True)
    found = Expert.objects.select_related("user", "county").annotate(open_seats=Count("seats", filter=at_work))
    rows = paged(request, found.order_by("-active", "user__name", "pk"))
    names = category_names()
    items = [(row, expert_number(row), [names.get(code, code) for code in row.fields]) for row in rows]
    return page(request, "experts/list.html", {"rows": rows, "items": items}, title="专家库")


@require_http_methods(["GET", "POST"])
@needs(Permission.ROUND_MANAGE)
def create(request: Request) -> HttpResponse:
    """Take somebody into the pool."""
    form = NewExpertForm(request.POST if request.method == "POST" else None)
    made = kept(form, lambda: pool.add(user=form.cleaned_data["user"], about=form.particulars(), by=request.actor))
    if made is not None:
        messages.success(request, f"{made.user.name}已入库。")
        return redirect("experts:list")
    return _form(request, form, "专家入库", None)


@require_http_methods(["GET", "POST"])
@needs(Permission.ROUND_MANAGE)
def edit(request: Request, pk: int) -> HttpResponse:
    """Correct what is known of an expert."""
    found = _expert(pk)
    form = ExpertForm(request.POST if request.method == "POST" else None, initial=_initial(found))
    if kept(form, lambda: pool.change(expert=found, about=form.particulars(), by=request.actor)) is not None:
        messages.success(request, "已保存。")
        return redirect("experts:list")
    return _form(request, form, found.user.name, found)


@require_POST
@needs(Permission.ROUND_MANAGE)
def take_out(request: Request, pk: int) -> HttpResponse:
    """Out of the pool, with the reason."""
    return _done(request, pk, pool.take_out, "已出库,以后不再抽取;以往的评审记录保留。")


@require_POST
@needs(Permission.ROUND_MANAGE)
def bring_back(request: Request, pk: int) -> HttpResponse:
    """Into the pool again, with the reason."""
    return _done(request, pk, pool.bring_back, "已重新入库。")


def _done(request: Request, pk: int, act: Callable[..., Expert], said: str) -> HttpResponse:
    found, reason = _expert(pk), request.POST.get("reason", "")
    attempted(request, lambda: f"{act(expert=found, reason=reason, by=request.actor).user.name}{said}")
    return redirect("experts:edit", pk=pk)


def _expert(pk: int) -> Expert:
    return get_object_or_404(Expert.objects.select_related("user", "county"), pk=pk)


def _initial(found: Expert) -> dict[str, object]:
    about = pool.particulars(found)
    return {
        "unit": about.unit,
        "position": about.position,
        "county": about.county,
        "fields_of_work": list(about.fields),
        "former_units": "\n".join(about.former_units),
        "enterprises": "\n".join(f"{firm.name}({firm.code})" if firm.code else firm.name for firm in about.enterprises),
    }


def _form(request: Request, form: ExpertForm, title: str, expert: Expert | None) -> HttpResponse:
    crumbs = [("专家库", reverse("experts:list"))]
    status = 422 if form.errors else 200
    return page(
        request, "experts/edit.html", {"form": form, "expert": expert}, title=title, crumbs=crumbs, status=status
    )
