"""Balance rules: two formulas and what must hold between them. Exact."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from spectown.core.monitoring.catalogue import Catalogue
from spectown.core.monitoring.checks import Balance
from spectown.core.monitoring.columns import amounts, reads_of
from spectown.core.monitoring.computing import Amount, Computation
from spectown.core.monitoring.indicator import Indicator, Policy
from spectown.core.monitoring.looking import Look, amount
from spectown.core.monitoring.panel import ABSENT, FIGURE, PLACES, Bools
from spectown.core.monitoring.tree import Node, parse, refs
from spectown.core.monitoring.values import Value, ValueKind
from spectown.core.periods import Every, Period

_HOLDS: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    "==": lambda gap, tolerance: abs(gap) <= tolerance,
    "<=": operator.le,
    "<": operator.lt,
    ">=": lambda gap, tolerance: -gap <= tolerance,
    ">": lambda gap, tolerance: -gap < tolerance,
}
_WORDS = {"==": "应等于", "<=": "应不大于", "<": "应小于", ">=": "应不小于", ">": "应大于"}


@dataclass(frozen=True, slots=True)
class Sides:
    """Both trees, and as what they are told: unit, periods (the coarsest read), policy."""

    left: Node
    right: Node
    result: Indicator


def sides_of(rule: Balance, catalogue: Catalogue) -> Sides:
    """Both sides read. Raises FormulaFault; KeyError for an unknown indicator."""
    left, right = parse(rule.left), parse(rule.right)
    read = [catalogue.versions[ref.code][-1] for node in (left, right) for ref in refs(node)]
    every = max((each.every for each in read), key=lambda each: each.months, default=Every.MONTH)
    first = read[0]
    unit = rule.unit or first.unit
    told = replace(first, every=every, unit=unit, missing=rule.missing, decimals=PLACES, until=None)
    return Sides(left, right, told)


def balance(rule: Balance, look: Look) -> None:
    """Find towns where it does not hold."""
    sides = sides_of(rule, look.catalogue)
    if sides.result.every != look.period.every:
        return
    left, right = (look.catalogue.prepared(node, sides.result, look.period) for node in (sides.left, sides.right))
    towns = look.panel.in_categories(rule.categories, *_categories(look, left, right))
    if rule.missing == Policy.ANY:
        towns = _complete(rule, look, towns, sides.result.code, (left, right))
    found = [amounts(side, look.panel, reads_of(side, look.panel), towns) for side in (left, right)]
    for (place, first), (_, second) in zip(*found, strict=True):
        _one(rule, look, place, sides.result, (left, right), (first, second))


def _categories(look: Look, *both: Computation) -> list[tuple[str, ...]]:
    """Of each indicator on either side the categories of towns that have it."""
    codes = {reading.code for side in both for reading in side.readings.values()}
    return [each.categories for each in look.catalogue.all_on(look.period) if each.code in codes]


def _complete(rule: Balance, look: Look, towns: Bools, code: str, both: tuple[Computation, ...]) -> Bools:
    """Towns with all inputs; of the others it is said which one is lacking. 不适用 needs no balance."""
    for reading in [each for side in both for each in side.readings.values()]:
        if reading.broken:
            look.leave(rule, code, towns, reading.broken)
            return towns & False
        for period, _ in reading.periods:
            kinds = look.panel.column(reading.code, period).kinds
            look.leave(rule, code, towns & (kinds == ABSENT), f"缺{_when(period, look)}{reading.name}")
            towns = towns & (kinds == FIGURE)
    return towns


def _when(period: Period, look: Look) -> str:
    return "本期" if period == look.period else period.label


def _one(
    rule: Balance,
    look: Look,
    place: int,
    told: Indicator,
    both: tuple[Computation, Computation],
    results: tuple[Amount, Amount],
) -> None:
    left, right = results
    if isinstance(left, Value) or isinstance(right, Value):
        _lacking(rule, look, place, told, [each for each in results if isinstance(each, Value)])
        return
    look.done += 1
    tolerance = Fraction(rule.tolerance) * both[0].factor
    if not _HOLDS[rule.operator](left - right, tolerance):
        lookup = look.panel.lookup(place)
        sides = [side.explained(lookup).rpartition(" = ")[0] for side in both]
        values = [amount(each / both[0].factor, told) for each in (left, right)]
        words = f"{sides[0]}({values[0]}){_WORDS[rule.operator]}{sides[1]}({values[1]})"
        look.found(rule, told, place, words)


def _lacking(rule: Balance, look: Look, place: int, told: Indicator, absent: list[Value]) -> None:
    """A side without figure: 未报 means not checked, 不适用 needs no balance."""
    reasons = [each.reason for each in absent if each.kind == ValueKind.MISSING]
    if len(reasons) == len(absent):
        mask = np.zeros(len(look.panel.towns), bool)
        mask[place] = True
        look.leave(rule, told.code, mask, "、".join(reasons))
