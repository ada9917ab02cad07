"""The scheme of a year as the plan's evaluation.yaml writes it: a Scheme, and all around it that decides."""

from __future__ import annotations

from pydantic.dataclasses import dataclass

from spectown.core.evaluation.scheme import STRICT, Scheme

GENERAL = "evaluation"  # code of the scheme for all categories that have none to themselves
PREVIOUS = "@上年"  # behind the code of an indicator: the column of last year's figures


@dataclass(frozen=True, slots=True, config=STRICT)
class PeerGroup:
    """Categories of towns that are compared with each other (同类组)."""

    name: str
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True, config=STRICT)
class Term:
    """So many working days."""

    days: int
    source: str


@dataclass(frozen=True, slots=True, config=STRICT)
class Item:
    """Bonus (`points` > 0 each) or deduction (< 0), at most `cap` points in all."""

    code: str
    label: str
    points: float
    cap: float
    clause: str
    unit: str = ""


@dataclass(frozen=True, slots=True, config=STRICT)
class Veto:
    """What takes a town out of the ranking (一票否决)."""

    code: str
    label: str
    clause: str


@dataclass(frozen=True, slots=True, config=STRICT)
class Line:
    """Where a consequence begins: a `share` of the towns, or a `score`; `least`: and at least so many points."""

    source: str
    share: float | None = None
    score: float | None = None
    least: float | None = None


@dataclass(frozen=True, slots=True, config=STRICT)
class Slow:
    """建设进度较慢: an indicator below a figure; the second trigger, which no rank decides."""

    indicator: str
    below: float
    source: str


@dataclass(frozen=True, slots=True, config=STRICT)
class Consequences:
    """表扬 by rank and by progress, 督办 by rank and by slow progress."""

    commend: Line
    supervise: Line
    progress: Line | None = None
    slow: Slow | None = None


@dataclass(frozen=True, slots=True, config=STRICT)
class YearScheme:
    """In force from an evaluated year on. `levels`: of the towns that take part; `scheme`: how they are scored.

    `code`: the same for all versions of a scheme; `categories`: those that have this scheme to themselves, with `label`
    in a word; `ended`: no longer in force from this year on, its categories are the general scheme's again.
    """

    year: int
    name: str
    clause: str
    source: str
    levels: tuple[str, ...]
    groups: tuple[PeerGroup, ...]
    reply: Term
    scheme: Scheme
    consequences: Consequences
    items: tuple[Item, ...] = ()
    vetoes: tuple[Veto, ...] = ()
    code: str = GENERAL
    label: str = ""
    categories: tuple[str, ...] = ()
    ended: bool = False

    def group_of(self, category: str) -> str:
        """Name of the peer group of a category; 其他 where none has it."""
        return next((group.name for group in self.groups if category in group.categories), "其他")
