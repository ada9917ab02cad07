"""Figures of the demonstration's towns, the same every time: a size, a growth, seasons, and how good a town is.

demo/evaluation.yaml gives some towns a profile of their own, so that they differ as real ones do.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from django.conf import settings

from spectown.core.monitoring.indicator import Indicator
from spectown.core.periods import Period
from spectown.plans.folder import mapping
from spectown.towns.models import Town

FOLDER = Path(settings.BASE_DIR) / "demo"
# Month of an average town; the others in proportion to output.
SHARES: Mapping[str, float] = {
    "sales": 0.94,
    "profit": 0.06,
    "tax": 0.021,
    "exports": 0.05,
    "online_sales": 0.08,
    "electricity": 0.016,
    "rd_spend": 0.045,
    "new_product_sales": 0.4,
    "wages": 0.33,
    "farm_income": 0.2,
    "loans": 0.9,
    "energy": 0.06,
}
PEOPLE: Mapping[str, float] = {"jobs": 0.55, "jobs_new": 0.008, "farms_led": 0.4, "visitors": 6.0}
WITH_QUALITY: Mapping[str, float] = {  # the power with which the quality of a town acts on a figure
    "profit": 0.5,
    "tax": 0.3,
    "online_sales": 0.6,
    "rd_spend": 1.0,
    "new_product_sales": 0.6,
    "wages": 0.4,
    "farm_income": 0.4,
    "energy": -0.6,
}
LEAST = 0.4  # quality of a town that falls


@dataclass(frozen=True, slots=True)
class Profile:
    """Size against an average town, growth a year, quality with its change a year from `since` on; never reported."""

    size: float
    growth: float
    quality: float = 1.0
    trend: float = 0.0
    since: int = 0
    silent: tuple[str, ...] = ()

    def quality_in(self, year: int, *words: object) -> float:
        """How good the town is in a year; 1 = average. `words`: of what, since nobody is as good in everything."""
        everywhere = max(LEAST, self.quality + self.trend * (year - self.since))
        return everywhere * (0.8 + 0.4 * chance(*words) if words else 1.0)


@cache
def profiles() -> Mapping[str, Profile]:
    """Those of demo/evaluation.yaml, by the code of the town."""
    data = mapping(FOLDER, "evaluation.yaml", required=True)
    rows = data["profiles"].items()
    return {code: Profile(**{**row, "silent": tuple(row.get("silent", ()))}, since=data["since"]) for code, row in rows}


def profile_of(code: str) -> Profile:
    """Of any town: its own, or one that its code decides."""
    return profiles().get(code) or Profile(3 ** (2 * chance(code) - 1), 0.98 + 0.16 * chance(code, "growth"))


def figure_of(item: Indicator, town: Town, period: Period) -> Decimal | None:
    """What the town would report; None = not applicable."""
    if item.code == "exports" and town.order % 3:
        return None
    own, (year, month) = profile_of(town.code), period.last
    size = 2000 * own.size * period.months * own.growth ** ((year - 2024) + month / 12)
    season = 1 + 0.12 * (2 * chance(town.code, month) - 1)
    season += 0.05 * (2 * chance(town.code, chance(year, month)) - 1)  # no two years alike
    share = SHARES.get(item.code, PEOPLE.get(item.code, 1.0)) * (0.6 + 0.8 * chance(town.code, item.code))
    better = own.quality_in(year) ** WITH_QUALITY.get(item.code, 0.0)
    number = size * share * season * better / (period.months if item.code in PEOPLE else 1)
    return round(Decimal(number), 0 if item.code in PEOPLE else item.decimals)


def chance(*words: object) -> float:
    """A number from 0 to 1 that the words decide."""
    return zlib.crc32(" ".join(map(str, words)).encode()) / 2**32
