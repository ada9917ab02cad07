"""Validation rules (校验规则) as data, one class a kind."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field
from pydantic.dataclasses import dataclass

from spectown.core.monitoring.findings import Severity
from spectown.core.monitoring.indicator import STRICT, PeriodCode, Policy
from spectown.core.periods import Period


@dataclass(frozen=True, slots=True, config=STRICT, kw_only=True)
class Rule:
    """What all rules say. `says`: the sentence that a finding begins with; `categories`: of towns, empty = all.

    `months`: only periods that end in these months; empty = all. `off`: the office does without it.
    """

    code: str
    severity: Severity
    says: str
    categories: tuple[str, ...] = ()
    months: tuple[int, ...] = ()
    since: PeriodCode | None = None
    until: PeriodCode | None = None
    off: bool = False

    def covers(self, period: Period) -> bool:
        """True where it is in force for a period."""
        begun = not self.off and (self.since is None or self.since.first <= period.first)
        begun = begun and (not self.months or period.last[1] in self.months)
        return begun and (self.until is None or period.last <= self.until.last)


@dataclass(frozen=True, slots=True, config=STRICT, kw_only=True)
class Balance(Rule):
    """Left operator right, two formulas; `tolerance` in `unit` (empty: that of the first indicator)."""

    kind: Literal["balance"]
    left: str
    operator: Literal["==", "<=", ">=", "<", ">"]
    right: str
    unit: str = ""
    tolerance: Decimal = Decimal(0)
    missing: Policy = Policy.ANY


@dataclass(frozen=True, slots=True, config=STRICT, kw_only=True)
class OfIndicators(Rule):
    """A rule of single indicators; none named = all that are filled in as figures."""

    indicators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, config=STRICT, kw_only=True)
class Range(OfIndicators):
    """Not below `low`, not above `high`, in the indicator's unit."""

    kind: Literal["range"]
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True, config=STRICT, kw_only=True)
class Change(OfIndicators):
    """Against last period or last year not more than so many percent; changes below `floor` (unit) are let pass."""

    kind: Literal["change"]
    against: Literal["last", "year_ago"]
    percent: Decimal
    floor: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, config=STRICT, kw_only=True)
class Magnitude(OfIndicators):
    """Not a hundred, a thousand, ten thousand times the last figure, nor such a part of it: the unit was mistaken."""

    kind: Literal["magnitude"]


@dataclass(frozen=True, slots=True, config=STRICT, kw_only=True)
class Falls(OfIndicators):
    """本年累计 never falls within the year."""

    kind: Literal["falls"]


@dataclass(frozen=True, slots=True, config=STRICT, kw_only=True)
class Source(OfIndicators):
    """Against the sum of the enterprises or the certified figure not more than so many percent."""

    kind: Literal["source"]
    against: Literal["enterprises", "certified"]
    percent: Decimal
    floor: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, config=STRICT, kw_only=True)
class Outlier(OfIndicators):
    """Far from the median of the towns of its category, in median deviations; `log`: by magnitude (figures above 0)."""

    kind: Literal["outlier"]
    score: Decimal = Decimal("3.5")
    peers: int = 8
    log: bool = True


AnyRule = Annotated[Balance | Range | Change | Magnitude | Falls | Source | Outlier, Field(discriminator="kind")]
