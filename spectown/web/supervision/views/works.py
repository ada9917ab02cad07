"""All dated work that the actor sees; moves of any of them."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Exists, F, OuterRef, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.core.supervision.settings import settings_on
from spectown.organisations.models import Unit
from spectown.plans.calendar import stored_calendar
from spectown.supervision.mine import turn_of
from spectown.supervision.models import Work
from spectown.supervision.registry import kind_of
from spectown.supervision.services import handover as services
from spectown.supervision.services import moves
from spectown.supervision.settings import settings_groups
from spectown.web.chips import chips_of
from spectown.web.duties.pages import page_of
from spectown.web.http import Request, attempted, needs, page, paged
from spectown.web.notices.shown import ball_of as notice_ball
from spectown.web.supervision.forms import ALL, MINE, FilterForm, HandOverForm
from spectown.web.supervision.shown import ball_of, words_of
from spectown.web.supervision.words import tone_of


@require_safe
@needs(Permission.LIST_VIEW)
def works(request: Request) -> HttpResponse:
    """Everybody who has dated work, daily: what is there, who has it, how does it stand?"""
    form, rows = _chosen(request)
    found, calendar, today = paged(request, rows), stored_calendar(), timezone.localdate()
    shown = list(found)
    words = words_of(shown, settings_on(settings_groups(), today), today)
    context = {
        "form": form,
        "chips": chips_of(request, form),
        "handing": _handing(request, form),
        "rows": found,
        "items": [
            {
                "work": work,
                "url": page_of(work),
                "tone": tone_of(work),
                "ball": notice_ball(work.notice, calendar, today)
                if work.kind == "notice"
                else ball_of(work, calendar, today),
                "word": words.get(work.pk),
            }
            for work in shown
        ],
    }
    return page(request, "supervision/works.html", context, title="全部事项", partial="rows")


def _chosen(request: Request) -> tuple[FilterForm, QuerySet[Work]]:
    seen = Work.objects.visible_to(request.actor)
    holding = Exists(seen.order_by().filter(holder=OuterRef("pk")))
    units = list(Unit.objects.annotate(holds=holding).values_list("pk", "name", "holds"))
    form = FilterForm(units, request.GET or None)
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    which = wanted.get("which", "")
    rows = seen if which == ALL else seen.filter(ended_on__isnull=True)
    rows = rows.filter(turn_of(request.actor)) if which == MINE else rows
    for word in wanted.get("q", "").split():
        rows = rows.filter(title__icontains=word)
    plain = {"kind": "kind", "light": "light", "unit": "holder"}
    rows = rows.filter(**{path: wanted[name] for name, path in plain.items() if wanted.get(name)})
    return form, rows.select_related("holder", *kinds_with_rows()).order_by(F("deadline").asc(nulls_last=True), "pk")


def _handing(request: Request, form: FilterForm) -> HandOverForm | None:
    """Offered to the office once a unit is chosen."""
    unit = form.cleaned_data.get("unit") if form.is_bound and form.is_valid() else None
    if not unit or not request.actor.may(Permission.PLAN_MANAGE):
        return None
    return HandOverForm(initial={"source": unit}, targets=form.targets)


def kinds_with_rows() -> list[str]:
    """Names of the one-to-one fields to the rows of all kinds."""
    return [
        name
        for name in ("measure", "report__measure", "notice__affected", "problem", "sheet")
        if hasattr(Work, name.split("__")[0])
    ]


@require_POST
@needs(Permission.LIST_VIEW)
def move(request: Request, pk: int, code: str) -> HttpResponse:
    """Propose, approve, sign, send, verify …: whatever the table allows to the role."""
    found = visible_work(request, pk)
    try:
        chosen = kind_of(found.kind).table.move(code)
    except KeyError as unknown:
        raise Http404("没有这个动作") from unknown
    seen, reason = request.POST.get("seen", ""), request.POST.get("reason", "")

    def change() -> str:
        told = int(seen) if seen.isdecimal() and len(seen) < 16 else None
        moves.move(work=found, code=code, by=request.actor, reason=reason, seen=told)
        label = chosen.label
        return f"{found}:已办理“{label}”。" if label.startswith("不") else f"{found}:已{label}。"

    attempted(request, change)
    return redirect("duties:work", pk=pk)


def visible_work(request: Request, pk: int) -> Work:
    """A work that the actor sees; 404 for others."""
    return get_object_or_404(Work.objects.visible_to(request.actor).select_related("holder"), pk=pk)


@require_POST
@needs(Permission.PLAN_MANAGE)
def hand_over(request: Request) -> HttpResponse:
    """The office, when units are merged: everything open of one goes to another."""
    form = HandOverForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请选择接办单位,写明理由。")
        return redirect("supervision:works")

    def change() -> str:
        given = form.cleaned_data
        count = services.hand_over(
            source=given["source"], target=given["target"], reason=given["reason"], by=request.actor
        )
        return f"已把{given['source']}未办结的 {count} 件转交给{given['target']}。"

    attempted(request, change)
    return redirect(f"{reverse('supervision:works')}?{urlencode({'unit': form.cleaned_data['target'].pk})}")
