"""What looks odd in a scheme with its figures (方案体检): nothing of it stops an evaluation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from spectown.core.evaluation.boards import Board
from spectown.core.evaluation.drawing import Ground
from spectown.core.evaluation.scheme import Indicator, Node, Scheme, Weighting
from spectown.core.evaluation.table import Floats, Table
from spectown.core.evaluation.weighting import ahp, correlations, judgements

ALIKE = 0.9  # |correlation| from which two indicators say the same (建议值)
CONSISTENT = 0.1  # Saaty
SMALL = 0.005
FEW = 8  # towns below which a correlation says nothing (建议值): among 28 indicators dozens would be high by chance


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at: a stable code, what it is about, a Chinese sentence."""

    code: str
    about: str
    text: str


def check_up(scheme: Scheme, table: Table, boards: list[Board]) -> list[Remark]:
    """All remarks, over the whole table."""
    ground = Ground(scheme, (table,), np.zeros(len(table.names)), np.arange(len(table.names)))
    values = ground.values(0, scheme.normalisation)
    found = [*_of_nodes(scheme.root), *_of_columns(scheme, values)]
    if len(table.names) < FEW:
        said = f"只有 {len(table.names)} 个镇,指标之间的相关和实际影响看不出来,没有比较。"
        return [*found, Remark("few", "", said)]
    return [*found, *_of_pairs(scheme, values), *_real(scheme, boards)]


def _of_nodes(node: Node) -> Iterator[Remark]:
    total = sum(child.weight for child in node.children)
    differ = node.weighting == Weighting.ENTERED and len({child.weight for child in node.children}) > 1
    if differ and min(abs(total - 1), abs(total - 100)) > 1e-9:
        yield Remark("sum", node.code, f"“{node.code}”下各项权重合计为 {total:g},不是 1 或 100,已按比例折算。")
    if node.weighting == Weighting.AHP and (ratio := ahp(judgements(node))[1]) > CONSISTENT:
        yield Remark("ahp", node.code, f"“{node.code}”的两两比较前后不一致(CR={ratio:.2f},应不大于 0.1),请复核。")
    for child in node.children:
        if isinstance(child, Node):
            yield from _of_nodes(child)


def _of_columns(scheme: Scheme, values: Floats) -> Iterator[Remark]:
    for leaf, column in zip(scheme.indicators, values.T, strict=True):
        known = column[~np.isnan(column)]
        if not known.size:
            yield Remark("empty", leaf.code, f"指标“{leaf.code}”没有任何数,不起作用。")
        elif known.size > 1 and known.min() == known.max():
            yield Remark("constant", leaf.code, f"指标“{leaf.code}”各镇得分相同,分不出高下。")


def _of_pairs(scheme: Scheme, values: Floats) -> Iterator[Remark]:
    found, leaves = correlations(values), scheme.indicators
    for i, j in np.argwhere(np.tril(np.abs(found) > ALIKE, -1)):
        first, second = leaves[j].code, leaves[i].code
        said = f"指标“{first}”和“{second}”相关系数 {found[i, j]:.2f},近于同一件事算了两次。"
        yield Remark("alike", f"{first}/{second}", said)


def influence(scheme: Scheme, boards: list[Board]) -> dict[str, tuple[float, float]]:
    """By indicator: its effective weight, and its share of the squared correlations of indicator and score."""
    rows = [row for board in boards for row in board.rows if row.score is not None]
    nominal = {leaf.code: np.mean([board.weights[leaf.code] for board in boards]) for leaf in scheme.indicators}
    scores = np.array([float(row.score or 0) for row in rows])
    parts = [{part.code: part.value for part in row.breakdown} for row in rows]
    strength = {leaf.code: _strength(leaf, parts, scores) for leaf in scheme.indicators}
    total = sum(strength.values())
    return {code: (float(weight), strength[code] / total if total else 0.0) for code, weight in nominal.items()}


def _real(scheme: Scheme, boards: list[Board]) -> Iterator[Remark]:
    for code, (weight, real) in influence(scheme, boards).items():
        if weight > SMALL and (real > 2 * weight or real < weight / 2):
            text = f"指标“{code}”名义权重 {weight:.1%},对得分的实际影响约 {real:.1%},相差一倍以上。"
            yield Remark("real", code, text)


def _strength(leaf: Indicator, parts: list[dict[str, float | None]], scores: Floats) -> float:
    column = np.array([np.nan if part.get(leaf.code) is None else part[leaf.code] for part in parts], float)
    pair = np.stack([column, scores], axis=1)
    return float(correlations(pair)[0, 1] ** 2) if len(pair) else 0.0
