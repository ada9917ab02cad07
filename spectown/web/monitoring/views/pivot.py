"""透视: any two of indicator, period, town, county, category, level against each other, down to the cells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.core.periods import Every, Period, of_ordinal
from spectown.lib.refusal import Refused
from spectown.lib.tables.sheet import Cell, Table
from spectown.monitoring.catalogue import plan_data
from spectown.monitoring.models import Cell as Stored
from spectown.monitoring.pivot import ALL, Ask, Axis, Pivot, behind, pivot, shared_behind
from spectown.towns.models import Town
from spectown.web.http import Request, needs, page, paged
from spectown.web.monitoring.exporting import cell_of, exported, table_of
from spectown.web.monitoring.leading import LIMITS, series_url
from spectown.web.monitoring.picking import limit_names

FIRST = "output"
SHOWN = 200
Names = Mapping[Axis, Mapping[str, str]]


@require_safe
@needs(Permission.SHEET_VIEW)
def table(request: Request) -> HttpResponse:
    """Leader and office before a meeting: how much, where, since when, and of how many towns?"""
    told: Pivot | None = None
    fault = ""
    ask = asked(request)
    try:
        told = pivot(ask, request.actor) if ask.periods else None
    except Refused as refused:
        fault = str(refused)
    names = _names(ask)
    if told and (sent := exported(request, lambda marked: _export(request, told, names, marked=marked))):
        return sent
    context = {
        **_choices(ask, names),
        "ask": ask,
        "fault": fault,
        "of": [names[Axis.INDICATOR][code] for code in ask.indicators],
        **(_grid(request, told, names) if told else {"heads": [], "rows": []}),
        "query": request.GET.urlencode(),
    }
    return page(request, "monitoring/pivot.html", context, title="透视", status=422 if fault else 200)


@require_safe
@needs(Permission.SHEET_VIEW)
def cells(request: Request) -> HttpResponse:
    """What a figure is made of: every cell, with its sheet."""
    ask, row, column = asked(request), request.GET.get("row", ""), request.GET.get("column", "")
    names = _names(ask)
    found = paged(request, behind(ask, row, column, request.actor), SHOWN) if ask.periods else []
    towns = dict(Town.objects.values_list("pk", "name")) if ask.periods else {}
    shared = shared_behind(ask, row, column, request.actor) if ask.periods else []
    context = {
        "rows": found,
        "shared": [("、".join(sorted(towns.get(pk, "") for pk in each)), number) for each, number in shared],
        "series": series_url(ask, row, column),
        "words": [f"{axis.label}:{_label(names, axis, key)}" for axis, key in ((ask.rows, row), (ask.columns, column))],
    }
    crumbs = [("透视", f"{reverse('monitoring:pivot')}?{_without(request)}")]
    return page(request, "monitoring/pivot_cells.html", context, title="这个数由哪些格得来", crumbs=crumbs)


def _export(request: Request, told: Pivot, names: Names, *, marked: bool) -> Table:
    ask = told.ask
    head = [ask.rows.label, *(_label(names, ask.columns, key) for key in told.columns)]
    rows: list[list[Cell]] = []
    for row in told.rows:
        figures = (told.figures.get((row, column)) for column in told.columns)
        rows.append([_label(names, ask.rows, row), *(cell_of(f.value, marked=marked) if f else "—" for f in figures)])
    of = "、".join(names[Axis.INDICATOR][code] for code in ask.indicators)
    only = [f"{axis.label}:{_label(names, axis, key)}" for axis, keys in ask.only.items() for key in keys]
    span = f"{ask.periods[0].label}至{ask.periods[-1].label}"
    return table_of(request, f"{of[:40]}({span})", "透视", head, rows, filters=[of, span, *only])


def _without(request: Request) -> str:
    query = request.GET.copy()
    for name in ("row", "column", "page"):
        query.pop(name, None)
    return query.urlencode()


def asked(request: Request) -> Ask:
    """The question of an address; counties by month of this year where it says nothing."""
    given = request.GET
    rows, columns = _axis(given.get("rows"), Axis.COUNTY), _axis(given.get("columns"), Axis.PERIOD)
    catalogue = plan_data().catalogue
    known = [code for code in given.getlist("i") if code in catalogue.versions]
    codes = known or ([FIRST] if FIRST in catalogue.versions else list(catalogue.versions)[:1])
    every = catalogue.versions[codes[0]][-1].every if codes else Every.MONTH
    only = {axis: frozenset([value]) for axis in LIMITS if (value := given.get(axis))}
    return Ask(rows, columns, tuple(codes), tuple(_periods(given.get("year", ""), every)), only)


def _axis(text: str | None, usual: Axis) -> Axis:
    return Axis(text) if text in set(Axis) else usual


def _periods(year: str, every: Every) -> list[Period]:
    """The periods of a year that have cells."""
    wanted = int(year) if year.isdigit() and len(year) == 4 else timezone.localdate().year
    rows = Stored.objects.filter(ordinal__gte=wanted * 10_000, ordinal__lt=(wanted + 1) * 10_000)
    found = [of_ordinal(each) for each in rows.order_by("ordinal").values_list("ordinal", flat=True).distinct()]
    return [period for period in found if period.every == every]


def _grid(request: Request, told: Pivot, names: Names) -> dict[str, Any]:
    """Headings and rows, each with the way to its series."""
    ask = told.ask
    heads = [_headed(ask, ask.columns, key, names) for key in told.columns]
    rows = [(*_headed(ask, ask.rows, key, names), _cells(request, told, key, names)) for key in told.rows]
    return {"heads": heads, "rows": rows}


def _headed(ask: Ask, axis: Axis, key: str, names: Names) -> tuple[str, str]:
    """What a row or column is called, and its series; a period has none."""
    row, column = (key, ALL) if axis == ask.rows else (ALL, key)
    return _label(names, axis, key), "" if axis == Axis.PERIOD else series_url(ask, row, column)


def _cells(request: Request, told: Pivot, row: str, names: Names) -> list[dict[str, Any]]:
    base = f"{reverse('monitoring:pivot_cells')}?{_without(request)}"
    found = []
    for column in told.columns:
        figure = told.figures.get((row, column))
        url = f"{base}&row={row}&column={column}" if figure else ""
        found.append({"figure": figure, "url": url, "head": _label(names, told.ask.columns, column)})
    return found


def _choices(ask: Ask, names: Names) -> dict[str, Any]:
    this = timezone.localdate().year
    catalogue = plan_data().catalogue
    chosen = {axis: next(iter(values)) for axis, values in ask.only.items()}
    return {
        "axes": list(Axis),
        "items": [versions[-1] for versions in catalogue.versions.values() if versions[-1].kind != "text"],
        "years": list(range(this, this - 5, -1)),
        "year": ask.periods[-1].last[0] if ask.periods else this,
        "places": [(axis, axis.label, names[axis].items(), chosen.get(axis, "")) for axis in LIMITS],
    }


def _names(ask: Ask) -> Names:
    """What keys are called, by axis: read once a page."""
    towns = Town.objects.values_list("pk", "name") if Axis.TOWN in ask.places else ()
    return {
        **limit_names(),
        Axis.TOWN: {str(pk): name for pk, name in towns},
        Axis.PERIOD: {period.code: period.label for period in ask.periods},
        Axis.INDICATOR: {code: found[-1].heading for code, found in plan_data().catalogue.versions.items()},
    }


def _label(names: Names, axis: Axis, key: str) -> str:
    return "合计" if key == ALL else names[axis].get(key, key) or "未定"
