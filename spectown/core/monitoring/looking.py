"""One rule on one indicator: the columns it looks at, which towns it cannot be applied to, what it finds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

import numpy as np

from spectown.core.monitoring.catalogue import Catalogue
from spectown.core.monitoring.checks import Rule
from spectown.core.monitoring.findings import Finding, NotChecked
from spectown.core.monitoring.indicator import Indicator
from spectown.core.monitoring.panel import ABSENT, UNFIT, Bools, Column, Panel
from spectown.core.monitoring.units import unit_of
from spectown.core.monitoring.values import figure
from spectown.core.periods import Period


@dataclass(slots=True)
class Look:
    """What a rule is given, and what it leaves behind."""

    catalogue: Catalogue
    panel: Panel
    period: Period
    findings: list[Finding] = field(default_factory=list)
    not_checked: list[NotChecked] = field(default_factory=list)
    done: int = 0

    def towns(self, rule: Rule, indicator: Indicator) -> Bools:
        """Towns that the rule and the indicator are for."""
        return self.panel.in_categories(rule.categories, indicator.categories)

    def leave(self, rule: Rule, indicator: str, towns: Bools, reason: str) -> None:
        """Note towns to which the rule cannot be applied."""
        places = np.flatnonzero(towns)
        if len(places):
            self.not_checked.append(NotChecked(rule.code, indicator, reason, tuple(places.tolist())))

    def usable(self, rule: Rule, indicator: Indicator) -> Bools:
        """Towns with a figure; where it is 未报 the rule could not be applied. 不适用 has nothing to be looked at."""
        towns, column = self.towns(rule, indicator), self.panel.column(indicator.code, self.period)
        self.leave(rule, indicator.code, towns & (column.kinds == ABSENT), "本期未报")
        return towns & column.figures

    def comparable(self, rule: Rule, indicator: Indicator, towns: Bools, base: Column, word: str) -> Bools:
        """Those of the towns that have a figure to compare with."""
        self.leave(rule, indicator.code, towns & (base.kinds == ABSENT), f"{word}没有数")
        self.leave(rule, indicator.code, towns & (base.kinds == UNFIT), f"{word}不适用")
        return towns & base.figures

    def earlier(self, indicator: Indicator, period: Period) -> tuple[Column, str]:
        """The column of an earlier period in the unit of today; with why it cannot be compared."""
        column = self.panel.column(indicator.code, period)
        old = self.catalogue.on(indicator.code, period) or indicator
        power = unit_of(old.unit).power - unit_of(indicator.unit).power
        column = replace(column, factor=Decimal(10) ** power)
        broken = self.catalogue.broken(indicator.code, period, self.period).rstrip("。")
        return column, broken or self.catalogue.joins.unlike(indicator.code, indicator.kind, self.period, period)

    def previous(self, indicator: Indicator) -> Period:
        """The period before that was told."""
        return self.catalogue.joins.previous(indicator.code, self.period)

    def found(self, rule: Rule, indicator: Indicator, place: int, told: str) -> None:
        """A finding."""
        message = f"{rule.says.rstrip('。')}:{told}。"
        self.findings.append(Finding(rule.code, rule.severity, place, indicator.code, self.period, message))


def amount(number: Decimal | Fraction, indicator: Indicator) -> str:
    """1,234.5万元."""
    plain = number if isinstance(number, Decimal) else Decimal(number.numerator) / number.denominator
    return f"{figure(plain.normalize()).shown}{indicator.unit}"


def places(mask: Bools) -> Iterable[int]:
    """Places of the towns of a mask."""
    return np.flatnonzero(mask).tolist()
