"""Conditions of moves by name (core.rounds.words.NEEDS): sentences that say what is lacking, () = it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from spectown.rounds.conditions.decision import DECISION
from spectown.rounds.conditions.examination import EXAMINATION
from spectown.rounds.conditions.intake import INTAKE
from spectown.rounds.conditions.publicity import PUBLICITY
from spectown.rounds.conditions.recheck import RECHECK
from spectown.rounds.conditions.review import REVIEW
from spectown.rounds.facts import Facts

Condition = Callable[[Facts], tuple[str, ...]]
CONDITIONS: Mapping[str, Condition] = {
    **INTAKE,
    **EXAMINATION,
    **DECISION,
    **PUBLICITY,
    **RECHECK,
    **REVIEW,
}


class Asked(Mapping[str, tuple[str, ...]]):
    """The conditions of one case, each worked out when it is asked for."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def __getitem__(self, name: str) -> tuple[str, ...]:
        """Sentences of what is lacking. Raises KeyError for an unknown name."""
        return CONDITIONS[name](self._facts)

    def __iter__(self) -> Iterator[str]:
        """All names."""
        return iter(CONDITIONS)

    def __len__(self) -> int:
        """How many there are."""
        return len(CONDITIONS)
