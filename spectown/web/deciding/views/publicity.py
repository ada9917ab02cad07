"""Publicity of a round: what can be put up, what is up, what may be certified."""

from __future__ import annotations

import datetime

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from spectown.accounts.permissions import Permission
from spectown.lib.refusal import Refused
from spectown.rounds.conditions.publicity import OPEN
from spectown.rounds.models import Case, PublicityEntry, Round
from spectown.rounds.services import moves
from spectown.rounds.services import publicity as service
from spectown.web.deciding.seen import crumbs, visible_round
from spectown.web.http import Request, needs, page


@require_http_methods(["GET", "POST"])
@needs(Permission.PUBLICITY_MANAGE)
def publicity(request: Request, pk: int) -> HttpResponse:
    """Office, after the meeting and daily until the last day: put up, watch objections, certify."""
    found = visible_round(request, pk)
    if request.method == "POST":
        change = _certify if "certify" in request.POST else _open
        try:
            messages.success(request, change(request, found))
        except Refused as refused:
            messages.error(request, str(refused))
            return _page(request, found, 422)
        return redirect("deciding:publicity", pk=pk)
    return _page(request, found)


def _chosen(request: Request, found: Round, state: str) -> list[Case]:
    numbers = [number for number in request.POST.getlist("case") if number.isascii() and number.isdigit()]
    seen = Case.objects.visible_to(request.actor).filter(round=found, state=state, pk__in=[int(n) for n in numbers])
    return list(seen.select_related("round", "rules", "application"))


def _open(request: Request, found: Round) -> str:
    title, contact = request.POST.get("title", ""), request.POST.get("contact", "")
    cases = _chosen(request, found, "approved")
    made = service.open_(round_=found, cases=cases, title=title, contact=contact, by=request.actor)
    return f"公示已开始,至 {made.ends} 止,公众可以查看。"


def _certify(request: Request, found: Round) -> str:
    """Certify what was ticked, each by itself: what one lacks stops no other."""
    done, refused = [], []
    for case in _chosen(request, found, "publicity"):
        try:
            moves.move(case=case, code="certify", by=request.actor)
            done.append(str(case.application))
        except Refused as why:
            refused.append(f"{case.application}:{why}")
    if refused or not done:
        already = f"已认定 {'、'.join(done)}。" if done else ""
        raise Refused(already + ("".join(refused) or "请勾选要认定的专业镇。"))
    return f"已认定 {'、'.join(done)},编号见“称号”。"


def _page(request: Request, found: Round, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    entries = PublicityEntry.objects.filter(publicity__round=found).select_related(
        "publicity", "case__application", "case__unit"
    )
    counted = entries.annotate(
        raised=Count("objections"), waiting=Count("objections", filter=Q(objections__state__in=OPEN))
    )
    approved = Case.objects.visible_to(request.actor).filter(round=found, state="approved")
    entered = list(counted.order_by("-publicity__starts", "-publicity", "pk"))
    context = {
        "round": found,
        "approved": list(approved.select_related("application", "unit").order_by("pk")),
        "until": service.last_day(found, today),
        "entries": entered,
        "over": any(_is_over(entry, today) for entry in entered),
        "today": today,
        "posted": request.method == "POST",
        "contact": request.POST.get("contact", ""),
        "ticked": request.POST.getlist("case"),
        "title_given": request.POST.get("title", f"关于{found.name}拟认定名单的公示"),
        "may_certify": request.actor.may(Permission.TITLE_MANAGE),
    }
    return page(request, "deciding/publicity.html", context, title="公示", crumbs=crumbs(found), status=status)


def _is_over(entry: PublicityEntry, today: datetime.date) -> bool:
    """True where the publicity of a case has run its time, so that it may be certified."""
    return entry.voided_at is None and entry.case.state == "publicity" and entry.publicity.ends < today
