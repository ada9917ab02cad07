"""Weights that data or nothing at all propose for the children of a node; a person takes them over, or not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from spectown.core.evaluation.aggregating import Climb, filled
from spectown.core.evaluation.drawing import Ground
from spectown.core.evaluation.pairwise import in_percent
from spectown.core.evaluation.scheme import Indicator, Node, Scheme, Weighting
from spectown.core.evaluation.table import Floats, Table
from spectown.core.evaluation.weighting import critic, effective, entropy


@dataclass(frozen=True, slots=True)
class Proposal:
    """One way of weighting a node's children, in per cent by code."""

    weighting: Weighting
    weights: dict[str, float]


def proposals(scheme: Scheme, code: str, table: Table | None) -> list[Proposal]:
    """Equal always; entropy and CRITIC where there are figures of two children or more. Raises Unusable."""
    node = next(each for each in _nodes(scheme.root) if each.code == code)
    codes = [child.code for child in node.children]
    if not codes:
        return []
    found = [Proposal(Weighting.EQUAL, dict(zip(codes, in_percent(np.ones(len(codes))), strict=True)))]
    if table is None or len(codes) < 2:
        return found
    values = _values(scheme, node, table)
    for weighting, rule in ((Weighting.ENTROPY, entropy), (Weighting.CRITIC, critic)):
        found.append(Proposal(weighting, dict(zip(codes, in_percent(rule(values)), strict=True))))
    return found


def _values(scheme: Scheme, node: Node, table: Table) -> Floats:
    """What the children of a node have (n, children), 0 to 1: indicators normalised, dimensions their score.

    NaN where nothing beneath was reported.
    """
    ground = Ground(scheme, (table,), np.zeros(len(table.names)), np.arange(len(table.names)))
    leaves = ground.values(0, scheme.normalisation)
    places = {leaf.code: place for place, leaf in enumerate(scheme.indicators)}
    beneath = [child.leaves() if isinstance(child, Node) else [child] for child in node.children]
    columns = [leaves[:, [places[leaf.code] for leaf in below]] for below in beneath]
    return np.stack([_value(scheme, *pair) for pair in zip(node.children, columns, strict=True)], axis=1)


def _value(scheme: Scheme, child: Node | Indicator, own: Floats) -> Floats:
    if isinstance(child, Indicator):
        return own[:, 0]
    climb = Climb(filled(own, scheme.missing), effective(child, own)[None, :], scheme.aggregation)
    found: Floats = np.where(np.isnan(own).all(axis=1), np.nan, climb.value(child)[0][0])
    return found


def _nodes(node: Node) -> list[Node]:
    return [node, *(each for child in node.children if isinstance(child, Node) for each in _nodes(child))]
