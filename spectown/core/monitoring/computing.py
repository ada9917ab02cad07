"""Computed indicators: which values a formula reads, the result with one rounding, and how it came about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from spectown.core.monitoring.indicator import Kind, Policy
from spectown.core.monitoring.tree import SHIFTS, Call, Node, Number, Ref, written
from spectown.core.monitoring.units import unit_of
from spectown.core.monitoring.values import Value, ValueKind, figure, missing, not_applicable, rounded
from spectown.core.periods import Every, Period, before, parts, periods, year_ago

Lookup = Callable[[str, Period], Value]
Amount = Fraction | Value  # a figure in plain units, or why there is none


def periods_read(ref: Ref, kind: Kind, every: Every, period: Period) -> list[Period]:
    """Periods of an indicator that a formula of a period reads: summed for flows, else there is one.

    A finer indicator is summed (flow) or taken at its last period (stock, count, cumulative).
    """
    for shift in ref.shifts:
        period = {"last": before, "year_ago": year_ago}.get(shift, lambda same: same)(period)
    if "ytd" in ref.shifts:
        return periods(period.days[0].replace(month=1), period.days[1], every)
    found = parts(period, every)
    return found if kind == Kind.FLOW else found[-1:]


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands for one indicator in the formula: its name, unit, and periods, each with its factor to plain units.

    `broken`: why the figures of those periods cannot be used together (口径 changed); empty = they can.
    """

    name: str
    code: str
    unit: str
    periods: tuple[tuple[Period, Fraction], ...]
    broken: str = ""


@dataclass(frozen=True, slots=True)
class Computation:
    """A formula made ready for one period; `factor`: of the unit of the result."""

    node: Node
    readings: Mapping[Ref, Reading]
    unit: str
    factor: Fraction
    policy: Policy
    decimals: int

    def amount(self, lookup: Lookup) -> Amount:
        """Exact result in plain units (元, 户, 1)."""
        return self.worked_out(self.node, lambda ref: self._read(ref, lookup))

    def value(self, lookup: Lookup) -> Value:
        """The result in its unit, rounded once."""
        return self.told(self.amount(lookup))

    def told(self, amount: Amount) -> Value:
        """An exact result in its unit, rounded once."""
        return amount if isinstance(amount, Value) else figure(rounded(amount / self.factor, self.decimals))

    def explained(self, lookup: Lookup) -> str:
        """Formula with the inputs put in, and the result: 产值 1,200万元 ÷ 从业人数 100人 = 12万元/人."""
        result = self.value(lookup)
        told = f"{result.shown}{self.unit}" if result.is_figure else f"{result.shown}({result.reason})"
        return f"{written(self.node, lambda ref: self._put_in(ref, lookup))} = {told}"

    def inputs(self, lookup: Lookup) -> list[tuple[Reading, Period, Value]]:
        """Each value that the formula reads, once: of what, of which period."""
        found = {(each.code, period): each for each in self.readings.values() for period, _ in each.periods}
        return [(each, period, lookup(code, period)) for (code, period), each in found.items()]

    def _put_in(self, ref: Ref, lookup: Lookup) -> str:
        reading = self.readings[ref]
        word = "".join(SHIFTS[shift] for shift in ref.shifts)
        found = self._read(ref, lookup)
        if isinstance(found, Value):
            return f"{reading.name}{word} {found.shown}"
        return f"{reading.name}{word} {figure(_decimal(found / unit_of(reading.unit).factor)).shown}{reading.unit}"

    def worked_out(self, node: Node, read: Callable[[Ref], Amount]) -> Amount:
        """The result of a part of the formula, each indicator read by `read`."""
        if isinstance(node, Number):
            return node.value
        if isinstance(node, Ref):
            return read(node)
        if isinstance(node, Call):
            return _called(node.name, [self.worked_out(part, read) for part in node.parts], self.policy)
        left, right = self.worked_out(node.left, read), self.worked_out(node.right, read)
        return _combined(node.operator, left, right, self.policy)

    def _read(self, ref: Ref, lookup: Lookup) -> Amount:
        reading = self.readings[ref]
        if reading.broken:
            return not_applicable(reading.broken)
        found: list[Amount] = []
        for period, factor in reading.periods:
            value = lookup(reading.code, period)
            if value.number is not None:
                found.append(Fraction(value.number) * factor)
            elif value.kind == ValueKind.NOT_APPLICABLE:
                found.append(not_applicable(f"{period.label}{reading.name}不适用"))
            else:
                found.append(missing(f"缺{period.label}{reading.name}"))
        return found[0] if len(found) == 1 else _called("sum", found, self.policy)


def _decimal(number: Fraction) -> Decimal:
    return rounded(number, 4).normalize()


def _combined(operator: str, left: Amount, right: Amount, policy: Policy) -> Amount:
    if operator == "+":
        return _called("sum", [left, right], policy)
    if operator == "-":
        return _called("sum", [left, right if isinstance(right, Value) else -right], policy)
    if isinstance(left, Value) or isinstance(right, Value):
        return _absent([each for each in (left, right) if isinstance(each, Value)], Policy.ANY)
    if operator == "*":
        return left * right
    return left / right if right else not_applicable("除数为 0")


def _called(name: str, found: Sequence[Amount], policy: Policy) -> Amount:
    absent = [each for each in found if isinstance(each, Value)]
    figures = [each for each in found if not isinstance(each, Value)]
    if absent and policy == Policy.ANY:
        return _absent(absent, policy)
    if policy == Policy.NEVER and any(each.kind == ValueKind.MISSING for each in absent):
        figures.append(Fraction(0))
    if not figures:
        return _absent(absent, policy)
    if name in ("abs", "sum"):
        return abs(figures[0]) if name == "abs" else sum(figures, Fraction(0))
    return min(figures) if name == "min" else max(figures)


def _absent(found: Sequence[Value], policy: Policy) -> Value:
    """不适用 decides where any lacking input decides; else what may still come (未报) keeps it open."""
    wanted = ValueKind.NOT_APPLICABLE if policy == Policy.ANY else ValueKind.MISSING
    chosen = [each for each in found if each.kind == wanted] or list(found)
    reasons = "、".join(dict.fromkeys(each.reason for each in chosen if each.reason))
    return Value(chosen[0].kind, reason=reasons)
