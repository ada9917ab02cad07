"""走势: one indicator of towns or counties over its periods, as a chart and as a table."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.core.monitoring.indicator import Indicator as Item
from spectown.core.monitoring.series import Point, cuts
from spectown.core.periods import Period
from spectown.lib.tables.sheet import Table
from spectown.monitoring.catalogue import plan_data
from spectown.monitoring.pivot.asking import ALL
from spectown.monitoring.series import Line, of_groups, of_towns, periods_of
from spectown.web.http import Request, needs, page
from spectown.web.monitoring.charts import chart_of, word_of
from spectown.web.monitoring.exporting import cell_of, exported, table_of
from spectown.web.monitoring.picking import SeriesForm


@require_safe
@needs(Permission.SHEET_VIEW)
def series(request: Request) -> HttpResponse:
    """Leader, office, county before a meeting: is it rising, is a jump one of the 口径, which figures are certified?"""
    form = SeriesForm(request.GET, request.actor)
    item, lines, periods = form.item, [], []
    if item is not None:
        periods = periods_of(item.code, request.actor, int(form.data["n"]))
        lines = _lines(request, form, item, periods)
    if item and (sent := exported(request, lambda marked: _table(request, form, item, lines, periods, marked=marked))):
        return sent
    broken = cuts(plan_data().catalogue.breaks(item.code, periods[0], periods[-1]), periods) if item and periods else []
    chart = chart_of(item, lines, periods, broken) if item and periods else {}
    context = {
        "form": form,
        "item": item,
        "lines": [name for name, _ in lines],
        "rows": _rows(form, item, lines, periods) if item else [],
        "breaks": [each for _, each in broken],
        "chart": json.dumps(chart, ensure_ascii=False) if chart else "",
        "panels": any(line["below"] for line in chart.get("lines", ())),
        "missing": sum(point.value.kind == "missing" for _, line in lines for point in line.points),
        "compared": bool(form.data.get("year")),
    }
    title = f"{item.name}走势" if item else "走势"
    return page(request, "monitoring/series.html", context, title=title)


def _lines(request: Request, form: SeriesForm, item: Item, periods: Sequence[Period]) -> list[tuple[str, Line]]:
    """Chosen lines with their names, in the order of the address."""
    compared = bool(form.data.get("year"))
    by = request.actor
    found = {f"t{line.key}": line for line in of_towns(item.code, form.towns, periods, by, compared=compared)}
    for line in of_groups(item.code, form.groups, periods, by, compared=compared, only=form.only):
        found["all" if line.key == ALL else f"c{line.key}"] = line
    return [(form.names[place], found[place]) for place in form.places if place in found]


def _rows(
    form: SeriesForm, item: Item, lines: Sequence[tuple[str, Line]], periods: Sequence[Period]
) -> list[dict[str, Any]]:
    """The table beside the chart, the newest period first."""
    found, limits = [], urlencode({axis.value: key for axis, key, _ in form.limits})
    for at in range(len(periods) - 1, -1, -1):
        cells = [(name, line.points[at]) for name, line in lines]
        shown = [
            {"name": name, "point": point, "url": _url(item, point, limits), "word": word_of(point)}
            for name, point in cells
        ]
        found.append({"period": periods[at], "cells": shown})
    return found


def _url(item: Item, point: Point, limits: str) -> str:
    """Where the figure comes from: its cell, or the cells of the towns that it is the sum of."""
    if point.place.isdigit():
        return reverse("monitoring:value", args=[point.place])
    base = f"{reverse('monitoring:pivot_cells')}?rows=territory&columns=period&i={item.code}"
    return f"{base}&year={point.period.last[0]}&{point.place}{limits and '&'}{limits}" if point.place else ""


def _table(
    request: Request,
    form: SeriesForm,
    item: Item,
    lines: Sequence[tuple[str, Line]],
    periods: Sequence[Period],
    *,
    marked: bool,
) -> Table:
    compared = bool(form.data.get("year"))
    head, rows = ["期"], []
    for name, _ in lines:
        head += [f"{name}({item.unit})" if item.unit else name, *(["同比"] if compared else [])]
        head += [] if marked else ["核定"]
    for at in range(len(periods) - 1, -1, -1):
        row = [periods[at].label]
        for _, line in lines:
            point = line.points[at]
            row += [cell_of(point.value, point.state, marked=marked)]  # type: ignore[list-item]  # a figure or a text
            row += [point.change.shown if point.change else ""] if compared else []
            row += [] if marked else [word_of(point)]
        rows.append(row)
    broken = plan_data().catalogue.breaks(item.code, periods[0], periods[-1]) if periods else []
    limits = [f"{axis.label}:{name}" for axis, _, name in form.limits]
    told = [f"指标:{item.name}", *limits, f"口径:{item.definition}", *(each.sentence for each in broken)]
    return table_of(request, f"{item.name}历期数", "走势", head, rows, filters=told)
