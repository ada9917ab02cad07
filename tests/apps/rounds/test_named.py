"""Every need and effect that a table of states names has somebody who looks at it or carries it out."""

import pytest

from spectown.core.rounds.lifecycles import ROUND
from spectown.core.rounds.states import CASES
from spectown.core.rounds.words import RoundKind
from spectown.rounds.conditions import CONDITIONS
from spectown.rounds.conditions.decision import DECIDED
from spectown.rounds.effects import EFFECTS, READ_FROM_STEPS
from spectown.rounds.services import round_moves


@pytest.mark.parametrize("kind", RoundKind)
def test_every_need_of_a_case_is_looked_at(kind: RoundKind) -> None:
    needs = {need for move in CASES[kind].moves for need in move.needs}
    assert sorted(needs - set(CONDITIONS)) == []


@pytest.mark.parametrize("kind", RoundKind)
def test_every_effect_of_a_case_is_carried_out(kind: RoundKind) -> None:
    effects = {effect for move in CASES[kind].moves for effect in move.effects}
    assert sorted(effects - set(EFFECTS) - set(READ_FROM_STEPS)) == []


def test_every_move_that_needs_a_decision_says_which() -> None:
    moves = {m.code for table in CASES.values() for m in table.moves if "decision_recorded" in m.needs}
    assert moves == set(DECIDED)


def test_every_need_of_a_round_is_looked_at() -> None:
    assert {need for move in ROUND.moves for need in move.needs} == set(round_moves.CONDITIONS)
