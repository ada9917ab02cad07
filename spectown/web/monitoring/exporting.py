"""A view of monitoring as Excel or as a picture: `?as=xlsx` or `?as=png` behind its address, so with its own rights."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.http import HttpResponse
from django.utils import timezone

from spectown.core.monitoring.values import Value
from spectown.lib.tables.picture import picture
from spectown.lib.tables.sheet import Cell, Table, workbook
from spectown.web.http import Request, export_response

WIDTH, FIRST = 15, 26  # letters of a column of figures, of the first column
MARKS = {"agreed": "✓", "differs": "核", "deemed": "默"}
LEGEND = "✓ 来源单位核定一致;核 以来源单位核定数为准;默 来源单位逾期未答复,视同无异议;没有标记的尚未核定。未报不是 0。"


def exported(request: Request, made: Callable[[bool], Table]) -> HttpResponse | None:
    """The table as a file where the address asks for one. `made(True)`: figures as texts with their marks beside."""
    form = request.GET.get("as", "")
    if form not in ("xlsx", "png"):
        return None
    table = made(form == "png")
    name = f"{table.title}{timezone.localdate():%Y%m%d}.{form}"
    if form == "png":
        return export_response(name, picture(table), "image/png")
    return export_response(name, workbook(table))


def table_of(
    request: Request,
    title: str,
    view: str,
    head: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    foot: Sequence[Cell] = (),
    filters: Sequence[str] = (),
    widths: Sequence[int] = (),
) -> Table:
    """In the look of an official table: title, unit, date, source with what was chosen."""
    by = request.actor
    notes = [
        f"制表单位:{by.unit_name or by.name}    制表日期:{timezone.localdate():%Y-%m-%d}    单位:见栏目",
        f"来源:专镇通 监测—{view}" + (f";{';'.join(each for each in filters if each)}" if any(filters) else ""),
        LEGEND,
    ]
    wide = widths or (FIRST, *[WIDTH] * (len(head) - 1))
    return Table(view[:31], title, notes, head, rows, foot, wide, paper="A4" if sum(wide) < 120 else "A3")


def cell_of(value: Value, state: str = "", *, marked: bool = False) -> Cell:
    """A figure as a number for Excel, as text with its mark for a picture; 未报, 不适用 as they are."""
    if value.number is not None and not marked:
        return value.number
    return f"{value.shown} {MARKS[state]}" if state in MARKS else value.shown


def certified_words(states: Sequence[tuple[str, str]]) -> str:
    """Which figures (name, state) are certified, in words, for a column of its own."""
    agreed = [name for name, state in states if state == "agreed"]
    other = [name for name, state in states if state == "differs"]
    silent = [name for name, state in states if state == "deemed"]
    parts = [f"视同无异议:{'、'.join(silent)}" if silent else ""]
    parts += [f"核定一致:{'、'.join(agreed)}" if agreed else "", f"以核定数为准:{'、'.join(other)}" if other else ""]
    return ";".join(filter(None, parts)) or "均未核定"
