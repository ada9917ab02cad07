"""小升规: which small enterprises stand near or above the statistical threshold (方案 三(二))."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any


class RuleFault(Exception):
    """The settings cannot be used; the message names place and reason in Chinese."""


class Nearness(StrEnum):
    """How a figure stands to the threshold."""

    REACHED = "reached"
    NEAR = "near"
    BELOW = "below"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class MarketRule:
    """Settings in force from a day on: threshold in 万元, from which share of it on an enterprise is near (per cent),
    from which likeness on two names are similar (0 to 100)."""

    since: datetime.date
    clause: str
    threshold_wan: Decimal
    near_percent: int
    similar: int
    source: str

    @property
    def near_wan(self) -> Decimal:
        """From here on an enterprise is near."""
        return self.threshold_wan * self.near_percent / 100


def nearness(revenue: Decimal | None, output: Decimal | None, rule: MarketRule) -> Nearness:
    """Stand of a year: by revenue, which the statistical rule names; by output where no revenue was reported."""
    figure = revenue if revenue is not None else output
    if figure is None:
        return Nearness.UNKNOWN
    if figure >= rule.threshold_wan:
        return Nearness.REACHED
    return Nearness.NEAR if figure >= rule.near_wan else Nearness.BELOW


def read_rules(entries: object) -> tuple[MarketRule, ...]:
    """Settings of market.yaml, oldest first. Raises RuleFault."""
    if not isinstance(entries, list):
        raise RuleFault("market.yaml 的 rules 应为列表")
    return tuple(sorted((_rule(entry, n) for n, entry in enumerate(entries, start=1)), key=lambda rule: rule.since))


def rule_on(rules: Iterable[MarketRule], day: datetime.date) -> MarketRule | None:
    """The settings in force on a day; None before the first."""
    return max((rule for rule in rules if rule.since <= day), key=lambda rule: rule.since, default=None)


def _rule(entry: Any, number: int) -> MarketRule:
    try:
        found = MarketRule(
            since=datetime.date.fromisoformat(str(entry["from"])),
            clause=str(entry["clause"]),
            threshold_wan=Decimal(str(entry["threshold_wan"])),
            near_percent=int(entry["near_percent"]),
            similar=int(entry["similar"]),
            source=str(entry["source"]),
        )
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise RuleFault(f"market.yaml 第 {number} 组口径缺项或有误:{error}") from error
    if not (found.threshold_wan > 0 and 0 < found.near_percent <= 100 and 0 < found.similar <= 100):
        raise RuleFault(f"market.yaml 第 {number} 组口径的数值不在范围内")
    return found
