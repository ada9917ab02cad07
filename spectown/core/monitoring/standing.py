"""Where a town stands among the towns of its category, and a small picture of its last periods."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from spectown.core.monitoring.indicator import Direction


@dataclass(frozen=True, slots=True)
class Standing:
    """`place` of `among` towns with a figure, the best first (the largest where no way is better); alike share it."""

    place: int
    among: int

    @property
    def shown(self) -> str:
        """第 3/18 位."""
        return f"第 {self.place}/{self.among} 位"


def standing(own: Decimal | None, figures: Sequence[Decimal | str], direction: Direction) -> Standing | None:
    """None without a figure of its own or of others. `figures`: of all, its own among them, the smallest first."""
    if own is None or len(figures) < 2:
        return None
    below = bisect_left(figures, own, key=Decimal)
    ahead = below if direction == Direction.DOWN else len(figures) - bisect_right(figures, own, below, key=Decimal)
    return Standing(ahead + 1, len(figures))


def sparkline(values: Sequence[Decimal | None], width: int = 96, height: int = 24) -> list[str]:
    """Points of polylines for an SVG, one for each stretch without a gap; a single point is drawn as a short line."""
    known = [value for value in values if value is not None]
    if len(known) < 3:
        return []
    low, span = min(known), (max(known) - min(known)) or Decimal(1)
    step = (width - 4) / max(len(values) - 1, 1)
    found: list[list[str]] = [[]]
    for at, value in enumerate(values):
        if value is None:
            found.append([])
            continue
        high = 2 + float((value - low) / span) * (height - 4)
        found[-1].append(f"{2 + at * step:.1f},{height - high:.1f}")
    return [" ".join(each if len(each) > 1 else each * 2) for each in found if each]
