"""What a sheet asks, the cells behind it, and who still has to answer."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet

from spectown.core.monitoring.course import ANSWERED
from spectown.core.monitoring.indicator import Indicator as Item
from spectown.monitoring.catalogue import plan_data
from spectown.monitoring.keeping import keep
from spectown.monitoring.models import Cell, Sheet
from spectown.monitoring.tallying import tally
from spectown.monitoring.validating import form_of
from spectown.organisations.actors import Actor


def asked_cells(sheet: Sheet) -> list[tuple[Item, Cell | None]]:
    """What the sheet asks of its town, in order, each with the cell where there is one. One query."""
    cells = cells_of(sheet)
    asked = form_of(sheet).asked(plan_data().catalogue, sheet.form_period.period, sheet.town.category)
    return [(item, cells.get(item.code)) for item in asked]


def cells_of(sheet: Sheet) -> dict[str, Cell]:
    """All cells of the town and period of a sheet, by code of the indicator."""
    rows = Cell.objects.filter(town=sheet.town_id, ordinal=sheet.form_period.ordinal)
    return {cell.indicator.code: cell for cell in rows.select_related("indicator")}


def window_refusals(sheet: Sheet, on: datetime.date) -> tuple[str, ...]:
    """Why nothing can be filled in or sent on a day; () = it can."""
    until = [each.until for each in sheet.exceptions.all()]
    if sheet.work.state == "returned" and sheet.work.deadline is not None:
        until.append(sheet.work.deadline)
    return sheet.form_period.dates.refusals(
        on, locked=sheet.work.state == "locked", excepted_until=max(until, default=None)
    )


def reopen(sheet: Sheet, codes: Collection[str], reason: str, by: Actor) -> None:
    """Give these cells back to the town."""
    rows = Cell.objects.filter(sheet=sheet, indicator__code__in=codes).select_related("indicator")
    for cell in rows.select_for_update(of=("self",)):
        cell.state = "returned"
        keep(cell, by, reason=reason)
    tally({(code, sheet.form_period.ordinal) for code in codes})


def resubmit(sheet: Sheet, by: Actor) -> None:
    """What was given back goes to its bureau again, with whatever stands there now."""
    for cell in sheet.cells.filter(state="returned").select_for_update():
        cell.state, cell.certified_kind, cell.certified = "resubmitted", None, None
        keep(cell, by)


def given_back() -> Q:
    """Condition on Work: sheets with cells that came back."""
    return Q(Exists(Cell.objects.filter(sheet__work=OuterRef("pk"), state="returned")))


def to_certify(unit: int) -> Q:
    """Condition on Work: sheets with cells that a bureau has not answered."""
    return Q(Exists(_open_cells().filter(indicator__source=unit)))


def uncertified() -> Q:
    """Condition on Work: sheets with cells that some bureau has not answered."""
    return Q(Exists(_open_cells()))


def acceptable() -> Q:
    """Condition on Work: sheets whose every cell was answered, so that the office can accept them."""
    return Q(state="sent") & ~uncertified() & ~given_back()


def _open_cells() -> QuerySet[Cell]:
    return Cell.objects.filter(sheet__work=OuterRef("pk")).exclude(state__in=(*ANSWERED, "returned"))
