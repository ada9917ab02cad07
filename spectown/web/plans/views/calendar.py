"""工作日历: which days are worked; the office writes a year when its notice is out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from spectown.accounts.permissions import Permission
from spectown.core.calendartext import write_days
from spectown.plans.enums import DayKind
from spectown.plans.models import CalendarDay, CalendarYear
from spectown.plans.services import change_year
from spectown.web.http import Request, kept, needs, page
from spectown.web.plans.forms import YearForm

FIRST, LAST = 2000, 2100


@require_safe
@needs(Permission.PLAN_VIEW)
def calendar(request: Request) -> HttpResponse:
    """Everybody who has a deadline: which days count, which years are only provisional?"""
    days = list(CalendarDay.objects.all())
    years = list(CalendarYear.objects.select_related("changed_by").order_by("-year"))
    rows = [(year, *(written(days, year.year, kind) for kind in (DayKind.HOLIDAY, DayKind.WORKDAY))) for year in years]
    manages = request.actor.may(Permission.PLAN_MANAGE)
    latest = max((year.year for year in years), default=timezone.localdate().year - 1)
    context = {"rows": rows, "manages": manages, "next": latest + 1}
    return page(request, "plans/calendar.html", context, title="工作日历")


def written(days: list[CalendarDay], year: int, kind: str) -> str:
    """The days of one kind in a year, as they are typed."""
    return write_days({day.day: day.name for day in days if day.day.year == year and day.kind == kind})


@require_http_methods(["GET", "POST"])
@needs(Permission.PLAN_MANAGE)
def calendar_year(request: Request, year: int) -> HttpResponse:
    """The office once a year, in November: holidays and 调休 of the next one."""
    if not FIRST <= year <= LAST:
        raise Http404("没有这一年")
    form = YearForm(request.POST if request.method == "POST" else None, year=year, initial=_begun(year))
    made = kept(form, lambda: change_year(**form.values, year=year, by=request.actor)) if form.is_bound else None
    if made is not None:
        messages.success(request, f"已保存 {year} 年日历。未办结事项的期限在下一次到期处理时按新日历计算。")
        return redirect("plans:calendar")
    crumbs = [("工作日历", reverse("plans:calendar"))]
    status = 422 if form.errors else 200
    return page(
        request, "plans/calendar_year.html", {"form": form}, title=f"{year} 年日历", crumbs=crumbs, status=status
    )


def _begun(year: int) -> dict[str, Any]:
    stored = CalendarYear.objects.filter(year=year).first()
    days = list(CalendarDay.objects.filter(day__year=year))
    return {
        "provisional": stored.provisional if stored else True,
        "source": stored.source if stored else "",
        "holidays": written(days, year, DayKind.HOLIDAY),
        "workdays": written(days, year, DayKind.WORKDAY),
    }
