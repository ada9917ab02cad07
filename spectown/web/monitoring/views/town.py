"""一镇监测: all figures of one town with what they are compared with, what is missing, where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.core.monitoring.indicator import Obtained
from spectown.core.monitoring.standing import sparkline
from spectown.core.periods import Period
from spectown.lib.tables.sheet import Cell, Table
from spectown.monitoring.catalogue import plan_data
from spectown.monitoring.models import Explanation, Sheet
from spectown.monitoring.profile import Latest, latest, months_of
from spectown.towns.models import Town
from spectown.web.http import Request, needs, page
from spectown.web.monitoring.exporting import cell_of, exported, table_of
from spectown.web.towns.filters import category_names
from spectown.web.towns.tabs import sees_figures, town_tabs

TONES = {"green": "green", "yellow": "yellow", "red": "red"}


@require_safe
@needs(Permission.SHEET_VIEW)
def town(request: Request, code: str) -> HttpResponse:
    """County and town monthly, leader before a visit: how is this town, what is missing, where does it stand?"""
    rows = Town.objects.with_level(timezone.localdate()).select_related("territory", "responsible_unit")
    found = get_object_or_404(rows, code=code)
    if not sees_figures(found, request.actor):
        raise Http404("不属于您的单位")
    months = months_of(found)
    month = _month(request, months)
    figures = latest(found, month, request.actor) if month else []
    if month and (sent := exported(request, lambda marked: _table(request, found, month, figures, marked=marked))):
        return sent
    sheets = _sheets(found, {each.period for each in figures})
    context = {
        "town": found,
        "tabs": town_tabs(found, request.actor, "monitoring"),
        "category": category_names().get(found.category, ""),
        "months": months[:36],
        "month": month,
        "groups": _groups(figures),
        "missing": _missing(figures, sheets),
        "alarms": [(each, each.item.light(each.value)) for each in figures if _tone(each) in ("red", "yellow")],
        "reasons": Explanation.objects.filter(sheet__in=sheets.values()).select_related("sheet__form_period"),
        "sheets": list(sheets.values()),
    }
    crumbs = [("专业镇", reverse("towns:list"))] if request.actor.may(Permission.TOWN_VIEW) else []
    return page(request, "monitoring/town.html", context, title=found.name, crumbs=crumbs)


def _month(request: Request, months: Sequence[Period]) -> Period | None:
    chosen = {each.code: each for each in months}.get(request.GET.get("month", ""))
    return chosen or (months[0] if months else None)


def _tone(each: Latest) -> str:
    return TONES.get(each.item.light(each.value).level.value, "")


def _groups(figures: Sequence[Latest]) -> list[tuple[str, list[dict[str, Any]]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for each in figures:
        light = each.item.light(each.value)
        line = {"each": each, "tone": _tone(each), "light": light, "spark": sparkline(each.trend)}
        found.setdefault(each.item.group, []).append(line)
    return list(found.items())


def _sheets(found: Town, periods: set[Period]) -> dict[tuple[str, int], Sheet]:
    """The town's sheets of these periods, by form and period."""
    rows = Sheet.objects.filter(town=found, form_period__ordinal__in=[each.ordinal for each in periods])
    rows = rows.select_related("form_period", "work", "town").order_by("form_period")
    return {(each.form_period.form, each.form_period.ordinal): each for each in rows}


def _missing(figures: Sequence[Latest], sheets: dict[tuple[str, int], Sheet]) -> list[tuple[Latest, Sheet | None]]:
    """What is to be filled in and is not, with the sheet where it belongs."""
    forms = {code: form.code for form in plan_data().forms for code in form.codes}
    absent = [each for each in figures if each.item.obtained == Obtained.FILLED and each.value.kind == "missing"]
    return [(each, sheets.get((forms.get(each.item.code, ""), each.period.ordinal))) for each in absent]


def _table(request: Request, found: Town, month: Period, figures: Sequence[Latest], *, marked: bool) -> Table:
    head = ["指标", "期", "数", "环比", "同比", "同类位次", "界限"]
    rows: list[list[Cell]] = []
    for each in figures:
        state = each.held.state if each.held else ""
        light = each.item.light(each.value)
        row: list[Cell] = [each.item.heading, each.period.label, cell_of(each.value, state, marked=marked)]
        row += [
            each.last.shown,
            each.year.shown,
            each.place.shown if each.place else "—",
            light.word if _tone(each) else "",
        ]
        rows.append(row)
    filters = [f"截至 {month.label}", f"同类:{category_names().get(found.category, '未分类')}"]
    widths = (28, 14, 15, 11, 11, 13, 8)
    return table_of(request, f"{found.name}{month.label}监测", "一镇监测", head, rows, filters=filters, widths=widths)
