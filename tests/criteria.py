"""The criteria of the city's plan as a version stores them, and applications under them."""

import functools
import json
from pathlib import Path
from typing import Any

from spectown.accounts.permissions import Role
from spectown.organisations.actors import Actor
from spectown.organisations.models import Unit
from spectown.plans.folder import mapping
from spectown.plans.models import PlanVersion
from tests.factories import PlanVersionFactory, TerritoryFactory, UnitFactory, actor

FOLDER = Path(__file__).parent.parent / "plans" / "changzhi-2023"
# What an application cannot be handed in without.
NEEDED: dict[str, object] = {
    "town_name": "壶关旱地蔬菜专业镇",
    "applicant_county": "壶关县",
    "leading_industry": "旱地蔬菜",
    "category": "特优农业",
    "counties": ["壶关县"],
    "output_wan": "4.2亿元",
    "output_year": "2025",
    "leading_enterprises": "1",
    "chain_partners": "8",
}


@functools.cache
def _text() -> str:
    return json.dumps(mapping(FOLDER, "categories.yaml") | mapping(FOLDER, "criteria.yaml"), default=str)


def plan_criteria() -> dict[str, Any]:
    """criteria.yaml and categories.yaml as plain JSON."""
    found: dict[str, Any] = json.loads(_text())
    return found


def current_plan() -> PlanVersion:
    """A current version with the city's criteria."""
    return PlanVersionFactory.create(is_current=True, criteria=plan_criteria())


def county(name: str = "壶关县") -> Unit:
    """A county government with its territory."""
    return UnitFactory.create(territory=TerritoryFactory.create(name=name))


def filler(unit: Unit) -> Actor:
    """Somebody who fills for the county."""
    return actor(Role.COUNTY_FILL, unit=unit)


def checker(unit: Unit) -> Actor:
    """Somebody who checks for the county."""
    return actor(Role.COUNTY_CHECK, unit=unit)
