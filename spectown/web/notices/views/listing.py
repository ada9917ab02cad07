"""All notices with filters and as a workbook; what was asked of each unit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.core.supervision.burden import Burden
from spectown.core.supervision.notices import NOTICE
from spectown.lib.tables.sheet import Table, workbook
from spectown.organisations.models import Unit
from spectown.plans.calendar import stored_calendar
from spectown.supervision.enums import WorkLight
from spectown.supervision.models import Notice, Work
from spectown.supervision.notices.burden import burdens
from spectown.supervision.notices.settings import stored_settings
from spectown.supervision.notices.visiting import visits_by_unit
from spectown.web.chips import chips_of
from spectown.web.http import Request, export_response, needs, page, paged
from spectown.web.lists.viewed import FilteredPage, register_page, views_of
from spectown.web.notices.forms import ORDERS, FilterForm
from spectown.web.notices.shown import ball_of, unit_of
from spectown.web.notices.words import TONES

HEAD = (
    "序号",
    "文号",
    "督办事由",
    "触发情形",
    "被督办单位",
    "专业镇",
    "签发日期",
    "现行期限",
    "状态",
    "灯",
    "亮灯原因",
    "谁在办",
    "整改要求(条)",
    "确认单位",
)
NOTICES = register_page(FilteredPage("notices", "notices:list"))
PATHS = {
    "state": "work__state",
    "light": "work__light",
    "unit": "work__holder",
    "town": "work__town",
    "trigger": "trigger",
    "year": "issued_on__year",
}
THERE = (
    *("work__state", "trigger", "issued_on__year"),
    *(f"work__{side}__{name}" for side in ("holder", "town") for name in ("order", "code", "pk", "name")),
)
WIDTHS = (6, 20, 40, 14, 18, 22, 12, 12, 14, 6, 36, 18, 8, 18)


@require_safe
@needs(Permission.LIST_VIEW)
def notices(request: Request) -> HttpResponse:
    """Everybody whom notices concern: which are there, who has them, how do they stand?"""
    form, rows = _chosen(request)
    found, calendar, today = paged(request, rows), stored_calendar(), timezone.localdate()
    context = {
        **views_of(NOTICES, request.actor, request.GET.urlencode()),
        "form": form,
        "chips": chips_of(request, form),
        "rows": found,
        "items": [
            {"row": row, "work": row.work, "tone": TONES[row.work.state], "ball": ball_of(row, calendar, today)}
            for row in found
        ],
        "manages": request.actor.may(Permission.PLAN_MANAGE),
    }
    return page(request, "notices/list.html", context, title="督办通知书", partial="rows")


@require_safe
@needs(Permission.EXPORT)
def export(request: Request) -> HttpResponse:
    """The list as filtered, as a workbook."""
    today = timezone.localdate()
    settings = stored_settings(today)
    label = settings.label_of if settings else str
    rows = list(_chosen(request)[1].prefetch_related("demands"))
    table = Table(
        name="督办通知书",
        title="督办通知书台账",
        notes=[f"导出日期 {today},导出人 {request.actor.name}({request.actor.unit_name})"],
        head=HEAD,
        rows=[_cells(n, row, label(row.trigger)) for n, row in enumerate(rows, start=1)],
        foot=["合计", f"{len(rows)} 件", *[""] * (len(HEAD) - 2)],
        widths=WIDTHS,
        centred=len(HEAD),
    )
    return export_response(f"督办通知书台账{today:%Y%m%d}.xlsx", workbook(table))


@require_safe
@needs(Permission.LIST_VIEW)
def burden(request: Request) -> HttpResponse:
    """Office and leaders: how much was asked of whom this year, who has reached the cap? Units see themselves."""
    today = timezone.localdate()
    counts = burdens(today.year, today)
    inside = request.actor.may(Permission.PLAN_MANAGE) or request.actor.may(Permission.PLAN_DECIDE)
    visited = visits_by_unit(today.year)
    wanted = {*counts, *visited} if inside else {request.actor.unit_id or 0}
    units = Unit.objects.filter(pk__in=wanted).order_by("order", "code")
    settings = stored_settings(today)
    none = Burden(0, 0, settings.cap if settings else 0)
    asked = [(unit, counts.get(unit.pk, none), visited.get(unit.pk, 0)) for unit in units]
    rows = [row for row in asked if row[1].notices or row[2]]
    rows.sort(key=lambda row: (-row[1].notices, -row[1].demands, -row[2]))
    context = {"rows": rows, "year": today.year, "settings": settings}
    return page(request, "notices/burden.html", context, title="减负账")


def _chosen(request: Request) -> tuple[FilterForm, QuerySet[Notice]]:
    seen = Work.objects.visible_to(request.actor).filter(kind="notice")
    rows = Notice.objects.filter(work__in=seen.values("pk"))
    form = FilterForm(_choices(rows), request.GET or None)
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    order = ORDERS[wanted.get("sort", "")][1]
    rows = rows.select_related("work__holder", "work__town", "affected", "document").order_by(*order)
    for word in wanted.get("q", "").split():
        rows = rows.filter(Q(work__title__icontains=word) | Q(document__number__icontains=word))
    return form, rows.filter(**{path: wanted[name] for name, path in PATHS.items() if wanted.get(name)})


def _choices(rows: QuerySet[Notice]) -> dict[str, list[tuple[str, str]]]:
    """Only what is there. One query for all filters."""
    found = list(rows.order_by(*THERE).values_list(*THERE).distinct())
    states, triggers = {row[0] for row in found}, sorted({row[1] for row in found})
    years = sorted({row[2] for row in found if row[2]}, reverse=True)
    settings = stored_settings(timezone.localdate()) if triggers else None
    return {
        "state": [(code, label) for code, label in NOTICE.labels.items() if code in states],
        "trigger": [(code, settings.label_of(code) if settings else code) for code in triggers],
        "light": [(str(code), str(label)) for code, label in WorkLight.choices],
        "year": [(str(year), f"{year}年") for year in years],
        "unit": _named(sorted(row[3:7] for row in found if row[5])),
        "town": _named(sorted(row[7:11] for row in found if row[9])),
    }


def _named(rows: Iterable[tuple[Any, ...]]) -> list[tuple[str, str]]:
    """Of (order, code, number, name), each once."""
    return [(str(pk), name) for pk, name in dict.fromkeys((pk, name) for _, _, pk, name in rows)]


def _cells(number: int, row: Notice, trigger: str) -> list[Any]:
    work = row.work
    return [
        number,
        row.document.number if row.document and row.document.number else "未编号",
        work.title,
        trigger,
        str(work.holder or ""),
        str(work.town or ""),
        row.issued_on.isoformat() if row.issued_on else "",
        work.deadline.isoformat() if work.deadline else "",
        work.state_label,
        work.get_light_display(),
        work.light_why,
        unit_of(row) or "无人待办",
        len(row.demands.all()),
        str(row.affected or ""),
    ]
