"""Values of many towns as columns: one of kinds and one of exact scaled whole numbers for each indicator and period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from spectown.core.monitoring.computing import Lookup
from spectown.core.monitoring.values import MISSING, NOT_APPLICABLE, Value, ValueKind, figure
from spectown.core.periods import Period

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
PLACES = 4  # decimals of a stored figure: numeric(20, 4)
SCALE = 10**PLACES
ABSENT, UNFIT, FIGURE = 0, 1, 2  # 未报, 不适用, a figure
CODES = {ValueKind.MISSING: ABSENT, ValueKind.NOT_APPLICABLE: UNFIT, ValueKind.FIGURE: FIGURE, ValueKind.TEXT: UNFIT}


@dataclass(frozen=True, slots=True)
class Column:
    """One indicator in one period, by town: kinds, figures times SCALE (0 where there is none).

    `factor`: by which figures are multiplied, where the unit has changed since.
    """

    kinds: NDArray[np.int8]
    scaled: NDArray[np.int64]
    factor: Decimal = Decimal(1)

    @property
    def figures(self) -> Bools:
        """Where there is a figure."""
        return np.equal(self.kinds, FIGURE)

    @property
    def floats(self) -> Floats:
        """Figures as floats, NaN where there is none: to look for candidates, never to decide."""
        return np.where(self.figures, self.scaled / SCALE * float(self.factor), np.nan)

    def number(self, place: int) -> Decimal:
        """The figure of a town, exact."""
        return Decimal(int(self.scaled[place])).scaleb(-PLACES) * self.factor

    def value(self, place: int) -> Value:
        """The value of a town."""
        kind = self.kinds[place]
        return figure(self.number(place)) if kind == FIGURE else NOT_APPLICABLE if kind == UNFIT else MISSING


@dataclass(frozen=True, slots=True)
class Panel:
    """Towns with categories, and columns by (code, period); `others`: the same figures from another source by its name.

    Sources: `enterprises` (sum of the town's enterprises), `certified` (figures of the bureaus).
    """

    towns: tuple[str, ...]
    categories: NDArray[np.str_]
    columns: Mapping[tuple[str, Period], Column]
    others: Mapping[str, Mapping[tuple[str, Period], Column]] = field(default_factory=dict)

    def column(self, code: str, period: Period, source: str = "") -> Column:
        """One column; all 未报 where there is none."""
        found = (self.others.get(source, {}) if source else self.columns).get((code, period))
        return found or Column(np.zeros(len(self.towns), np.int8), np.zeros(len(self.towns), np.int64))

    def in_categories(self, *wanted: Sequence[str]) -> Bools:
        """Towns of one of the categories of each list; an empty list lets all through."""
        found = np.ones(len(self.towns), bool)
        for categories in wanted:
            found &= np.isin(self.categories, list(categories)) if categories else True
        return found

    def lookup(self, place: int) -> Lookup:
        """Values of one town, for a formula."""
        columns = self.columns

        def value(code: str, period: Period) -> Value:
            column = columns.get((code, period))
            return column.value(place) if column is not None else MISSING

        return value


def column_of(values: Iterable[Value]) -> Column:
    """A column of values, one a town."""
    found = list(values)
    scaled = [int(each.number.scaleb(PLACES)) if each.number is not None else 0 for each in found]
    return Column(np.array([CODES[each.kind] for each in found], np.int8), np.array(scaled, np.int64))
