"""Towns as the check-up of a plan wants them."""

from __future__ import annotations

import datetime
from collections import Counter

from spectown.core.checkup import Finding, TownFact, checkup
from spectown.plans.facts import plan_facts
from spectown.plans.models import PlanVersion
from spectown.towns.enums import Level
from spectown.towns.models import Town

AT_LEAST_CITY = (Level.CITY, Level.PROVINCE)


def plan_checkup(version: PlanVersion, today: datetime.date) -> list[Finding]:
    """方案体检 of a version against the towns of today."""
    categories = {c.code: c for c in version.categories.all()}
    towns = Town.objects.with_level(today).select_related("territory")
    facts = [
        TownFact(
            name=town.name,
            territory=town.territory.name if town.territory else "",
            category=categories[town.category].label if town.category in categories else town.category,
            has_threshold=town.category in categories and categories[town.category].has_threshold,
        )
        for town in towns
        if town.level in AT_LEAST_CITY
    ]
    return checkup(plan_facts(version, facts, counts_by_level(today)), today.year)


def counts_by_level(today: datetime.date) -> dict[str, int]:
    """Number of towns by the label of their level today (市级 -> 10); a level without towns counts 0."""
    counted = Counter(town.level for town in Town.objects.with_level(today))
    return {str(level.label): counted.get(level.value, 0) for level in Level}
