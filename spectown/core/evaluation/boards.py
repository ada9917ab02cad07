"""What an evaluation answers with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from spectown.core.evaluation.drawing import Interval
from spectown.core.evaluation.sensitivity import Dropped

VETOED, THIN = "一票否决", "覆盖不足"


@dataclass(frozen=True, slots=True)
class Part:
    """A dimension or indicator of one town: 0…100 (None: left out), effective weight, raw value (None: unreported)."""

    code: str
    value: float | None
    weight: float
    raw: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One town. `score` None: covered too little; `rank` None: not ranked, `why` says why not.

    `noise`: cut lines ("top", "bottom") that its interval crosses; `points`: bonus and deductions within the score.
    """

    name: str
    score: Decimal | None
    coverage: float
    rank: int | None = None
    interval: Interval | None = None
    band: str = ""
    why: str = ""
    noise: tuple[str, ...] = ()
    points: Decimal = Decimal(0)
    breakdown: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Board:
    """One peer group, the best first; effective weights by indicator; what the ranks hang on."""

    name: str
    rows: tuple[Row, ...]
    weights: Mapping[str, float]
    shares: Mapping[str, float] = field(default_factory=dict)
    dropped: tuple[Dropped, ...] = ()
