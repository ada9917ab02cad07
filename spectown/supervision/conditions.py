"""Conditions that all kinds share (core.supervision.words.NEEDS): sentences of what is lacking, () = it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spectown.supervision.facts import Facts
from spectown.supervision.registry import Condition


def own_unit(facts: Facts) -> tuple[str, ...]:
    """Whoever has to do it does it."""
    holder = facts.work.holder
    if holder is None:
        return ("还没有指定承办单位。",)
    return () if holder.pk == facts.by.unit_id else (f"这一步由承办单位{holder}办理。",)


def other_unit(facts: Facts) -> tuple[str, ...]:
    """Somebody of another unit does it."""
    holder = facts.work.holder
    return (f"这一步须由承办单位{holder}以外的人办理。",) if holder and holder.pk == facts.by.unit_id else ()


SHARED: Mapping[str, Condition] = {"own_unit": own_unit, "other_unit": other_unit}


class Asked(Mapping[str, tuple[str, ...]]):
    """The conditions of one piece of work, each worked out when it is asked for."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._known = {**SHARED, **facts.kind.conditions}

    def __getitem__(self, name: str) -> tuple[str, ...]:
        """Sentences of what is lacking. Raises KeyError for a condition that the kind does not know."""
        if self._facts.asking and name in self._facts.kind.filled:
            return ()
        return self._known[name](self._facts)

    def __iter__(self) -> Iterator[str]:
        """All names."""
        return iter(self._known)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._known)
