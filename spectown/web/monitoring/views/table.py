"""一张表: all towns of a period side by side."""

from __future__ import annotations

from collections import defaultdict

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.core.monitoring.comparing import with_last, with_year_ago
from spectown.core.monitoring.forms import form_on
from spectown.core.monitoring.indicator import Indicator as Item
from spectown.core.monitoring.values import MISSING, Value
from spectown.core.periods import Period
from spectown.monitoring.catalogue import plan_data
from spectown.monitoring.models import Cell, FormPeriod, Sheet
from spectown.monitoring.seeing import seen
from spectown.monitoring.unsent import readable
from spectown.towns.models import Town
from spectown.web.http import Request, needs, page
from spectown.web.monitoring.exporting import exported
from spectown.web.monitoring.found import chosen_period, periods
from spectown.web.monitoring.totals import Shown, table_export, totals_of

SHOWN = 8  # indicators side by side; the others by choice
COMPARISONS = {"": "", "last": "环比", "year": "同比"}


@require_safe
@needs(Permission.SHEET_VIEW)
def table(request: Request) -> HttpResponse:
    """Office and leader monthly: how does each town stand, what changed, which figures are certified?"""
    chosen = chosen_period(request)
    items, picked, against = choice_of(request, chosen)
    rows = _rows(request, chosen, picked, against) if chosen else []
    totals = totals_of(picked, rows, chosen.ordinal) if chosen else []
    if chosen and (sent := exported(request, lambda m: table_export(request, chosen, picked, rows, totals, marked=m))):
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
        "totals": totals,
        "last": chosen.period.code if chosen else "",
        "year": chosen.period.last[0] if chosen else "",
    }
    return page(request, "monitoring/table.html", context, title="一张表")


def choice_of(request: Request, chosen: FormPeriod | None) -> tuple[list[Item], list[Item], str]:
    """Indicators of the form, those picked, and what they are compared with."""
    items = _items(chosen)
    picked = [item for item in items if item.code in request.GET.getlist("i")] or items[:SHOWN]
    against = request.GET.get("against", "")
    return items, picked, against if against in COMPARISONS else ""


def _items(chosen: FormPeriod | None) -> list[Item]:
    data = plan_data()
    form = form_on(data.forms, chosen.form, chosen.period) if chosen else None
    if form is None or chosen is None:
        return []
    return [item for item in form.items(data.catalogue, chosen.period) if item.kind != "text"]


def _rows(request: Request, chosen: FormPeriod, items: list[Item], against: str) -> list[tuple[Town, list[Shown]]]:
    """Towns with their figures; three queries however many."""
    period = chosen.period
    wanted = {period, *_earlier(items, period, against)}
    cells = readable(Cell.objects.filter(indicator__code__in=[item.code for item in items]), request.actor)
    known: dict[int, dict[tuple[str, Period], Cell]] = defaultdict(dict)
    by_ordinal = {each.ordinal: each for each in wanted}
    for cell in cells.filter(ordinal__in=by_ordinal).select_related("indicator"):
        known[cell.town_id][cell.indicator.code, by_ordinal[cell.ordinal]] = cell
    sheets = Sheet.objects.filter(seen(request.actor), form_period=chosen).select_related("town__territory")
    found = []
    for sheet in sheets.order_by("town__order", "town__code"):
        own = known[sheet.town_id]
        found.append((sheet.town, [_shown(item, own, period, against, sheet) for item in items]))
    return found


def _earlier(items: list[Item], period: Period, against: str) -> set[Period]:
    """The periods that are compared with: before 1—2月 comes December."""
    joins = plan_data().catalogue.joins
    if against == "last":
        return {joins.previous(item.code, period) for item in items}
    if against == "year":
        return {each for item in items for each in joins.a_year_ago(item.code, item.kind, period)}
    return set()


def _shown(item: Item, own: dict[tuple[str, Period], Cell], period: Period, against: str, sheet: Sheet) -> Shown:
    cell = own.get((item.code, period))

    def lookup(code: str, at: Period) -> Value:
        found = own.get((code, at))
        return found.counts if found else MISSING

    compare = {"last": with_last, "year": with_year_ago}.get(against)
    change = compare(plan_data().catalogue, item.code, period, lookup) if compare else None
    state = cell.state if cell is not None and cell.sheet_id else ""
    return Shown(
        item.heading, cell.counts if cell else MISSING, state, sheet.pk, change, cell=cell.pk if cell else None
    )
