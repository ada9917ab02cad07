"""Did it help (督办成效): a figure named at issue, then and later. Prose: docs/algorithms/notices.md."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Better(StrEnum):
    """Which way the figure should go."""

    UP = "up"
    DOWN = "down"

    @property
    def label(self) -> str:
        """Chinese label for the screen."""
        return {"up": "上升为好", "down": "下降为好"}[self.value]


class Answer(StrEnum):
    """What can be said."""

    MOVED = "moved"
    STILL = "still"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """Chinese label for the screen."""
        return {"moved": "有好转", "still": "没有好转", "unknown": "不能判断"}[self.value]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer with both values in one sentence."""

    answer: Answer
    said: str


def outcome(before: Decimal | None, after: Decimal | None, better: Better, unit: str = "") -> Outcome:
    """Compare a figure at issue with the same figure later; a missing one is not 0, so nothing can be said then."""
    values = f"签发时{_shown(before, unit)},现在{_shown(after, unit)}"
    if before is None or after is None:
        return Outcome(Answer.UNKNOWN, f"{values},不能判断。")
    if before == after:
        return Outcome(Answer.STILL, f"{values},没有变化。")
    if (after > before) == (better is Better.UP):
        return Outcome(Answer.MOVED, f"{values},有好转。")
    return Outcome(Answer.STILL, f"{values},反而变差。")


def _shown(value: Decimal | None, unit: str) -> str:
    return "没有数据" if value is None else f" {value.normalize():f}{unit}"
