"""The tables of states: every path is walked, every name is known, the document is current."""

from pathlib import Path

import pytest

from spectown.core.monitoring import course
from spectown.core.monitoring.course import CELL, SHEET, TABLES, counted, document
from spectown.core.monitoring.values import MISSING, figure
from spectown.core.monitoring.words import CERTIFY, CHECK, EFFECTS, FILL, MANAGE, NEEDS
from tests.core.tables import check_step, reach

ROOT = Path(__file__).parents[3]
MOVES = [move for table in TABLES.values() for move in table.moves]


@pytest.mark.parametrize("name", TABLES)
def test_every_move_of_every_state_is_made_and_refused(name: str) -> None:
    """Neither table has an end (what is locked can be unlocked), so each state's moves are tried where they begin."""
    table = TABLES[name]
    assert reach(table, next(iter(table.labels))) == set(table.labels)
    for move in table.moves:
        for state in move.sources:
            check_step(table, move, state)


def test_every_state_leads_to_where_it_counts() -> None:
    assert all("locked" in reach(SHEET, state) for state in SHEET.labels)
    assert all(reach(CELL, state) & course.SETTLED for state in CELL.labels)


def test_every_name_is_known_and_used() -> None:
    assert {move.permission for move in MOVES} == {FILL, CHECK, CERTIFY, MANAGE}
    assert {need for move in MOVES for need in move.needs} == set(NEEDS)
    assert {effect for move in MOVES for effect in move.effects} == set(EFFECTS)


def test_whatever_goes_back_or_differs_says_why() -> None:
    told = {move.code for move in MOVES if move.reason}
    assert told == {"unit_return", "send_back", "unlock", "differ", "bureau_return", "office_return"}
    assert {move.code for move in MOVES if move.not_by} == {"check", "send", "unlock", "resubmit"}


def test_the_certified_figure_counts() -> None:
    assert counted(figure(5), None) == figure(5)
    assert counted(figure(5), figure(4)) == figure(4)
    assert counted(figure(5), MISSING) == MISSING


def test_the_document_is_generated() -> None:
    assert (ROOT / "docs" / "algorithms" / "monitoring-states.md").read_text("utf-8") == document()
