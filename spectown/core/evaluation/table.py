"""Raw values by column, as the evaluation takes them, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class Unusable(ValueError):
    """A scheme or table that cannot be evaluated; the message says in Chinese what, where and what to do."""


@dataclass(frozen=True, slots=True)
class Table:
    """One row a town. `figures`: columns of raw values, NaN = not reported; `words`: columns of text.

    `odd`: columns of text that hold figures too, the same or more of them: where their first texts stand.
    """

    names: tuple[str, ...]
    figures: Mapping[str, Floats]
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    odd: Mapping[str, str] = field(default_factory=dict)

    def column(self, name: str) -> Floats:
        """A column of figures; raises Unusable where there is none."""
        if name in self.figures:
            return self.figures[name]
        kind = "是文字,不是数" if name in self.words else "表中没有"
        raise Unusable(f"方案要用的列“{name}”{kind}。表中的数值列有:{'、'.join(self.figures) or '无'}。")

    def text(self, name: str) -> tuple[str, ...]:
        """A column as text, '' = empty; raises Unusable where there is none."""
        if name in self.words:
            return self.words[name]
        return tuple("" if np.isnan(value) else f"{value:g}" for value in self.column(name))

    def in_order_of(self, names: tuple[str, ...]) -> Table:
        """The same rows as others have them; KeyError for a name that is not here."""
        place = {name: row for row, name in enumerate(self.names)}
        return self.part(np.array([place[name] for name in names], np.intp))

    def part(self, rows: NDArray[np.intp]) -> Table:
        """Only these rows."""
        return Table(
            tuple(self.names[row] for row in rows),
            {name: column[rows] for name, column in self.figures.items()},
            {name: tuple(column[row] for row in rows) for name, column in self.words.items()},
        )
