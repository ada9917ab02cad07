"""The tables of states: every path is walked, every name is known, the document is current, who has the ball."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from spectown.core.rounds import words
from spectown.core.rounds.ball import TURNS, Entry, Holder, ball, turn_of
from spectown.core.rounds.describe import document
from spectown.core.rounds.lifecycles import OBJECTION, ROUND, TITLE
from spectown.core.rounds.recheck import RECHECK
from spectown.core.rounds.recommendation import RECOMMENDATION
from spectown.core.rounds.states import CASES, FIRST
from spectown.core.rounds.words import EFFECTS, NEEDS
from spectown.core.workdays import Calendar
from spectown.core.workflow import Workflow
from tests.core.tables import check_step, reach, walks

ROOT = Path(__file__).parents[3]
TABLES = {
    **{kind.value: table for kind, table in CASES.items()},
    "round": ROUND,
    "objection": OBJECTION,
    "title": TITLE,
}
ENDS = {
    "first": {"certified", "refused", "not_accepted", "withdrawn"},
    "recheck": {"kept", "revoked_finally"},
    "recommendation": {"not_recommended", "province_awarded", "province_declined", "not_accepted", "withdrawn"},
    "round": {"closed"},
    "objection": {"not_accepted", "upheld", "dismissed", "withdrawn"},
    "title": {"given_up", "expired"},
}
STARTS = {"objection": "raised", "title": "valid"}
PERMISSIONS = {
    words.FILL,
    words.CHECK,
    words.MANAGE,
    words.EXAMINE,
    words.PROPOSE,
    words.DECIDE,
    words.PUBLISH,
    words.AWARD,
}


@pytest.mark.parametrize("name", TABLES)
def test_ends_are_the_states_without_a_move(name: str) -> None:
    table = TABLES[name]
    assert {s for s in table.labels if not any(s in m.sources for m in table.moves)} == ENDS[name]


@pytest.mark.parametrize("name", TABLES)
def test_every_state_and_move_is_reached_and_every_state_leads_to_an_end(name: str) -> None:
    table, start = TABLES[name], STARTS.get(name, "draft")
    assert reach(table, start) == set(table.labels)
    assert all(reach(table, state) & ENDS[name] for state in table.labels)


@pytest.mark.parametrize("name", TABLES)
def test_every_name_of_a_table_is_known(name: str) -> None:
    table = TABLES[name]
    for move in table.moves:
        assert move.permission in PERMISSIONS
        assert set(move.needs) <= set(NEEDS)
        assert set(move.effects) <= set(EFFECTS)
        assert {*move.sources, move.target} <= set(table.labels)
    assert len({move.code for move in table.moves}) == len(table.moves)


def test_every_condition_and_effect_is_used() -> None:
    moves = [move for table in TABLES.values() for move in table.moves]
    assert {need for move in moves for need in move.needs} == set(NEEDS)
    assert {effect for move in moves for effect in move.effects} == set(EFFECTS)


def test_documents_to_draft_are_kinds_of_the_plan() -> None:
    folder = ROOT / "plans" / "changzhi-2023" / "documents"
    kinds = {effect.removeprefix("draft:") for effect in EFFECTS if effect.startswith("draft:")}
    assert {kind for kind in kinds if not (folder / f"{kind}.yaml").exists()} == set()


@pytest.mark.parametrize("name", ["first", "recheck", "recommendation"])
def test_every_path_is_walked(name: str) -> None:
    """With all conditions met each walk goes through; without permission, person or condition each step is refused."""
    table, count, steps = TABLES[name], 0, set()
    for walk in walks(table, "draft", Counter(["draft"])):
        state = "draft"
        for move in walk:
            if (state, move.code) not in steps:
                steps.add((state, move.code))
                check_step(table, move, state)
            state = move.target
        assert state in ENDS[name]
        count += 1
    assert count > 200
    assert steps == {(source, move.code) for move in table.moves for source in move.sources}


def test_no_certification_without_publicity_and_no_refusal_without_reasons() -> None:
    assert all(move.sources == ("publicity",) for move in FIRST.moves if move.target == "certified")
    refusing = [m for m in FIRST.moves if m.target in ("refused", "not_accepted")]
    assert all(m.reason or "reasons_given" in m.needs for m in refusing)
    assert all("nothing_undetermined" in m.needs for m in FIRST.moves if m.target == "approved")


@pytest.mark.parametrize("table", [FIRST, RECOMMENDATION])
def test_withdrawal_is_possible_in_every_state_before_the_decision_and_in_none_after(table: Workflow) -> None:
    after = {"approved", "publicity", "recommended", *ENDS["first"], *ENDS["recommendation"]}
    sources = {source for move in table.moves if move.target == "withdrawn" for source in move.sources}
    assert sources == set(table.labels) - after


def test_the_document_is_generated() -> None:
    assert (ROOT / "docs" / "algorithms" / "certification-states.md").read_text("utf-8") == document()


def test_every_state_has_a_holder_or_is_an_end() -> None:
    ends = ENDS["first"] | ENDS["recheck"] | ENDS["recommendation"]
    states = {state for table in (FIRST, RECHECK, RECOMMENDATION) for state in table.labels}
    assert set(TURNS) == states - ends
    assert turn_of("certified").holder is Holder.NOBODY


TERMS = {"examination": 5, "correction": 10}


def day(number: int) -> date:
    return date(2026, 11, number)


def test_the_ball_and_its_clocks() -> None:
    """Monday 2 November handed in; asked to correct on Thursday, back on the Tuesday after."""
    history = [Entry("draft", day(1)), Entry("submitted", day(2)), Entry("formal_check", day(3))]
    now = ball(history, TERMS, Calendar(), day(4))
    assert (now.holder, now.since) == (Holder.OFFICE, day(3))
    assert now.clock is not None
    assert (now.clock.used, now.clock.due, now.standing) == (2, day(9), None)
    history.append(Entry("correction", day(5)))
    now = ball(history, TERMS, Calendar(), day(9))
    assert now.holder is Holder.COUNTY_FILL
    assert now.clock is not None
    assert now.standing is not None
    assert (now.clock.used, now.clock.due) == (2, day(19))
    assert (now.standing.used, now.standing.due, now.standing.paused) == (3, None, True)
    history += [Entry("correction_check", day(9)), Entry("formal_check", day(10))]
    now = ball(history, TERMS, Calendar(), day(11))
    assert now.clock is not None
    assert (now.clock.used, now.clock.due, now.clock.paused) == (4, day(12), False)


def test_a_new_submission_starts_a_new_clock() -> None:
    history = [Entry("submitted", day(2)), Entry("returned", day(4)), Entry("submitted", day(16))]
    now = ball(history, TERMS, Calendar(), day(17))
    assert now.clock is not None
    assert now.clock.used == 1


def test_an_end_has_no_clock_and_a_history_is_needed() -> None:
    assert ball([Entry("certified", day(2))], TERMS, Calendar(), day(30)).clock is None
    with pytest.raises(ValueError, match="at least the state"):
        ball([], TERMS, Calendar(), day(1))
