"""The one table: its figures, the sums below them with an enterprise counted once, and the file of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from spectown.core.monitoring.comparing import Comparison
from spectown.core.monitoring.indicator import Indicator as Item
from spectown.core.monitoring.values import Value, figure
from spectown.lib.tables.sheet import Cell, Table
from spectown.monitoring.models import FormPeriod
from spectown.monitoring.overlaps import overlaps
from spectown.towns.models import Town
from spectown.web.http import Request
from spectown.web.monitoring.exporting import cell_of, certified_words, table_of


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure of the table. `state`: how far it is certified."""

    label: str
    value: Value
    state: str
    sheet: int | None
    change: Comparison | None = None
    cell: int | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of an indicator; `twice`: how many enterprises of several towns a plain sum would count again."""

    item: Item
    value: Value | None
    twice: int = 0


Rows = Sequence[tuple[Town, Sequence[Shown]]]


def totals_of(items: Sequence[Item], rows: Rows, ordinal: int) -> list[Total]:
    """Sums where adding makes sense: not of ratios, nor where no town has a figure. One query."""
    towns = {town.pk for town, _ in rows}
    shared = overlaps({item.code for item in items}, {ordinal})
    found = []
    for place, item in enumerate(items):
        numbers = [n for _, cells in rows if (n := cells[place].value.number) is not None]
        twice = sum(each.twice(towns) for each in shared.get((item.code, ordinal), ()))
        added = item.kind != "ratio" and bool(numbers)
        value = figure(sum(numbers, Decimal(0)) - twice) if added else None
        found.append(Total(item, value, twice if added else 0))
    return found


def table_export(
    request: Request,
    chosen: FormPeriod,
    items: Sequence[Item],
    rows: Rows,
    totals: Sequence[Total],
    *,
    marked: bool,
) -> Table:
    """With a column that says which figures are certified; in a picture the marks stand at the figures."""
    compared = any(cell.change for _, cells in rows for cell in cells)
    head = ["专业镇", "县(区)"]
    for item in items:
        head += [item.heading, *(["比较"] if compared else [])]
    lines: list[list[Cell]] = []
    for town, cells in rows:
        line: list[Cell] = [town.name, str(town.territory or "")]
        for cell in cells:
            line.append(cell_of(cell.value, cell.state, marked=marked))
            line += [cell.change.shown if cell.change else ""] if compared else []
        named = [(item.name, cell.state) for item, cell in zip(items, cells, strict=True)]
        lines.append(line if marked else [*line, certified_words(named)])
    foot: list[Cell] = ["合计", ""]
    for total in totals:
        foot += [cell_of(total.value, marked=marked) if total.value else "—", *([""] if compared else [])]
    widths = [26, 12, *([15, 10] if compared else [15]) * len(items)]
    twice = [f"{each.item.name}合计已扣同属几个镇的企业 {each.twice} 户" for each in totals if each.twice]
    return table_of(
        request,
        f"{chosen.period.label}专业镇{chosen.name}",
        "一张表",
        head if marked else [*head, "核定情况"],
        lines,
        foot=foot if marked else [*foot, ""],
        filters=[str(chosen), *twice],
        widths=widths if marked else [*widths, 40],
    )
