"""The tables of dated work: every path is walked, every name is known, the document is current."""

from collections import Counter
from pathlib import Path

import pytest

from spectown.core.supervision import words
from spectown.core.supervision.states import TABLES, document
from spectown.core.supervision.words import EFFECTS, NEEDS
from tests.core.tables import check_step, reach, walks

ROOT = Path(__file__).parents[3]
PERMISSIONS = {words.PLAN, words.DECIDE, words.FILL, words.CHECK, words.RAISE, words.VERIFY}
ENDS = {"措施": {"verified", "cancelled"}, "进展报告": {"acknowledged"}, "督办通知书": {"closed", "withdrawn"}}
ENDS |= {"专项检查": {"done", "cancelled"}}
ENDS |= {"延期": {"granted", "refused", "withdrawn"}, "问题": {"withdrawn"}}  # what is solved can be reopened
MOVES = [move for table in TABLES.values() for move in table.moves]


@pytest.mark.parametrize("name", TABLES)
def test_every_state_is_reached_and_leads_to_an_end(name: str) -> None:
    table = TABLES[name]
    ends = next(found for word, found in ENDS.items() if word in name)
    start = next(iter(table.labels))
    assert {s for s in table.labels if not any(s in m.sources for m in table.moves)} == ends
    assert reach(table, start) == set(table.labels)
    assert all(reach(table, state) & (ends | {"solved"}) for state in table.labels)


@pytest.mark.parametrize("name", TABLES)
def test_every_path_is_walked(name: str) -> None:
    table = TABLES[name]
    start, steps = next(iter(table.labels)), set()
    for walk in walks(table, start, Counter([start])):
        state = start
        for move in walk:
            if (state, move.code) not in steps:
                steps.add((state, move.code))
                check_step(table, move, state)
            state = move.target
    assert steps == {(source, move.code) for move in table.moves for source in move.sources}


def test_every_name_is_known_and_used() -> None:
    assert {move.permission for move in MOVES} == PERMISSIONS
    assert {need for move in MOVES for need in move.needs} == set(NEEDS)
    assert {effect for move in MOVES for effect in move.effects} == set(EFFECTS)


def test_nobody_verifies_or_decides_about_own_work() -> None:
    for move in MOVES:
        if move.permission == words.VERIFY and not move.reason:
            assert move.not_by
            assert "other_unit" in move.needs
        if move.code in {"approve", "issue", "grant", "refuse", "send"} and move.permission != words.CHECK:
            assert move.not_by


def test_whatever_goes_back_says_why() -> None:
    backward = {
        "back_to_draft",
        "unit_return",
        "send_back",
        "not_verified",
        "not_confirmed",
        "reopen",
        "object",
        "withdraw",
    }
    told = [m for m in MOVES if m.code in backward and m.permission not in {words.CHECK, words.RAISE}]
    assert all(move.reason for move in told)


def test_the_document_is_generated() -> None:
    assert (ROOT / "docs" / "algorithms" / "supervision-states.md").read_text("utf-8") == document()
