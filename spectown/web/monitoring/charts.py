"""What js/charts.js draws: lines in pieces and panels, marks by how far a figure is certified, limits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from spectown.core.monitoring.catalogue import Break
from spectown.core.monitoring.course import CELL
from spectown.core.monitoring.indicator import Indicator as Item
from spectown.core.monitoring.series import Point, pieces
from spectown.core.periods import Period
from spectown.monitoring.enums import Origin
from spectown.monitoring.series import Line

APART = 8  # so many times smaller than the largest line: flat on its scale, so it gets a panel of its own
WORDS = {**CELL.labels, **dict(Origin.choices), "sum": "未全部核定"}
SYMBOLS = {"agreed": "full", "differs": "diamond", "deemed": "triangle"}  # the others are hollow


def word_of(point: Point) -> str:
    """How far a figure is certified; 未报 or 不适用 where there is none."""
    if point.value.number is None:
        return point.value.reason or point.value.kind.label
    told = str(WORDS.get(point.state, point.state))
    return f"{told},缺 {point.missing} 个镇" if point.missing else told


def _symbol(state: str) -> str:
    return SYMBOLS.get(state, "hollow")


def chart_of(
    item: Item, lines: Sequence[tuple[str, Line]], periods: Sequence[Period], broken: Sequence[tuple[int, Break]]
) -> dict[str, Any]:
    """The whole chart."""
    limits = [("较好", item.good), ("警戒", item.warn)]
    cut, below = [at for at, _ in broken], _below([line for _, line in lines])
    return {
        "title": item.heading,
        "unit": item.unit,
        "periods": [period.label for period in periods],
        "lines": [
            {"name": name, "below": low, "pieces": [_piece(line, *each) for each in pieces(len(periods), cut)]}
            for (name, line), low in zip(lines, below, strict=True)
        ],
        "changes": [
            {"name": f"{name}同比", "values": [_change(point) for point in line.points]}
            for name, line in lines
            if any(point.change for point in line.points)
        ],
        "breaks": [{"at": at, "text": each.sentence} for at, each in broken],
        "limits": [{"name": name, "value": float(value)} for name, value in limits if value is not None],
        "missing": _missing(lines) if len(lines) == 1 else [],
    }


def _below(lines: Sequence[Line]) -> list[bool]:
    """Which lines are drawn in a second panel, on a scale of their own: a town below the sum of all."""
    sizes = [max((abs(p.value.number) for p in line.points if p.value.number is not None), default=0) for line in lines]
    largest = max(sizes, default=0)
    return [0 < size * APART < largest for size in sizes]


def _piece(line: Line, start: int, end: int) -> dict[str, object]:
    points = line.points[start:end]
    return {
        "start": start,
        "values": [None if point.value.number is None else float(point.value.number) for point in points],
        "symbols": [_symbol(point.state) for point in points],
        "words": [f"{point.value.shown}({word_of(point)})" for point in points],
    }


def _change(point: Point) -> float | None:
    change = point.change
    found = None if change is None else change.percent if change.percent is not None else change.points
    return None if found is None else float(found)


def _missing(lines: Sequence[tuple[str, Line]]) -> list[int]:
    return [at for at, point in enumerate(lines[0][1].points) if point.value.kind == "missing"]
