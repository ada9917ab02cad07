"""Every dimension and indicator of each town behind its score."""

from __future__ import annotations

import numpy as np

from spectown.core.evaluation.aggregating import Climb, Filled
from spectown.core.evaluation.boards import Part
from spectown.core.evaluation.scheme import Indicator, Node, Scheme
from spectown.core.evaluation.table import Floats, Table


def parts_of(scheme: Scheme, table: Table, data: Filled, weights: Floats) -> list[tuple[Part, ...]]:
    """Per town, in the order of the scheme, without the root: that is the score."""
    climb = Climb(data, weights[None, :], scheme.aggregation)
    climb.value(scheme.root)
    columns = _columns(scheme.root, climb, [table.column(leaf.column) for leaf in scheme.indicators])[1:]
    return list(zip(*columns, strict=True)) if columns else []


def _columns(node: Node, climb: Climb, raws: list[Floats], at: int = 0) -> list[list[Part]]:
    """Parts of all towns for a node and everything beneath it, `at`: column of its first leaf."""
    start, below = at, []
    for child in node.children:
        if isinstance(child, Indicator):
            below.append(_leaf(child, climb, raws[at], at))
            at += 1
        else:
            below += _columns(child, climb, raws, at)
            at += sum(1 for _leaf in child.leaves())
    value, present = climb.dimensions[node.code]
    towns, weight = value.shape[1], float(climb.weights[0, start:at].sum())
    known = np.broadcast_to(present, (1, towns))[0] > 0
    return [_told(node.code, 100 * value[0], known, weight, np.full(towns, np.nan)), *below]


def _leaf(child: Indicator, climb: Climb, raw: Floats, at: int) -> list[Part]:
    counts, values = climb.data.counts, climb.data.values[:, at]
    known = np.ones(len(values)) if counts is None else counts[:, at]
    return _told(child.code, 100 * values, known > 0, float(climb.weights[0, at]), raw)


def _told(code: str, values: Floats, known: np.ndarray, weight: float, raws: Floats) -> list[Part]:
    rows = zip(values.tolist(), known.tolist(), raws.tolist(), strict=True)
    return [
        Part(code, value if is_known else None, weight, None if raw != raw else raw) for value, is_known, raw in rows
    ]
