"""Agenda of a progress meeting (工作推进会) from what is really red. Prose: docs/algorithms/notices.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ORDER = ("project", "notice", "measure", "problem")  # of equal weight: what needs a leader first
WORDS = {"project": "重大项目", "notice": "督办通知书", "measure": "措施", "problem": "问题"}


@dataclass(frozen=True, slots=True)
class Red:
    """Something red. `key`: what it is (`project:7`); `leader`: somebody asked for a leader's help; `days`: overdue."""

    key: str
    title: str
    unit: str
    why: str
    leader: bool = False
    days: int = 0

    @property
    def kind(self) -> str:
        """Kind of thing."""
        return self.key.partition(":")[0]


def _rank(red: Red) -> tuple[bool, int, int, int, str]:
    """The key last, by its number: project:9 before project:10."""
    return not red.leader, -red.days, ORDER.index(red.kind), len(red.key), red.key


def agenda(found: Sequence[Red], most: int) -> list[Red]:
    """The worst first: where a leader's help was asked for, then the longest overdue, then by kind."""
    ranked = sorted(found, key=_rank)
    return ranked[:most]
