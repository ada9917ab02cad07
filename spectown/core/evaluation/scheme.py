"""What a scheme (评估方案) says: indicators in a tree of dimensions, and everything that decides between towns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from decimal import Decimal
from enum import StrEnum

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

STRICT = ConfigDict(extra="forbid")


class Normalisation(StrEnum):
    """How a raw value becomes 0…1."""

    MINMAX = "minmax"
    GOALPOSTS = "goalposts"
    ZSCORE = "zscore"
    RANK = "rank"
    PERCENTILE = "percentile"
    TARGET = "target"
    ATTAINMENT = "attainment"
    EFFICACY = "efficacy"
    PLACES = "places"
    VECTOR = "vector"


class Aggregation(StrEnum):
    """How children make their parent; TOPSIS only for the whole."""

    ARITHMETIC = "arithmetic"
    GEOMETRIC = "geometric"
    TOPSIS = "topsis"


class Missing(StrEnum):
    """What stands for a value that was not reported."""

    DROP = "drop"
    MEAN = "mean"
    ZERO = "zero"


class Weighting(StrEnum):
    """Where the weights of a node's children come from."""

    ENTERED = "entered"
    EQUAL = "equal"
    ENTROPY = "entropy"
    CRITIC = "critic"
    AHP = "ahp"


@dataclass(frozen=True, slots=True, config=STRICT)
class Indicator:
    """A leaf. `posts`: worst and best, floor and goal (不允许值、满意值); units are those of the table's column."""

    code: str
    column: str
    weight: float = 1.0
    reversed: bool = False
    normalisation: Normalisation | None = None
    posts: tuple[float, float] | None = None
    target: float | None = None
    cap: float = 1.0
    log: bool = False
    previous: str = ""
    dynamic: float = 0.0
    clause: str = ""  # of the plan; nothing is worked out from it


@dataclass(frozen=True, slots=True, config=STRICT)
class Node:
    """A dimension. `pairs`: AHP judgements (code, code, how many times as important); `basis`: whence the weights of
    its children, in words (nothing is worked out from it)."""

    code: str
    children: tuple[Node | Indicator, ...]
    weight: float = 1.0
    weighting: Weighting = Weighting.ENTERED
    aggregation: Aggregation | None = None
    pairs: tuple[tuple[str, str, float], ...] = ()
    clause: str = ""
    basis: str = ""

    def leaves(self) -> Iterator[Indicator]:
        """All indicators beneath, in order."""
        for child in self.children:
            if isinstance(child, Node):
                yield from child.leaves()
            else:
                yield child


@dataclass(frozen=True, slots=True, config=STRICT)
class Adjustment:
    """Bonus (points > 0 a unit of the column) or deduction (< 0), at most `cap` points either way."""

    column: str
    points: float
    cap: float


@dataclass(frozen=True, slots=True, config=STRICT)
class Band:
    """A grade from a score on; a scheme lists the highest first."""

    name: str
    low: float


@dataclass(frozen=True, slots=True, config=STRICT)
class Robustness:
    """What is drawn: see docs/algorithms/evaluation.md. `top`, `bottom`: a share below 1, or how many."""

    draws: int = 10_000
    seed: int = 1
    weights: float | None = 100.0
    normalisations: tuple[Normalisation, ...] = ()
    aggregations: tuple[Aggregation, ...] = ()
    missing: tuple[Missing, ...] = ()
    top: float = 0.2
    bottom: float = 0.2


@dataclass(frozen=True, slots=True, config=STRICT)
class Scheme:
    """Everything that decides; the same scheme, table and seed give the same result."""

    root: Node
    name: str = ""
    normalisation: Normalisation = Normalisation.MINMAX
    aggregation: Aggregation = Aggregation.ARITHMETIC
    missing: Missing = Missing.DROP
    coverage: float = 0.6
    digits: int = 2
    group: str = ""
    ties: tuple[str, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    vetoes: tuple[str, ...] = ()
    bands: tuple[Band, ...] = ()
    robustness: Robustness = field(default_factory=Robustness)

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """All leaves, in order: the columns of every matrix here."""
        return tuple(self.root.leaves())

    def band_of(self, score: Decimal) -> str:
        """Name of the first grade (the highest come first) that the score reaches; '' = none."""
        return next((band.name for band in self.bands if score >= Decimal(str(band.low))), "")
