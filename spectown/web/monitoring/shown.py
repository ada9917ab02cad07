"""What the page of a sheet shows of each indicator: the cell, the figures before it, what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from spectown.core.monitoring.findings import Finding
from spectown.core.monitoring.indicator import Indicator as Item
from spectown.core.monitoring.indicator import Obtained
from spectown.core.monitoring.values import MISSING, Value
from spectown.core.periods import Period, year_ago
from spectown.monitoring.catalogue import plan_data
from spectown.monitoring.models import Cell, Sheet
from spectown.monitoring.reach import cells_of
from spectown.monitoring.validating import findings_of, form_of, reasons_of


@dataclass(slots=True)
class Line:
    """One indicator of a sheet. `told`: findings with the written reason, if any."""

    item: Item
    cell: Cell | None
    last: Value
    earlier: Value
    open: bool = False
    fault: str = ""
    typed: str | None = None
    told: list[dict[str, Any]] = field(default_factory=list)

    @property
    def asked(self) -> bool:
        """True where somebody fills it in."""
        return self.item.obtained == Obtained.FILLED

    @property
    def value(self) -> Value:
        """What stands in the cell."""
        return self.cell.reported if self.cell else MISSING

    @property
    def revision(self) -> int:
        """Which version the page shows; 0 = nothing was entered yet."""
        return self.cell.revision if self.cell else 0

    @property
    def comment(self) -> str:
        """What was written beside the figure."""
        return self.cell.comment if self.cell else ""

    @property
    def state(self) -> str:
        """How far it is certified."""
        return self.cell.state if self.cell else ""

    @property
    def counting(self) -> str:
        """The value that counts."""
        return self.cell.counts.shown if self.cell else ""

    @property
    def written(self) -> str:
        """What stands in the input: as typed where it could not be read, else the plain figure."""
        if self.typed is not None:
            return self.typed
        if self.value.number is not None:
            return plain(self.value.number)
        return "" if self.value.kind == MISSING.kind else self.value.shown


def plain(number: Decimal) -> str:
    """1200.5: without grouping, so that it can be edited."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def bare(number: Decimal) -> int | float:
    """As the files of the plan have it."""
    return int(number) if number == number.to_integral_value() else float(number)


def groups_of(sheet: Sheet, *, open_: bool) -> list[tuple[str, list[Line]]]:
    """The lines of a sheet under their headings; a fixed number of queries."""
    data, period = plan_data(), sheet.form_period.period
    form, cells = form_of(sheet), cells_of(sheet)
    items = {item.code: item for item in form.items(data.catalogue, period, sheet.town.category)}
    lasts = {code: data.catalogue.joins.previous(code, period) for code in items}
    past = past_of(sheet, [*set(lasts.values()), year_ago(period)])
    told = _told(findings_of(sheet), reasons_of(sheet))
    found = []
    for group in form.groups:
        lines = [
            _line(items[code], cells, past, (lasts[code], year_ago(period)), told)
            for code in group.indicators
            if code in items
        ]
        for line in lines:
            line.open = open_ and line.asked and _is_open(sheet, line.cell)
        if lines:
            found.append((group.name, lines))
    return found


def _line(
    item: Item,
    cells: dict[str, Cell],
    past: dict[tuple[str, int], Cell],
    periods: tuple[Period, Period],
    told: dict[str, list[dict[str, Any]]],
) -> Line:
    last, earlier = (past.get((item.code, each.ordinal)) for each in periods)
    return Line(
        item,
        cells.get(item.code),
        last.counts if last else MISSING,
        earlier.counts if earlier else MISSING,
        told=told.get(item.code, []),
    )


def _told(findings: Sequence[Finding], reasons: Any) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for each in findings:
        said = {"finding": each, "reason": reasons.get(each.key, ""), "is_error": each.severity == "error"}
        found.setdefault(each.indicator, []).append(said)
    return found


def _is_open(sheet: Sheet, cell: Cell | None) -> bool:
    return sheet.work.state != "returned" or (cell is not None and cell.state in ("returned", "resubmitted"))


def past_of(sheet: Sheet, periods: Sequence[Period]) -> dict[tuple[str, int], Cell]:
    """Cells of the town in other periods, by code and ordinal. One query."""
    rows = Cell.objects.filter(town=sheet.town_id, ordinal__in=[period.ordinal for period in periods])
    return {(cell.indicator.code, cell.ordinal): cell for cell in rows.select_related("indicator")}
