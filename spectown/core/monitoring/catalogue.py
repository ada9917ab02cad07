"""The catalogue of indicators (指标目录): versions by period, breaks of series, formulas made ready."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from itertools import pairwise

from spectown.core.monitoring.computing import Computation, Reading, periods_read
from spectown.core.monitoring.indicator import Indicator
from spectown.core.monitoring.joined import Joins
from spectown.core.monitoring.tree import Node, Ref, refs
from spectown.core.monitoring.units import unit_of
from spectown.core.periods import Period, containing

CHANGES = {"definition": "口径", "unit": "计量单位", "formula": "公式", "derivation": "取数办法", "kind": "指标性质"}
BREAKING = ("definition", "formula", "derivation", "kind")  # a change of unit alone is converted


@dataclass(frozen=True, slots=True)
class Break:
    """From this period on a series is told otherwise; `what`: Chinese words of what changed."""

    since: Period
    what: tuple[str, ...]
    comparable: bool

    @property
    def sentence(self) -> str:
        """口径自2026年1月起有变,前后不可比。"""
        tail = "已换算" if self.comparable else "前后不可比"
        return f"{'、'.join(self.what)}自{self.since.label}起有变,{tail}。"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All versions by code, the earliest first; trees of their formulas by (code, since)."""

    versions: Mapping[str, tuple[Indicator, ...]]
    trees: Mapping[tuple[str, Period], Node]
    joins: Joins = field(default_factory=Joins)
    _found: dict[tuple[str, Period], Indicator | None] = field(default_factory=dict, repr=False, compare=False)
    _ready: dict[tuple[str, Period], Computation] = field(default_factory=dict, repr=False, compare=False)

    def on(self, code: str, period: Period) -> Indicator | None:
        """The version in force for a period; None where there is none. Remembered: pages ask thousands of times."""
        key = (code, period)
        if key not in self._found:
            self._found[key] = self._on(code, period)
        return self._found[key]

    def _on(self, code: str, period: Period) -> Indicator | None:
        first = period.first
        begun = next((each for each in reversed(self.versions.get(code, ())) if each.since.first <= first), None)
        return begun if begun is not None and begun.covers(period) else None

    def all_on(self, period: Period) -> list[Indicator]:
        """All in force for a period, in the order of the file."""
        return [found for code in self.versions if (found := self.on(code, period)) is not None]

    def due_on(self, period: Period) -> list[Indicator]:
        """Those in force that are told for periods of this length."""
        return [each for each in self.all_on(period) if each.every == period.every]

    def breaks(self, code: str, first: Period, last: Period) -> list[Break]:
        """Where the series from one period to another is told otherwise than before."""
        found = self.versions.get(code, ())
        pairs = pairwise(found)
        return [
            _break(old, new) for old, new in pairs if first.first < new.since.first <= last.last and _changed(old, new)
        ]

    def broken(self, code: str, first: Period, last: Period) -> str:
        """Why figures of two periods cannot be compared; empty = they can."""
        return next((each.sentence for each in self.breaks(code, first, last) if not each.comparable), "")

    def computation(self, code: str, period: Period) -> Computation:
        """The formula of a computed indicator made ready for a period. Raises KeyError where none is told for it."""
        if (ready := self._ready.get((code, period))) is not None:
            return ready
        indicator = self.on(code, period)
        if indicator is None or not indicator.formula or indicator.every != period.every:
            raise KeyError(f"{code} {period.code}")
        self._ready[code, period] = self.prepared(self.trees[code, indicator.since], indicator, period)
        return self._ready[code, period]

    def prepared(self, node: Node, result: Indicator, period: Period) -> Computation:
        """A tree made ready for a period; unit, policy and decimals are those of `result`."""
        readings = {ref: self._reading(ref, period) for ref in refs(node)}
        factor = unit_of(result.unit).factor
        return Computation(node, readings, result.unit, factor, result.missing, result.decimals)

    def _reading(self, ref: Ref, period: Period) -> Reading:
        now = self.on(ref.code, period) or self.versions[ref.code][-1]
        read, unlike = self._months(ref, now, period, periods_read(ref, now.kind, now.every, period))
        versions = [self.on(ref.code, each) or now for each in read]
        broken = self.broken(ref.code, read[0], max(read[-1], containing(period, now.every))) if read else ""
        told = tuple((p, unit_of(each.unit).factor) for p, each in zip(read, versions, strict=True))
        why = broken.rstrip("。") or unlike
        return Reading(now.name, now.code, now.unit, told, f"{now.name}{why}" if why else "")

    def _months(self, ref: Ref, now: Indicator, period: Period, read: list[Period]) -> tuple[list[Period], str]:
        """What is read where months are told together, and why it cannot be compared with the period."""
        code, joins = ref.code, self.joins
        if len(read) != 1 or period.months != 1 or not ref.shifts or "ytd" in ref.shifts:
            return joins.told(code, read) or read, ""
        if ref.shifts == ("year_ago",):
            read = joins.a_year_ago(code, now.kind, period)
        elif ref.shifts == ("last",):
            read = [joins.previous(code, period)]
        return read, joins.unlike(code, now.kind, period, read[-1]) if len(read) == 1 else ""

    def dependencies(self, period: Period) -> dict[str, set[str]]:
        """By computed indicator those that it reads for the same period (last, year_ago read earlier ones)."""
        found: dict[str, set[str]] = {}
        for each in self.all_on(period):
            if each.formula:
                found[each.code] = {
                    ref.code
                    for ref in refs(self.trees[each.code, each.since])
                    if not {"last", "year_ago"} & set(ref.shifts)
                }
        return found

    def order(self, period: Period) -> list[str]:
        """Computed indicators, each after those that it reads. Raises graphlib.CycleError where they go in a circle."""
        graph = self.dependencies(period)
        return [code for code in TopologicalSorter(graph).static_order() if code in graph]

    def computed_on(self, period: Period) -> list[str]:
        """Computed indicators told for a period of this length, each after those that it reads."""
        due = {each.code for each in self.due_on(period)}
        return [code for code in self.order(period) if code in due]


def _changed(old: Indicator, new: Indicator) -> list[str]:
    return [name for name in CHANGES if getattr(old, name) != getattr(new, name)]


def _break(old: Indicator, new: Indicator) -> Break:
    names = _changed(old, new)
    return Break(new.since, tuple(CHANGES[name] for name in names), not set(names) & set(BREAKING))
