"""Weights: among siblings, and effective ones of the leaves. Formulas: docs/algorithms/evaluation.md."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from spectown.core.evaluation.scheme import Indicator, Node, Weighting
from spectown.core.evaluation.table import Floats, Unusable

# Saaty's mean consistency index of random matrices by size.
RANDOM_INDEX = (0.0, 0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)


def effective(node: Node, values: Floats, share: float = 1.0) -> Floats:
    """Effective weight of each leaf beneath (m,), adding up to `share`; `values`: their normalised columns (n, m)."""
    parts, at = [], 0
    for child, own in zip(node.children, shares(node, values), strict=True):
        if isinstance(child, Indicator):
            parts.append(np.array([share * own]))
            at += 1
        else:
            width = sum(1 for _leaf in child.leaves())
            parts.append(effective(child, values[:, at : at + width], share * own))
            at += width
    return np.concatenate(parts)


def shares(node: Node, values: Floats) -> Floats:
    """Weights among the children, adding up to 1. Raises Unusable."""
    entered = np.array([child.weight for child in node.children], float)
    if node.weighting == Weighting.EQUAL:
        entered = np.ones(len(entered))
    elif node.weighting == Weighting.AHP:
        entered = ahp(judgements(node))[0]
    elif node.weighting in FROM_VALUES:
        if any(isinstance(child, Node) for child in node.children):
            raise Unusable(f"“{node.code}”下有分维度,熵权法和 CRITIC 法只能用在指标上。请改用 entered、equal 或 ahp。")
        entered = FROM_VALUES[node.weighting](values)
    if (entered < 0).any() or not entered.sum() > 0:
        raise Unusable(f"“{node.code}”下各项的权重不能为负,合计须大于 0。")
    found: Floats = entered / entered.sum()
    return found


def entropy(values: Floats) -> Floats:
    """Entropy weights of normalised columns (n, m)."""
    known = np.nan_to_num(values, nan=0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = known / known.sum(axis=0)
        terms = np.where(p > 0, p * np.log(p), 0.0)
    spread = 1 + terms.sum(axis=0) / np.log(max(len(values), 2))
    return _or_equal(np.where(known.sum(axis=0) > 0, np.maximum(spread, 0), 0.0))


def critic(values: Floats) -> Floats:
    """CRITIC weights of normalised columns (n, m); pairs are compared over the towns that reported both."""
    sd = np.array(
        [column[~np.isnan(column)].std(ddof=1) if (~np.isnan(column)).sum() > 1 else 0 for column in values.T]
    )
    return _or_equal(sd * (1 - correlations(values)).sum(axis=1))


def correlations(values: Floats) -> Floats:
    """Correlation of each pair of columns over the rows where both are known; 0 where it cannot be told."""
    count = values.shape[1]
    found = np.eye(count)
    for i in range(count):
        for j in range(i):
            both = values[~np.isnan(values[:, [i, j]]).any(axis=1)][:, [i, j]]
            told = len(both) > 1 and (np.ptp(both, axis=0) > 0).all()
            found[i, j] = found[j, i] = float(np.asarray(np.corrcoef(both.T))[0, 1]) if told else 0.0
    return found


def _or_equal(weights: Floats) -> Floats:
    return weights if weights.sum() > 0 else np.ones(len(weights))


def judgements(node: Node) -> Floats:
    """Matrix of pairwise comparisons of the children; each pair once. Raises Unusable."""
    codes = [child.code for child in node.children]
    matrix = np.full((len(codes), len(codes)), np.nan)
    np.fill_diagonal(matrix, 1)
    for first, second, times in node.pairs:
        if first not in codes or second not in codes or first == second or not times > 0:
            raise Unusable(f"“{node.code}”的两两比较 {first}/{second} 不可用:须是其下不同的两项,倍数大于 0。")
        i, j = codes.index(first), codes.index(second)
        matrix[i, j], matrix[j, i] = times, 1 / times
    lacking = np.argwhere(np.isnan(matrix))
    if lacking.size:
        raise Unusable(f"“{node.code}”缺少两两比较 {codes[lacking[0][0]]}/{codes[lacking[0][1]]}。")
    return matrix


def ahp(matrix: Floats) -> tuple[Floats, float]:
    """Weights (principal eigenvector) and consistency ratio of a matrix of judgements. Raises Unusable above 10."""
    size = len(matrix)
    if size >= len(RANDOM_INDEX):
        raise Unusable("层次分析法一层最多比较 10 项,请再分一层。")
    roots, vectors = np.linalg.eig(matrix)
    first = int(np.argmax(roots.real))
    weights = np.abs(vectors[:, first].real)
    if RANDOM_INDEX[size] == 0:
        return weights / weights.sum(), 0.0
    index = (roots[first].real - size) / (size - 1)
    return weights / weights.sum(), max(0.0, float(index / RANDOM_INDEX[size]))


FROM_VALUES: Mapping[Weighting, Callable[[Floats], Floats]] = {Weighting.ENTROPY: entropy, Weighting.CRITIC: critic}
