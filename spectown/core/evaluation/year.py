"""The result of a year from its snapshot: level board, places among peers, progress board, what it calls for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import numpy as np

from spectown.core.evaluation.boards import Board, Row
from spectown.core.evaluation.consequences import Call, bottom_of, calls, top_of
from spectown.core.evaluation.evaluating import evaluate, vetoed
from spectown.core.evaluation.progress import Progress, progress
from spectown.core.evaluation.ranking import competition
from spectown.core.evaluation.report import board_json
from spectown.core.evaluation.scheme import Scheme
from spectown.core.evaluation.snapshot import Snapshot
from spectown.core.evaluation.table import Table, Unusable
from spectown.core.evaluation.tabulating import table_of
from spectown.core.evaluation.yearscheme import YearScheme


@dataclass(frozen=True, slots=True)
class Year:
    """All of a year. `peers`: group and place in it, by town that is ranked."""

    board: Board
    peers: Mapping[str, tuple[str, int]]
    ahead: tuple[Progress, ...]
    calls: tuple[Call, ...]

    def plain(self) -> dict[str, Any]:
        """As JSON: what the sealed package holds and what is stored."""
        return {
            "board": board_json(self.board),
            "peers": {town: list(place) for town, place in self.peers.items()},
            "progress": [_progress(each) for each in self.ahead],
            "calls": [{"town": c.town, "line": c.line, "critical": c.critical, "said": c.said} for c in self.calls],
        }


def year_of(snapshot: Snapshot, scheme: YearScheme) -> Year:
    """The same snapshot and scheme give the same result, to the last digit that is told. Raises Unusable."""
    if not snapshot.participants:
        raise Unusable("没有参加评估的专业镇。")
    table, reported = (table_of(snapshot, scheme, reported=told) for told in (False, True))
    lined = _lined(table, scheme)
    (board,) = evaluate(table, lined, reported)
    rules, ranked = scheme.consequences, ~vetoed(table, lined)
    weights = np.array([board.weights[leaf.code] for leaf in lined.indicators])
    share = rules.progress.share if rules.progress and rules.progress.share else lined.robustness.top
    ahead = progress(table, lined, weights, ranked, share)
    names = {code: each.name for code, each in snapshot.meanings.items()}
    return Year(board, _peers(snapshot, board), tuple(ahead), tuple(calls(board, ahead, rules, table, names)))


def scores_of(table: Table, scheme: Scheme) -> dict[str, Row]:
    """Rows by town without draws: what a playground and a search need."""
    (board,) = evaluate(table, scheme, robust=False)
    return {row.name: row for row in board.rows}


def _lined(table: Table, scheme: YearScheme) -> Scheme:
    """With lines written as scores turned into numbers of towns, for the probabilities."""
    own, rules = scheme.scheme, scheme.consequences
    if rules.commend.score is None and rules.supervise.score is None:
        return own
    rows = [row for row in scores_of(table, own).values() if row.rank is not None]
    first, last = max(1, top_of(rules.commend, rows)), max(1, bottom_of(rules.supervise, rows))
    return replace(own, robustness=replace(own.robustness, top=first, bottom=last))


def _peers(snapshot: Snapshot, board: Board) -> dict[str, tuple[str, int]]:
    """Places in the peer groups, of the same scores: two boards never contradict each other."""
    groups = {each.name: each.group for each in snapshot.participants}
    by_group: dict[str, list[Row]] = defaultdict(list)
    for row in board.rows:
        if row.rank is not None:
            by_group[groups[row.name]].append(row)
    found: dict[str, tuple[str, int]] = {}
    for name, rows in by_group.items():
        places = competition([(Decimal(-(row.rank or 0)),) for row in rows])
        found |= {row.name: (name, place) for row, place in zip(rows, places, strict=True)}
    return found


def _progress(each: Progress) -> dict[str, Any]:
    interval = each.interval
    return {
        "name": each.name,
        "gain": None if each.gain is None else float(each.gain),
        "rank": each.rank,
        "rank_low": interval and interval.low,
        "rank_high": interval and interval.high,
        "p_top": interval and round(interval.top, 4),
        "coverage": round(each.coverage, 4),
        "parts": [{"code": code, "value": round(value, 4)} for code, value in each.parts],
    }
