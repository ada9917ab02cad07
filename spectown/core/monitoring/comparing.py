"""同比, 环比, 累计同比, and targets: a comparison, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from spectown.core.attainment import Attainment, attainment
from spectown.core.monitoring.catalogue import Catalogue
from spectown.core.monitoring.computing import Lookup
from spectown.core.monitoring.indicator import Indicator, Kind
from spectown.core.monitoring.units import converted
from spectown.core.monitoring.values import MISSING, Value, ValueKind, figure, missing, not_applicable, rounded
from spectown.core.periods import Period, so_far, year_ago

DIGITS = 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a figure stands to an earlier one: percent, for ratios points (百分点); None with the reason.

    `base`: the earlier value in the unit of today.
    """

    base: Value
    percent: Decimal | None = None
    points: Decimal | None = None
    reason: str = ""

    @property
    def shown(self) -> str:
        """+10.0%, -1.5个百分点, or a dash."""
        if self.percent is not None:
            return f"{self.percent:+,f}%"
        return f"{self.points:+,f}个百分点" if self.points is not None else "—"


def with_last(catalogue: Catalogue, code: str, period: Period, lookup: Lookup) -> Comparison:
    """环比: against the period before."""
    return _compared(catalogue, code, [period], [catalogue.joins.previous(code, period)], "上期", lookup)


def with_year_ago(catalogue: Catalogue, code: str, period: Period, lookup: Lookup) -> Comparison:
    """同比: against the same period of last year."""
    kind = getattr(catalogue.on(code, period), "kind", Kind.TEXT)
    return _compared(catalogue, code, [period], catalogue.joins.a_year_ago(code, kind, period), "上年同期", lookup)


def ytd_with_year_ago(catalogue: Catalogue, code: str, period: Period, lookup: Lookup) -> Comparison:
    """累计同比 of a flow: the year's periods together against those of last year."""
    now, base = (catalogue.joins.told(code, so_far(each)) or [each] for each in (period, year_ago(period)))
    return _compared(catalogue, code, now, base, "上年同期", lookup)


def against_target(actual: Value, comparator: str, low: Decimal, high: Decimal) -> Attainment:
    """Whether a target is reached (core.attainment); 未报 and 不适用 are no actual figure."""
    return attainment(comparator, low, high, actual.number)


def completion(actual: Value, target: Decimal) -> Decimal | None:
    """Percent of a target that is reached; None without a figure or for a target of 0."""
    if actual.number is None or not target:
        return None
    return rounded(Fraction(actual.number) / Fraction(target) * 100, DIGITS)


def _compared(
    catalogue: Catalogue,
    code: str,
    now: Sequence[Period],
    earlier: Sequence[Period],
    word: str,
    lookup: Lookup,
) -> Comparison:
    indicator = catalogue.on(code, now[-1])
    if indicator is None:
        return Comparison(MISSING, reason=f"{now[-1].label}没有这个指标")
    base = _total(catalogue, indicator, earlier, lookup)
    if broken := catalogue.broken(code, earlier[0], now[-1]):
        return Comparison(base, reason=broken.rstrip("。"))
    unlike = catalogue.joins.unlike(code, indicator.kind, now[-1], earlier[-1])
    if unlike and len(now) == len(earlier) == 1:
        return Comparison(base, reason=unlike)
    return _against(indicator, _total(catalogue, indicator, now, lookup), base, word)


def _total(catalogue: Catalogue, indicator: Indicator, periods: Sequence[Period], lookup: Lookup) -> Value:
    """The sum of periods in the unit of today; one lacking makes it lacking."""
    total = Fraction(0)
    for period in periods:
        value = lookup(indicator.code, period)
        if value.number is None:
            word = f"{period.label}{value.kind.label}"
            return not_applicable(word) if value.kind == ValueKind.NOT_APPLICABLE else missing(word)
        unit = (catalogue.on(indicator.code, period) or indicator).unit
        total += converted(Fraction(value.number), unit, indicator.unit)
    return figure(rounded(total, 4).normalize())


def _against(indicator: Indicator, now: Value, base: Value, word: str) -> Comparison:
    if now.number is None or base.number is None:
        absent, where = (now, "本期") if now.number is None else (base, word)
        return Comparison(base, reason=f"{where}{absent.kind.label}({absent.reason})")
    gap = Fraction(now.number) - Fraction(base.number)
    if indicator.kind == Kind.RATIO and indicator.unit == "%":
        return Comparison(base, points=rounded(gap, DIGITS))
    if base.number <= 0:
        return Comparison(base, reason=f"{word}为 0,不能算增速" if not base.number else f"{word}为负数,不算增速")
    return Comparison(base, percent=rounded(gap / Fraction(base.number) * 100, DIGITS))
