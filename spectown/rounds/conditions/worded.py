"""Conditions in words: the facts of a stored case through core.rounds.conditions, the only place of the sentences."""

from __future__ import annotations

from typing import Any

from spectown.core.rounds.conditions import CaseFacts, conditions

Sentences = tuple[str, ...]


def lacking(name: str, **known: Any) -> Sentences:
    """One condition from the facts it speaks of."""
    return conditions(CaseFacts(**known))[name]
