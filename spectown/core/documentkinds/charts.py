"""Bars as SVG for documents: names left, bars in one grey, values beside them, an interval as a thin line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import escape

WIDTH, NAME, VALUE, ROW = 700, 190, 90, 26
INK, BAR, ALERT = "#222222", "#8a97a8", "#b3261e"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; a value that is null is not drawn, 未报 stands instead. `low` to `high`: its interval."""

    label: str
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None


def bars(rows: Sequence[Bar], unit: str = "", line: Decimal | None = None, absent: str = "未报") -> str:
    """A chart of these bars in their order; `line`: a value marked across all of them; `absent` stands for no value."""
    known = [v for row in rows for v in (row.value, row.high, line) if v is not None]
    most = max([*known, Decimal(0)]) or Decimal(1)
    room = WIDTH - NAME - VALUE
    scale = room / float(most)
    mark = None if line is None else NAME + float(line) * scale
    parts = [_bar(row, index * ROW, unit, scale, mark, absent) for index, row in enumerate(rows)]
    height = ROW * max(len(rows), 1) + 6
    if mark is not None:
        parts.append(f'<path d="M{mark:.1f} 0V{height}" stroke="{ALERT}" stroke-width="1.5" stroke-dasharray="5 4"/>')
    style = f'font-family="FandolHei, Noto Sans SC, SimHei" font-size="15" fill="{INK}"'
    box = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box} {style}>{"".join(parts)}</svg>'


def _bar(row: Bar, top: int, unit: str, scale: float, mark: float | None, absent: str) -> str:
    middle = top + ROW * 0.7
    name = row.label if len(row.label) <= 12 else f"{row.label[:11]}…"
    text = f'<text x="{NAME - 10}" y="{middle:.1f}" text-anchor="end">{escape(name)}</text>'
    if row.value is None:
        return f'{text}<text x="{NAME + 6}" y="{middle:.1f}">{escape(absent)}</text>'
    length = max(float(row.value), 0.0) * scale
    end = max(length, float(row.high or 0) * scale) + NAME + 8
    if mark is not None and end - 4 < mark < end + VALUE - 20:  # the marked line would run through the value
        end = mark + 6
    drawn = f'<rect x="{NAME}" y="{top + 6}" width="{length:.1f}" height="{ROW - 9}" fill="{BAR}"/>'
    value = f'<text x="{end:.1f}" y="{middle:.1f}">{row.value:f}{escape(unit)}</text>'
    return text + drawn + _interval(row, top, scale) + value


def _interval(row: Bar, top: int, scale: float) -> str:
    if row.low is None or row.high is None:
        return ""
    left, right, y = NAME + float(row.low) * scale, NAME + float(row.high) * scale, top + ROW / 2 + 1.5
    ends = f"M{left:.1f} {y - 5}V{y + 5}M{right:.1f} {y - 5}V{y + 5}"
    return f'<path d="M{left:.1f} {y}H{right:.1f}{ends}" stroke="{INK}" stroke-width="1.5"/>'
