"""What a move does beside the change of state (core.rounds.words.EFFECTS), by name, in the move's transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from spectown.core.rounds.words import EFFECTS as NAMES
from spectown.organisations.actors import Actor
from spectown.rounds.effects.corrections import CORRECTIONS
from spectown.rounds.effects.papers import due_document
from spectown.rounds.effects.pinning import PINNING
from spectown.rounds.effects.publicity import PUBLICITY
from spectown.rounds.effects.recheck import RECHECK
from spectown.rounds.effects.review import REVIEW
from spectown.rounds.effects.titles import TITLES
from spectown.rounds.facts import Facts
from spectown.rounds.models import Step

Effect = Callable[[Facts, Step, Actor], None]
# Clocks are read from the steps (rounds.course), fields are kept since nothing removes them: nothing is done for these.
READ_FROM_STEPS = ("start_clock", "pause_clock", "resume_clock", "stop_clock", "keep_fields")
PAPERS = {name: due_document(name.removeprefix("draft:")) for name in NAMES if name.startswith("draft:")}
EFFECTS: Mapping[str, Effect] = {
    **PINNING,
    **CORRECTIONS,
    **PAPERS,
    **PUBLICITY,
    **TITLES,
    **RECHECK,
    **REVIEW,
}


def apply(names: tuple[str, ...], facts: Facts, step: Step, by: Actor) -> None:
    """Carry out the effects of a move. Raises KeyError for one that nobody carries out."""
    for name in names:
        if name not in READ_FROM_STEPS:
            EFFECTS[name](facts, step, by)
