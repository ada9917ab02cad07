"""A light (灯): level, word, why, and by which setting. Rules make lights; nobody sets one by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """Levels, worst first; `blue`: due soon; `grey`: not reported; `none`: not asked now."""

    RED = "red"
    YELLOW = "yellow"
    GREY = "grey"
    BLUE = "blue"
    GREEN = "green"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Light:
    """One light: which rule, how bad, in a word, why in one line, and by what setting."""

    rule: str
    level: Level
    word: str
    reason: str
    source: str = ""


def overall(found: Sequence[Light]) -> Light:
    """The worst light; of equal ones the first."""
    order = list(Level)
    return min(found, key=lambda light: order.index(light.level))
