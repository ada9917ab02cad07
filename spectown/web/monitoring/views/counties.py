"""县(区)汇总: a period's figures by county, an enterprise counted once, each leading to its cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.core.monitoring.comparing import Comparison, with_last, with_year_ago
from spectown.core.monitoring.indicator import Indicator as Item
from spectown.core.monitoring.series import uneven
from spectown.core.monitoring.values import MISSING, Value
from spectown.core.periods import Period, before, year_ago
from spectown.lib.tables.sheet import Cell, Table
from spectown.monitoring.catalogue import plan_data
from spectown.monitoring.models import FormPeriod
from spectown.monitoring.pivot import ALL, Ask, Axis, Pivot, pivot
from spectown.organisations.models import Territory
from spectown.web.http import Request, needs, page
from spectown.web.monitoring.exporting import cell_of, exported, table_of
from spectown.web.monitoring.found import chosen_period, periods
from spectown.web.monitoring.views.table import COMPARISONS, choice_of

WORDS = {"last": "上期", "year": "上年同期"}
EARLIER = {"last": (before, with_last), "year": (year_ago, with_year_ago)}


@require_safe
@needs(Permission.SHEET_VIEW)
def counties(request: Request) -> HttpResponse:
    """Leader and office before a meeting: how much in which county, how much of it is there twice, what is lacking?"""
    chosen = chosen_period(request)
    items, picked, against = choice_of(request, chosen)
    told = _told(request, chosen, picked)
    earlier = _told(request, chosen, picked, against) if against else None
    names = {str(pk): name for pk, name in Territory.objects.values_list("pk", "name")}
    rows = _rows(chosen, picked, told, earlier, against, names) if chosen and told else []
    if chosen and (sent := exported(request, lambda marked: _table(request, chosen, picked, rows, marked=marked))):
        return sent
    context = {
        "chosen": chosen,
        "periods": periods(),
        "items": items,
        "picked": picked,
        "codes": {item.code for item in picked},
        "against": against,
        "comparisons": COMPARISONS.items(),
        "rows": rows,
    }
    return page(request, "monitoring/counties.html", context, title="县(区)汇总")


def _told(request: Request, chosen: FormPeriod | None, picked: Sequence[Item], against: str = "") -> Pivot | None:
    if chosen is None or not picked:
        return None
    period = EARLIER[against][0](chosen.period) if against else chosen.period
    return pivot(Ask(Axis.COUNTY, Axis.INDICATOR, tuple(item.code for item in picked), (period,)), request.actor)


def _rows(
    chosen: FormPeriod,
    picked: Sequence[Item],
    told: Pivot,
    earlier: Pivot | None,
    against: str,
    names: Mapping[str, str],
) -> list[tuple[str, list[dict[str, Any]]]]:
    found = []
    for row in sorted(told.rows, key=lambda row: row != ALL):  # all together stands first
        cells = []
        for item in picked:
            figure = told.figures.get((row, item.code))
            change = _change(item, chosen.period, row, told, earlier, against) if earlier else None
            url = _url(item, chosen.period, row) if figure else ""
            plain = (
                None
                if figure is None or not figure.twice or figure.value.number is None
                else figure.value.number + figure.twice
            )
            cells.append({"item": item, "figure": figure, "change": change, "url": url, "plain": plain})
        found.append(("全部合计" if row == ALL else names.get(row, "属地未定"), cells))
    return found


def _change(
    item: Item, period: Period, row: str, told: Pivot, earlier: Pivot | None, against: str
) -> Comparison | None:
    def lookup(code: str, at: Period) -> Value:
        table = told if at == period else earlier
        found = table.figures.get((row, code)) if table else None
        return found.value if found else MISSING

    change = EARLIER[against][1](plan_data().catalogue, item.code, period, lookup)
    now, then = told.figures.get((row, item.code)), earlier.figures.get((row, item.code)) if earlier else None
    reason = uneven(now.figures, then.figures, WORDS[against]) if now and then else ""
    return Comparison(change.base, reason=reason) if reason else change


def _url(item: Item, period: Period, row: str) -> str:
    base = f"{reverse('monitoring:pivot_cells')}?rows=territory&columns=period&i={item.code}"
    return f"{base}&year={period.last[0]}&row={row}&column={period.code}"


def _table(
    request: Request,
    chosen: FormPeriod,
    picked: Sequence[Item],
    rows: Sequence[tuple[str, list[dict[str, Any]]]],
    *,
    marked: bool,
) -> Table:
    """Sums as figures; what they would count twice in a column of its own."""
    twice = {cell["item"].code for _, cells in rows for cell in cells if cell["plain"] is not None}
    head = ["县(区)"]
    for item in picked:
        head += [item.heading, *(["已扣重复"] if item.code in twice else [])]
    lines: list[list[Cell]] = []
    for name, cells in rows:
        line: list[Cell] = [name]
        for cell in cells:
            figure = cell["figure"]
            line.append(cell_of(figure.value, marked=marked) if figure else "—")
            if cell["item"].code in twice:
                line.append(figure.twice if figure else "")
        lines.append(line)
    said = "一户企业属几个镇的,合计只计一次,“已扣重复”是各镇直接相加会多出的户数"
    title = f"{chosen.period.label}{chosen.name}县(区)汇总"
    return table_of(request, title, "县(区)汇总", head, lines, filters=[str(chosen), said])
