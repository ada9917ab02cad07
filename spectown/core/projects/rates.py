"""三个一批: 开工率, 投产率, 达效率 with numerators, denominators and the rows behind them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True, slots=True)
class Row:
    """One project: actual date by stage, 预计年产值 and the year's 实际年产值 (万元; None = not reported)."""

    key: int
    dates: Mapping[str, datetime.date | None]
    planned_output: Decimal | None = None
    output: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate. `whole` and `part`: projects in denominator and numerator; `left_out`: by reason."""

    code: str
    label: str
    of_what: str
    unit: str
    numerator: Decimal
    denominator: Decimal
    part: tuple[int, ...]
    whole: tuple[int, ...]
    left_out: Mapping[str, tuple[int, ...]]

    @property
    def percent(self) -> Decimal | None:
        """In percent to one decimal, half up; None where the denominator is 0."""
        if not self.denominator:
            return None
        return (self.numerator / self.denominator * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Period:
    """Days counted: after `since` (None = from the beginning) up to and including `until`."""

    until: datetime.date
    since: datetime.date | None = None

    def holds(self, day: datetime.date | None) -> bool:
        """True where the day lies in the period."""
        return day is not None and day <= self.until and (self.since is None or day > self.since)

    def over(self, day: datetime.date | None) -> bool:
        """True where the day is not after the period."""
        return day is not None and day <= self.until


def rates(rows: Iterable[Row], period: Period) -> tuple[Rate, Rate, Rate]:
    """The three rates of these projects."""
    known = list(rows)
    return (
        _counted(known, period, ("signed", "started"), ("start", "开工率", "已签约项目中已开工的"), "没有签约日期"),
        _counted(
            known, period, ("started", "producing"), ("produce", "投产率", "已开工项目中已投产的"), "没有开工日期"
        ),
        _output(known, period),
    )


def _counted(
    rows: Sequence[Row], period: Period, stages: tuple[str, str], names: tuple[str, str, str], reason: str
) -> Rate:
    before, after = stages
    whole = [row for row in rows if period.holds(row.dates.get(before))]
    part = [row for row in whole if period.over(row.dates.get(after))]
    outside = [row for row in rows if row.dates.get(before) is None and period.over(row.dates.get(after))]
    return Rate(
        *names, "个", Decimal(len(part)), Decimal(len(whole)), _keys(part), _keys(whole), _reasons({reason: outside})
    )


def _output(rows: Sequence[Row], period: Period) -> Rate:
    producing = [row for row in rows if period.over(row.dates.get("producing"))]
    both = [(row, row.output, row.planned_output) for row in producing]
    full = [(row, actual, plan) for row, actual, plan in both if actual is not None and plan is not None]
    kept = [row for row, _, _ in full]
    return Rate(
        "full",
        "达效率",
        "已投产项目的实际年产值占预计年产值",
        "万元",
        sum((actual for _, actual, _ in full), Decimal(0)),
        sum((plan for _, _, plan in full), Decimal(0)),
        _keys(kept),
        _keys(kept),
        _reasons(
            {
                "没有预计年产值": [row for row in producing if row.planned_output is None],
                "没有报当年产值": [row for row in producing if row.planned_output is not None and row.output is None],
            }
        ),
    )


def _keys(rows: Iterable[Row]) -> tuple[int, ...]:
    return tuple(row.key for row in rows)


def _reasons(found: Mapping[str, Sequence[Row]]) -> Mapping[str, tuple[int, ...]]:
    return {reason: _keys(rows) for reason, rows in found.items() if rows}
