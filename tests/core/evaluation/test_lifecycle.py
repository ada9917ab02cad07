"""The tables of states of an evaluation: every path is walked, every name used, the document current."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectown.core.evaluation.lifecycle import (
    DECIDE,
    EFFECTS,
    EVALUATION,
    IN_REPLY,
    MANAGE,
    NEEDS,
    OBJECTION,
    PUBLIC_STATES,
    SHOWN_TO_COUNTIES,
    TABLES,
    document,
)
from spectown.core.evaluation.schemelife import SCHEME
from tests.core.tables import check_step, reach

YEARLY = [move for table in (EVALUATION, OBJECTION) for move in table.moves]


@pytest.mark.parametrize("name", TABLES)
def test_every_move_of_every_state_is_made_and_refused(name: str) -> None:
    table = TABLES[name]
    assert reach(table, next(iter(table.labels))) == set(table.labels)
    for move in table.moves:
        for state in move.sources:
            check_step(table, move, state)


def test_every_name_is_used() -> None:
    assert {need for move in YEARLY for need in move.needs} == set(NEEDS)
    assert {effect for move in YEARLY for effect in move.effects} == set(EFFECTS)
    assert {move.code for move in YEARLY if move.reason} == {
        "unfreeze", "send_back", "correct", "reopen_freeze", "reopen_replies", "accept", "refuse", "reconsider",
    }  # fmt: skip
    assert {need for move in SCHEME.moves for need in move.needs} == set(SCHEME.needs)
    assert {effect for move in SCHEME.moves for effect in move.effects} == set(SCHEME.effects)
    assert SCHEME.move("approve").not_by == ("start", "send")
    assert EVALUATION.move("sign").not_by == ("finalise",)
    assert OBJECTION.move("send").not_by == ("raise",)
    assert {move.permission for move in EVALUATION.moves} == {MANAGE, DECIDE}


@given(st.lists(st.integers(0, 99), max_size=60))
def test_whatever_way_a_year_takes_nothing_is_skipped(choices: list[int]) -> None:
    """Any walk: what is public was computed, shown to the counties and signed after the last freeze; each way back
    says why; and from wherever it stands the year can still be brought to its end."""
    state, since = "draft", []
    for number in choices:
        moves = [move for move in EVALUATION.moves if state in move.sources]
        if not moves:
            break
        move = moves[number % len(moves)]
        state = move.target
        since = [] if move.code == "freeze" else [*since, move.code]
        if move.code == "publish":
            order = [since.index(code) for code in ("compute", "open_replies", "close_replies", "finalise", "sign")]
            assert order == sorted(order)
            last = {code: len(since) - since[::-1].index(code) for code in since}
            assert last["close_replies"] < last["finalise"] < last["sign"] < last["publish"]
            assert last.get("reopen_replies", 0) < last["close_replies"]
        if "begin_round" in move.effects or move.target == "returned":
            assert move.reason
        assert "closed" in reach(EVALUATION, state)
    assert SHOWN_TO_COUNTIES - PUBLIC_STATES == IN_REPLY


def test_the_document_is_generated() -> None:
    path = Path(__file__).parents[3] / "docs" / "algorithms" / "evaluation-states.md"
    assert path.read_text("utf-8") == document()
