"""The tables of states of an evaluation: every path is walked, every name used, the document current."""

from pathlib import Path

import pytest

from spectown.core.evaluation.lifecycle import DECIDE, EFFECTS, EVALUATION, MANAGE, NEEDS, OBJECTION, TABLES, document
from tests.core.tables import check_step, reach

MOVES = [move for table in TABLES.values() for move in table.moves]


@pytest.mark.parametrize("name", TABLES)
def test_every_move_of_every_state_is_made_and_refused(name: str) -> None:
    table = TABLES[name]
    assert reach(table, next(iter(table.labels))) == set(table.labels)
    for move in table.moves:
        for state in move.sources:
            check_step(table, move, state)


def test_every_name_is_used() -> None:
    assert {need for move in MOVES for need in move.needs} == set(NEEDS)
    assert {effect for move in MOVES for effect in move.effects} == set(EFFECTS)
    assert {move.code for move in MOVES if move.reason} == {"unfreeze", "send_back", "accept", "refuse"}
    assert EVALUATION.move("sign").not_by == ("finalise",)
    assert OBJECTION.move("send").not_by == ("raise",)
    assert {move.permission for move in EVALUATION.moves} == {MANAGE, DECIDE}


def test_the_document_is_generated() -> None:
    path = Path(__file__).parents[3] / "docs" / "algorithms" / "evaluation-states.md"
    assert path.read_text("utf-8") == document()
