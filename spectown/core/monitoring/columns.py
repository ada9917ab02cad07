"""A formula for all towns at once: months are summed by the column, only what is left is worked out town by town."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from spectown.core.monitoring.computing import Amount, Computation, Reading
from spectown.core.monitoring.indicator import Policy
from spectown.core.monitoring.panel import ABSENT, CODES, FIGURE, PLACES, SCALE, UNFIT, Bools, Column, Panel
from spectown.core.monitoring.tree import Binary, Call, Node, Ref

MIXED = 3  # not summed here: the unit changed between its periods


@dataclass(frozen=True, slots=True)
class Read:
    """One indicator of a formula by town: kinds over all its periods, sums times SCALE, factor to plain units."""

    kinds: NDArray[np.int8]
    sums: NDArray[np.int64]
    factor: Fraction

    def amount(self, place: int) -> Fraction:
        """The sum of a town in plain units."""
        return Fraction(int(self.sums[place]) * self.factor.numerator, SCALE * self.factor.denominator)


Reads = Mapping[Ref, Read]


def reads_of(computation: Computation, panel: Panel) -> Reads:
    """All that the formula reads, by town."""
    return {ref: _read(reading, panel) for ref, reading in computation.readings.items()}


def amounts(computation: Computation, panel: Panel, reads: Reads, towns: Bools) -> Iterator[tuple[int, Amount]]:
    """Exact results in plain units of these towns, each the same as `computation.amount` of the town."""
    whole = _whole(reads, len(towns))
    for place in np.flatnonzero(towns).tolist():
        if whole[place]:
            yield place, computation.worked_out(computation.node, _reader(reads, place))
        else:
            yield place, computation.amount(panel.lookup(place))


def computed(computation: Computation, panel: Panel, towns: Bools) -> Column:
    """The column of a computed indicator, each value the same as `computation.value` of the town; 未报 elsewhere."""
    reads = reads_of(computation, panel)
    kinds, open_towns = _without_figure(computation, reads, towns)
    scaled = np.zeros(len(towns), np.int64)
    for place, amount in amounts(computation, panel, reads, open_towns):
        value = computation.told(amount)
        kinds[place] = CODES[value.kind]
        scaled[place] = int(value.number.scaleb(PLACES)) if value.number is not None else 0
    return Column(kinds, scaled)


def _without_figure(computation: Computation, reads: Reads, towns: Bools) -> tuple[NDArray[np.int8], Bools]:
    """Kinds where a lacking input alone decides (policy `any`), and the towns still to be worked out.

    不适用 decides always; 未报 unless a division by zero elsewhere in the formula might make it 不适用.
    """
    kinds = np.full(len(towns), ABSENT, np.int8)
    if computation.policy != Policy.ANY:
        return kinds, towns
    unfit = _some(reads, UNFIT, len(towns))
    kinds[unfit & towns] = UNFIT
    absent = _some(reads, ABSENT, len(towns)) & ~unfit if _divides_last(computation.node) else unfit & False
    return kinds, towns & ~unfit & ~absent


def _divides_last(node: Node) -> bool:
    """True where there is no division, or one that is done last."""
    if isinstance(node, Binary) and node.operator == "/":
        return not _divides(node.left) and not _divides(node.right)
    return not _divides(node)


def _divides(node: Node) -> bool:
    if isinstance(node, Binary):
        return node.operator == "/" or _divides(node.left) or _divides(node.right)
    return isinstance(node, Call) and any(_divides(part) for part in node.parts)


def _reader(reads: Reads, place: int) -> Callable[[Ref], Amount]:
    return lambda ref: reads[ref].amount(place)


def _some(reads: Reads, kind: int, size: int) -> Bools:
    found = np.zeros(size, bool)
    for read in reads.values():
        found |= read.kinds == kind
    return found


def _whole(reads: Reads, size: int) -> Bools:
    found = np.ones(size, bool)
    for read in reads.values():
        found &= read.kinds == FIGURE
    return found


def _read(reading: Reading, panel: Panel) -> Read:
    size = len(panel.towns)
    if reading.broken:
        return Read(np.full(size, UNFIT, np.int8), np.zeros(size, np.int64), Fraction(1))
    columns = [panel.column(reading.code, period) for period, _ in reading.periods]
    factors = {factor for _, factor in reading.periods}
    kinds = np.full(size, FIGURE if len(factors) == 1 else MIXED, np.int8)
    for code in (ABSENT, UNFIT):  # 不适用 last: it is the stronger
        kinds[np.logical_or.reduce([np.equal(column.kinds, code) for column in columns])] = code
    return Read(kinds, np.sum([column.scaled for column in columns], axis=0), factors.pop())
