"""Documents that a move calls for: noted as due with the case, drafted from its page by whoever may draft."""

from __future__ import annotations

from collections.abc import Callable

from spectown.organisations.actors import Actor
from spectown.rounds.facts import Facts
from spectown.rounds.models import DueDocument, Step


def due_document(kind: str) -> Callable[[Facts, Step, Actor], None]:
    """The effect that notes a document of this kind as due."""

    def note(facts: Facts, step: Step, _by: Actor) -> None:
        DueDocument.objects.create(case=facts.case, step=step, kind=kind)

    return note
