"""Weights that data or nothing at all propose for the indicators of a node; a person takes them over, or not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from spectown.core.evaluation.drawing import Ground
from spectown.core.evaluation.pairwise import in_percent
from spectown.core.evaluation.scheme import Indicator, Node, Scheme, Weighting
from spectown.core.evaluation.table import Table
from spectown.core.evaluation.weighting import critic, entropy


@dataclass(frozen=True, slots=True)
class Proposal:
    """One way of weighting a node's children, in per cent by code."""

    weighting: Weighting
    weights: dict[str, float]


def proposals(scheme: Scheme, code: str, table: Table | None) -> list[Proposal]:
    """Equal always; entropy and CRITIC where all children are indicators and there are figures. Raises Unusable."""
    node = next(each for each in _nodes(scheme.root) if each.code == code)
    codes = [child.code for child in node.children]
    if not codes:
        return []
    found = [Proposal(Weighting.EQUAL, dict(zip(codes, in_percent(np.ones(len(codes))), strict=True)))]
    if table is None or len(codes) < 2 or not all(isinstance(child, Indicator) for child in node.children):
        return found
    ground = Ground(scheme, (table,), np.zeros(len(table.names)), np.arange(len(table.names)))
    leaves = [leaf.code for leaf in scheme.indicators]
    values = ground.values(0, scheme.normalisation)[:, [leaves.index(each) for each in codes]]
    for weighting, rule in ((Weighting.ENTROPY, entropy), (Weighting.CRITIC, critic)):
        found.append(Proposal(weighting, dict(zip(codes, in_percent(rule(values)), strict=True))))
    return found


def _nodes(node: Node) -> list[Node]:
    return [node, *(each for child in node.children if isinstance(child, Node) for each in _nodes(child))]
