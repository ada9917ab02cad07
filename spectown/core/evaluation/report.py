"""An evaluation as JSON: the same for the command, for the sealed package and for whoever checks it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from spectown.core.evaluation.boards import Board, Part, Row
from spectown.core.evaluation.checkup import Remark
from spectown.core.evaluation.scheme import Scheme


def as_json(scheme: Scheme, boards: list[Board], remarks: list[Remark]) -> dict[str, Any]:
    """`{method, groups, sensitivity, remarks}`; shares are 0…1, scores 0…100 before bonus and deductions."""
    return {
        "method": _method(scheme),
        "groups": [{"name": board.name, "rows": [_row(row) for row in board.rows]} for board in boards],
        "sensitivity": [_sure(board) for board in boards],
        "remarks": [{"code": each.code, "about": each.about, "text": each.text} for each in remarks],
    }


def board_json(board: Board) -> dict[str, Any]:
    """One board, whole: `{rows, weights, variance, without}`."""
    sure = _sure(board)
    sure.pop("group")
    return {"rows": [_row(row) for row in board.rows], **sure}


def _sure(board: Board) -> dict[str, Any]:
    return {
        "group": board.name,
        "weights": {code: round(weight, 6) for code, weight in board.weights.items()},
        "variance": {source: round(share, 4) for source, share in board.shares.items()},
        "without": [
            {"indicator": each.code, "mean_shift": round(each.mean, 3), "largest_shift": each.largest}
            for each in board.dropped
        ],
    }


def _method(scheme: Scheme) -> dict[str, Any]:
    drawn = scheme.robustness
    return {
        "name": scheme.name,
        "normalisation": scheme.normalisation.value,
        "aggregation": scheme.aggregation.value,
        "missing": scheme.missing.value,
        "coverage": scheme.coverage,
        "digits": scheme.digits,
        "indicators": [leaf.code for leaf in scheme.indicators],
        "draws": drawn.draws,
        "seed": drawn.seed,
        "interval": [0.05, 0.95],
    }


def _row(row: Row) -> dict[str, Any]:
    interval = row.interval
    return {
        "name": row.name,
        "score": _number(row.score),
        "rank": row.rank,
        "rank_low": interval and interval.low,
        "rank_high": interval and interval.high,
        "p_top": interval and round(interval.top, 4),
        "p_bottom": interval and round(interval.bottom, 4),
        "coverage": round(row.coverage, 4),
        "band": row.band,
        "why": row.why,
        "noise": list(row.noise),
        "points": _number(row.points),
        "breakdown": [_part(part) for part in row.breakdown],
    }


def _part(part: Part) -> dict[str, Any]:
    value = None if part.value is None else round(part.value, 4)
    return {"code": part.code, "value": value, "weight": round(part.weight, 6), "raw": part.raw}


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
