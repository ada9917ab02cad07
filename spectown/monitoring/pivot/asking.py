"""What a pivot is asked: two axes, indicators, periods, which towns; and the groups of towns that come of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import product

import polars as pl
from django.db.models import Q

from spectown.accounts.permissions import Permission
from spectown.core.monitoring.catalogue import Catalogue
from spectown.core.monitoring.indicator import Indicator as Item
from spectown.core.periods import Period
from spectown.lib.refusal import Refused
from spectown.monitoring.seeing import sees_all, towns_of
from spectown.monitoring.tallying import towns_on
from spectown.organisations.actors import Actor

ALL = "*"  # key of a sum over a whole axis
LABELS = {
    "indicator": "指标",
    "period": "期",
    "town": "专业镇",
    "territory": "县(区)",
    "category": "类别",
    "level": "层级",
}


class Axis(StrEnum):
    """What stands along a side."""

    INDICATOR = "indicator"
    PERIOD = "period"
    TOWN = "town"
    COUNTY = "territory"
    CATEGORY = "category"
    LEVEL = "level"

    @property
    def label(self) -> str:
        """Chinese word."""
        return LABELS[self.value]


OF_TOWNS = (Axis.TOWN, Axis.COUNTY, Axis.CATEGORY, Axis.LEVEL)
Key = tuple[str, ...]  # one value for each axis of towns, ALL for the whole


@dataclass(frozen=True, slots=True)
class Ask:
    """One question. `only`: by axis of towns the values that are let through; what is not named is not limited."""

    rows: Axis
    columns: Axis
    indicators: tuple[str, ...]
    periods: tuple[Period, ...]
    only: Mapping[Axis, frozenset[str]] = field(default_factory=dict)

    @property
    def places(self) -> tuple[Axis, ...]:
        """Axes along which towns are told apart."""
        return tuple(axis for axis in (self.rows, self.columns) if axis in OF_TOWNS)

    @property
    def by_town(self) -> bool:
        """True where sums of groups of towns do not help."""
        return Axis.TOWN in self.places or Axis.TOWN in self.only

    def require(self, catalogue: Catalogue) -> None:
        """Raise Refused for what cannot be answered."""
        if self.rows == self.columns:
            raise Refused("行和列请选不同的内容。")
        if not self.indicators or not self.periods:
            raise Refused("请至少选一个指标和一期。")
        if unknown := [code for code in self.indicators if code not in catalogue.versions]:
            raise Refused(f"没有指标 {'、'.join(unknown)}。")
        if Axis.INDICATOR not in (self.rows, self.columns) and len(self.indicators) > 1:
            raise Refused("行和列都不是指标时,一次只能看一个指标。")


@dataclass(frozen=True, slots=True)
class Groups:
    """Towns behind each key; `categories`: how many of each, in the order of the keys."""

    keys: Sequence[Key]
    towns: Mapping[Key, frozenset[int]]
    categories: Sequence[Mapping[str, int]]

    @property
    def are_single(self) -> bool:
        """True where every group is one town: its cells are the figures."""
        return all(len(found) <= 1 for found in self.towns.values())

    def expected(self, item: Item) -> list[int]:
        """How many towns of each group have an indicator."""
        return [sum(n for category, n in each.items() if item.applies_to(category)) for each in self.categories]


def towns_asked(ask: Ask, by: Actor) -> pl.DataFrame:
    """Towns that the actor sees and the question lets through, with county, category and level, all as text."""
    by.require(Permission.SHEET_VIEW)
    only = Q() if sees_all(by) else towns_of(by) if by.unit_id else Q(pk__in=())
    if Axis.TOWN in ask.only:
        only &= Q(pk__in=[int(each) for each in ask.only[Axis.TOWN] if each.isdecimal()])
    frame = as_text(towns_on(max(ask.periods).days[1], only).with_columns(key=pl.col("town")), OF_TOWNS)
    for axis, values in ask.only.items():
        frame = frame.filter(pl.col(axis.value).is_in(list(values)))
    return frame


def as_text(frame: pl.DataFrame, axes: Sequence[Axis]) -> pl.DataFrame:
    """Columns of axes as the text that keys are made of; empty = none."""
    return frame.with_columns(pl.col(axis.value).cast(pl.String).fill_null("") for axis in axes)


def groups_of(ask: Ask, frame: pl.DataFrame) -> Groups:
    """Every combination that has towns, and the sums over each axis."""
    towns: dict[Key, set[int]] = {}
    for row in frame.iter_rows(named=True):
        for key in _keys(tuple(row[axis.value] for axis in ask.places)):
            towns.setdefault(key, set()).add(row["key"])
    towns.setdefault((ALL,) * len(ask.places), set())
    kept = {key: frozenset(found) for key, found in towns.items()}
    of = dict(frame.select("key", "category").iter_rows())
    return Groups(tuple(kept), kept, [Counter(of[town] for town in found) for found in kept.values()])


def _keys(key: Key) -> Iterator[Key]:
    return product(*((value, ALL) for value in key))
