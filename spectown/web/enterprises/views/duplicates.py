"""Look-alikes: which pairs wait, and the search for them."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.enterprises.enums import PairState
from spectown.enterprises.jobs import SEARCH
from spectown.enterprises.lists import ENTERPRISES
from spectown.enterprises.models import DuplicatePair, Enterprise
from spectown.jobs.enums import State
from spectown.jobs.models import Job
from spectown.jobs.services import enqueue
from spectown.web.chips import chips_of
from spectown.web.enterprises.forms import PairFilter
from spectown.web.http import Request, needs, page, paged

FEW = 2_000  # enterprises that are compared within the request
BOTH = ("first__territory", "first__town", "second__territory", "second__town", "decided_by")
ALIVE = {"first__deleted_at__isnull": True, "second__deleted_at__isnull": True}


@require_safe
@needs(Permission.LIST_MERGE)
def duplicates(request: Request) -> HttpResponse:
    """The office, after each large import: which rows may be one enterprise, and what was decided of them?"""
    form = PairFilter(request.GET)
    place = form.place()
    state = form.chosen_state
    rows = paged(request, _of_state(state).filter(place).select_related(*BOTH).order_by("-score", "pk"))
    context = {
        "form": form,
        "chips": [chip for chip in chips_of(request, form) if not chip.label.startswith("结论")],
        "state": state,
        "tabs": _tabs(request, state, _counts(place)),
        "rows": rows,
        "items": [(pair, ENTERPRISES.number(pair.first_id), ENTERPRISES.number(pair.second_id)) for pair in rows],
        "running": Job.objects.active().filter(kind=SEARCH, requested_by=request.actor.person).first(),
        "last": Job.objects.filter(kind=SEARCH, state=State.DONE).order_by("-finished_at").first(),
        "clear": f"?state={state}",
    }
    return page(request, "enterprises/duplicates.html", context, title="疑似重复", partial="rows")


@require_POST
@needs(Permission.LIST_MERGE)
def search(request: Request) -> HttpResponse:
    """Look through all enterprises again: at once where they are few, else in the background."""
    back = reverse("enterprises:duplicates")
    if Job.objects.active().filter(kind=SEARCH).exists():
        messages.info(request, "正在查找,完成后刷新本页即可。")
        return redirect(back)
    few = Enterprise.objects.filter(deleted_at__isnull=True)[:FEW].count() < FEW
    job = enqueue(kind=SEARCH, args={}, by=request.actor, result_url=back, inline=few)
    if job.state == State.DONE:
        messages.success(request, f"已查找完,现有 {job.result['open']} 对待判断。")
    elif job.state == State.FAILED:
        messages.error(request, job.error)
    return redirect(back) if few else redirect("jobs:job", job.pk)


def _of_state(state: str) -> QuerySet[DuplicatePair]:
    """Pairs in a state; an open one with a deleted row waits for nobody."""
    rows = DuplicatePair.objects.filter(state=state)
    return rows.filter(**ALIVE) if state == PairState.OPEN else rows


def _counts(place: Q) -> Mapping[str, int]:
    closed = ~Q(state=PairState.OPEN)
    rows = DuplicatePair.objects.filter(place).filter(closed | Q(**ALIVE)).order_by()
    return dict(rows.values_list("state").annotate(n=Count("pk")))


def _tabs(request: Request, state: str, counts: Mapping[str, int]) -> list[dict[str, object]]:
    found = []
    for code, label in PairState.choices:
        params = request.GET.copy()
        params["state"] = code
        params.pop("page", None)
        url = f"?{params.urlencode()}"
        found.append({"label": label, "url": url, "active": code == state, "count": counts.get(code, 0)})
    return found
