"""The city that the demonstration rows stand in: towns, words, one source of chance."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from spectown.organisations.models import Unit
from spectown.plans.folder import mapping
from spectown.towns.models import Town

FOLDER = Path(settings.BASE_DIR) / "demo"
SEED = 20230331

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Place:
    """One town as the generator needs it."""

    pk: int
    code: str
    category: str
    territory: int
    area: str
    county_code: str
    products: tuple[str, ...]
    responsible: int | None = None


@dataclass(frozen=True)
class City:
    """Towns and words; every generator draws from a chance of its own, so that one more list changes no other."""

    places: Sequence[Place]
    words: Mapping[str, Any]
    bureaus: Mapping[str, Sequence[int]]  # units that answer needs, by kind of need
    today: datetime.date  # rows tell of the three full years before and of this year so far

    def chance(self, name: str) -> np.random.Generator:
        """Random numbers that depend on the name of the list alone."""
        return np.random.default_rng([SEED, *name.encode()])

    @property
    def years(self) -> tuple[int, int, int]:
        """The last three full years."""
        last = self.today.year - 1
        return last - 2, last - 1, last

    @cached_property
    def weights(self) -> NDArray[np.float64]:
        """Share of the enterprises in each town: few large, many small."""
        sizes = self.chance("weights").lognormal(0.0, 0.6, len(self.places))
        return np.asarray(sizes / sizes.sum(), dtype=np.float64)

    def column(self, field: str) -> NDArray[Any]:
        """One attribute of all towns as an array."""
        return np.array([getattr(place, field) for place in self.places], dtype=object)


def read_city(today: datetime.date) -> City:
    """The towns of the database with the words of demo/city.yaml."""
    words = mapping(FOLDER, "city.yaml", required=True)
    products = {town["code"]: tuple(town["products"]) for town in words["towns"]}
    products |= {code: tuple(found) for code, found in words["products"].items()}
    towns = Town.objects.filter(territory__isnull=False).select_related("territory").order_by("order", "code")
    places = [_place(town, products) for town in towns]
    units = dict(Unit.objects.values_list("code", "pk"))
    bureaus = {kind: [units[code] for code in codes if code in units] for kind, codes in words["bureaus"].items()}
    return City([place for place in places if place.products], words, bureaus, today)


def _place(town: Town, products: Mapping[str, tuple[str, ...]]) -> Place:
    area = town.territory
    if area is None:
        raise ValueError(f"town {town.code} without a territory")
    made = products.get(town.code) or ((town.leading_industry,) if town.is_demo else ())
    code = area.code if area.code.isdecimal() else "140400"
    return Place(town.pk, town.code, town.category, area.pk, area.name, code, made, town.responsible_unit_id)


def pick(rng: np.random.Generator, texts: Sequence[str], count: int) -> NDArray[Any]:
    """`count` texts drawn from a list."""
    return np.array(texts, dtype=object)[rng.integers(0, len(texts), count)]
