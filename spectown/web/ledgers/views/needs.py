"""要素保障需求 step by step: an enterprise raises one; office, 承办单位 and whoever raised it make their own steps."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from spectown.accounts.permissions import Permission
from spectown.core.workflow import Move
from spectown.ledgers.lists.needs import NEEDS
from spectown.ledgers.models import Need
from spectown.ledgers.services.needs import RAISED, own_enterprise, raise_need, refusals, take_step
from spectown.ledgers.workflow import NEED_STEPS
from spectown.lib.refusal import Refused
from spectown.organisations.actors import NotAllowed
from spectown.web.http import Request, needs, page
from spectown.web.ledgers.forms import StepForm
from spectown.web.lists.forms import RowForm
from spectown.web.lists.found import crumbs, list_url, row_or_404, row_url


@require_http_methods(["GET", "POST"])
@needs(Permission.NEED_RAISE)
def need_raise(request: Request) -> HttpResponse:
    """An enterprise, when it lacks land, energy or money: what, how much; the others add a row to the list."""
    if own_enterprise(request.actor) is None:
        raise NotAllowed("请在要素保障需求清单中点“新增”提出;企业须先由县(区)登记在企业清单中。")
    data, today = request.POST if request.method == "POST" else None, {"raised_on": timezone.localdate()}
    form = RowForm(data, ledger=NEEDS, actor=request.actor, only=RAISED, proposed=today)
    if request.method == "POST" and form.is_valid():
        try:
            made = raise_need(values=form.values, by=request.actor)
        except ValidationError as fault:
            form.add_faults(fault)
        else:
            messages.success(request, f"已提出{NEEDS.number(made.pk)} {made},由领导小组办公室交办。")
            return redirect(row_url(NEEDS, made.pk))
    context = {"ledger": NEEDS, "form": form, "back": list_url(NEEDS), "row": None, "clashes": None}
    status = 422 if form.errors else 200
    return page(request, "lists/form.html", context, title="提出需求", crumbs=crumbs(NEEDS), status=status)


@require_http_methods(["GET", "POST"])
@needs(Permission.LIST_VIEW)
def need_step(request: Request, pk: int, code: str) -> HttpResponse:
    """One step of a need, by the one whose turn it is; everybody else is told whose it is."""
    move = _move(code)
    request.actor.require(Permission(move.permission))
    need = cast(Need, row_or_404(NEEDS, request.actor, pk))
    form = StepForm(request.POST if request.method == "POST" else None, need=need, move=move, actor=request.actor)
    found = refusals(need, code, request.actor, asking=True)
    if found:
        messages.error(request, "".join(found))
        return redirect(row_url(NEEDS, pk))
    if request.method == "POST" and form.is_valid() and _taken(request, need, move, form):
        return redirect(row_url(NEEDS, pk))
    context = {"need": need, "form": form, "back": row_url(NEEDS, pk)}
    status = 422 if form.errors else 200
    return page(request, "ledgers/step.html", context, title=move.label, crumbs=crumbs(NEEDS, need), status=status)


def _move(code: str) -> Move:
    try:
        return NEED_STEPS.move(code)
    except KeyError:
        raise Http404("没有这一步") from None


def _taken(request: Request, need: Need, move: Move, form: StepForm) -> bool:
    data = form.cleaned_data
    given = {"version": data["version"], "reason": data["reason"], "values": form.values}
    try:
        take_step(pk=need.pk, code=move.code, by=request.actor, **given)
    except Refused as refused:
        form.add_error(None, str(refused))
    except ValidationError as fault:
        for name, reasons in fault.message_dict.items():
            form.add_error(name if name in form.fields else None, reasons)
    else:
        messages.success(request, f"“{need}”:已{move.label}。")
        return True
    return False
