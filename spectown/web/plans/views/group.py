"""领导小组: who sits there on a day, and substitution (自行替补)."""

from __future__ import annotations

import datetime
from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from spectown.accounts.permissions import Permission
from spectown.organisations import services
from spectown.organisations.models import Post
from spectown.organisations.services import Refused
from spectown.plans.models import PlanVersion, Seat
from spectown.web.http import Request, needs, page
from spectown.web.plans.forms import DayForm, SubstituteForm
from spectown.web.plans.roster import office_lines, seats_on
from spectown.web.plans.versions import chosen, nothing_loaded


@require_safe
@needs(Permission.PLAN_VIEW)
def group(request: Request) -> HttpResponse:
    """Office monthly, all others now and then: whom to invite? A past day answers for old papers."""
    version = chosen(request)
    if version is None:
        return nothing_loaded(request, "领导小组")
    today = timezone.localdate()
    form = DayForm(request.GET if "on" in request.GET else None, initial={"on": today})
    day = (form.cleaned_data.get("on") if form.is_valid() else None) or today
    rows = seats_on(version, day)
    context = {
        "version": version,
        "form": form,
        "day": day,
        "today": today,
        "is_today": day == today,
        "roles": [(label, list(seats)) for label, seats in groupby(rows, key=lambda r: r.seat.get_role_display())],
        "total": len(rows),
        "changed": sum(row.is_changed for row in rows),
        "vacant": sum(row.incumbent is None for row in rows),
        "office": office_lines(version),
        "may_substitute": request.actor.may(Permission.POST_CHANGE) and version.is_current,
    }
    return page(request, "plans/group.html", context, title="领导小组", status=200 if _fine(form) else 422)


def _fine(form: DayForm) -> bool:
    return not form.is_bound or form.is_valid()


@needs(Permission.POST_CHANGE)
@require_http_methods(["GET", "POST"])
def substitute(request: Request, pk: int) -> HttpResponse:
    """Office, a few times a month: register who now holds a post, with date and document."""
    version = PlanVersion.objects.current()
    seat = _seat(version, pk)
    today = timezone.localdate()
    form = SubstituteForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid() and _saved(request, form, seat.post):
        return redirect("plans:group")
    context = {"form": form, "seat": seat, "events": _events(seat.post), "now": seat.post.incumbent_on(today)}
    status = 422 if request.method == "POST" else 200
    crumbs = [("领导小组", reverse("plans:group"))]
    return page(request, "plans/substitute.html", context, title="登记替补", crumbs=crumbs, status=status)


def _seat(version: PlanVersion | None, pk: int) -> Seat:
    """The seat of a post in the current version, 404 for a post that has none."""
    seats = version.seats.select_related("post__unit").filter(post=pk) if version else Seat.objects.none()
    found = seats.first()
    if found is None:
        raise Http404("现行方案的领导小组中没有这个职务")
    return found


def _saved(request: Request, form: SubstituteForm, post: Post) -> bool:
    """True where it was done; a refusal becomes an error of the form, nothing typed is lost."""
    try:
        made = services.substitute(post=post, by=request.actor, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, f"已登记:{made.person}自 {made.valid_from} 起任{post.title}。")
    return True


def _events(post: Post) -> list[dict[str, object]]:
    """History of a post, latest first, for the timeline."""
    held = sorted(post.incumbencies.all(), key=lambda i: (i.valid_from or datetime.date.min, i.pk), reverse=True)
    return [
        {
            "at": f"{i.valid_from or '方案印发前'} 至 {i.valid_to or '今'}",
            "what": i.person,
            "who": i.title or post.title,
            "detail": f"依据:{i.document}",
        }
        for i in held
    ]
