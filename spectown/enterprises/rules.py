"""Settings of the plan in force for market entities."""

from __future__ import annotations

import datetime

from spectown.core.enterprises.promotion import MarketRule, read_rules, rule_on
from spectown.plans.models import PlanVersion


def market_rule(day: datetime.date) -> MarketRule | None:
    """The settings of market.yaml in force on a day; None where the plan has none."""
    version = PlanVersion.objects.current()
    return rule_on(read_rules(version.market.get("rules", [])), day) if version else None
