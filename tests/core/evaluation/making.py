"""Small tables and schemes."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from spectown.core.evaluation.boards import Row
from spectown.core.evaluation.evaluating import evaluate
from spectown.core.evaluation.reading import read_scheme
from spectown.core.evaluation.table import Table

# Five phones by price (the less the better), storage, camera, looks: the example of many TOPSIS lessons.
PHONES = np.array([[250, 16, 12, 5], [200, 16, 8, 3], [300, 32, 16, 4], [275, 32, 8, 4], [225, 16, 16, 2]], float)
PRICE_FIRST = [{"code": "c0", "reversed": True}, *({"code": f"c{n}"} for n in range(1, 4))]


def table_of(matrix: Any, words: Mapping[str, Sequence[str]] | None = None) -> Table:
    """Columns c0, c1, … of towns t0, t1, …"""
    figures = np.asarray(matrix, float)
    names = tuple(f"t{row}" for row in range(len(figures)))
    columns = {f"c{place}": figures[:, place] for place in range(figures.shape[1])}
    return Table(names, columns, {name: tuple(column) for name, column in (words or {}).items()})


def rows_of(matrix: Any, scheme: Mapping[str, Any] | None = None, *, robust: bool = False) -> dict[str, Row]:
    """Rows of the only board, by name."""
    table = table_of(matrix)
    (board,) = evaluate(table, read_scheme(scheme, table), robust=robust)
    return {row.name: row for row in board.rows}


def scores_of(matrix: Any, scheme: Mapping[str, Any] | None = None) -> list[float]:
    """Scores in the order of the table, six decimals unless the scheme says otherwise."""
    rows = rows_of(matrix, {"digits": 6, **(scheme or {})})
    return [float(rows[f"t{place}"].score or 0) for place in range(len(rows))]
