"""Titles, level history, rechecks, publicity and objections."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from spectown.core.rounds.publicity import Objection, blocks, inadmissible, publicity
from spectown.core.rounds.rechecking import ItemState, Verdict, item_state, recheck_proposal, sample
from spectown.core.rounds.titles import (
    LEVELS,
    LevelSpan,
    ended,
    history_faults,
    last_day,
    level_on,
    validity,
    with_level,
)
from spectown.core.workdays import Calendar, calendar_of
from spectown.towns.enums import Level
from tests.core.rounds.data import PLAN, cases

CALENDAR = calendar_of(yaml.safe_load((PLAN / "calendar.yaml").read_text("utf-8"))["years"])


@pytest.mark.parametrize("case", cases("titles.yaml", "last_day"))
def test_last_day(case: dict[str, Any]) -> None:
    assert last_day(case["since"], case["years"]) == case["expect"]


@pytest.mark.parametrize("case", cases("titles.yaml", "validity"))
def test_validity(case: dict[str, Any]) -> None:
    found = validity(date(2024, 3, 1), date(2027, 3, 1), case["at"])
    assert found == case["expect"]
    assert found.label


@pytest.mark.parametrize("case", cases("titles.yaml", "history"))
def test_history(case: dict[str, Any]) -> None:
    assert len(history_faults([LevelSpan(*span) for span in case["spans"]])) == case["expect"]


def test_levels_are_those_of_the_towns() -> None:
    assert tuple(Level.values) == LEVELS


DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(st.lists(st.tuples(st.sampled_from(LEVELS), DAYS), max_size=5, unique_by=lambda pair: pair[1]))
def test_levels_that_follow_each_other_never_overlap(steps: list[tuple[str, date]]) -> None:
    history: tuple[LevelSpan, ...] = ()
    for level, since in sorted(steps, key=lambda step: step[1]):
        history = with_level(history, level, since, "长政办发")
        assert level_on(history, since) == level
    assert history_faults(history) == []
    assert sum(span.until is None for span in history) == bool(steps)
    if history:
        last = history[-1].since + timedelta(30)
        assert level_on(ended(history, last), last + timedelta(1)) is None
        with pytest.raises(ValueError, match="does not come after"):
            with_level(history, "city", history[-1].since, "")


def test_what_history_refuses() -> None:
    with pytest.raises(ValueError, match="unknown level"):
        with_level((), "national", date(2024, 1, 1), "")
    with pytest.raises(ValueError, match="no level runs"):
        ended((), date(2024, 1, 1))


STRATA = {"武乡县": ["A", "B", "C"], "沁县": ["D"], "黎城县": []}


def test_the_sample_of_a_recheck_is_reproducible_and_stratified() -> None:
    found = sample("2026-11-26", STRATA, Fraction(30, 100))
    assert found == sample("2026-11-26", dict(reversed(STRATA.items())), Fraction(30, 100))
    assert {name: len(drawn) for name, drawn in found.drawn.items()} == {"武乡县": 1, "沁县": 1, "黎城县": 0}
    assert found.sizes["武乡县"] == 3
    assert set(found.numbers) <= {"A", "B", "C", "D"}
    assert sample("s", STRATA, Fraction(0), least=0).numbers == ()
    with pytest.raises(ValueError, match="share"):
        sample("s", STRATA, Fraction(2))


@given(st.integers(0, 60), st.fractions(0, 1), st.integers(0, 3))
def test_size_of_a_sample(count: int, share: Fraction, least: int) -> None:
    drawn = sample("s", {"x": [f"T{n}" for n in range(count)]}, share, least=least).numbers
    assert len(drawn) == len(set(drawn))
    assert min(count, least) <= len(drawn) <= count
    assert len(drawn) >= share * count
    assert len(drawn) < share * count + 1 or len(drawn) == min(count, least)


@pytest.mark.parametrize("case", cases("titles.yaml", "items"))
def test_items_of_a_recheck(case: dict[str, Any]) -> None:
    verdict = Verdict(case["verdict"]) if case["verdict"] else None
    found = item_state(evidence=case["evidence"], verdict=verdict, term_over=case["over"], second_phase=case["second"])
    assert found == case["expect"]


@pytest.mark.parametrize("case", cases("titles.yaml", "proposal"))
def test_proposal_of_a_recheck(case: dict[str, Any]) -> None:
    items = {name: ItemState(state) for name, state in case["items"].items()}
    found, reasons = recheck_proposal(items, rectified_before=case["before"])
    assert found == case["expect"]
    assert reasons
    assert found.label


def test_a_fault_is_told_with_what_was_written_of_it() -> None:
    items = {"产值证明": ItemState.FAULT, "名册": ItemState.NO_EVIDENCE, "自查报告": ItemState.PASSED}
    _, reasons = recheck_proposal(items, rectified_before=False, notes={"产值证明": "口径不一致。", "自查报告": "完整"})
    assert reasons == ("“产值证明”有问题:口径不一致。", "“名册”缺材料。")


@given(st.booleans(), st.booleans(), st.booleans())
def test_an_inspector_who_says_nothing_is_never_a_failure(evidence: bool, over: bool, second: bool) -> None:
    found = item_state(evidence=evidence, verdict=None, term_over=over, second_phase=second)
    assert found is not ItemState.FAULT
    assert (found is ItemState.NO_EVIDENCE) is (over and not evidence)


@pytest.mark.parametrize("case", cases("titles.yaml", "publicity"))
def test_publicity(case: dict[str, Any]) -> None:
    found = publicity(case["published"], case["days"], CALENDAR)
    assert found.last == case["last"]
    assert found.is_running(found.last)
    assert not found.has_ended(found.last)
    assert found.has_ended(found.last + timedelta(1))
    assert not found.is_running(case["published"] - timedelta(1))


def test_a_publicity_has_days() -> None:
    with pytest.raises(ValueError, match="at least one"):
        publicity(date(2026, 11, 23), 0, CALENDAR)
    assert publicity(date(2026, 11, 23), 5, Calendar()).provisional


def objection(number: str = "YY-1", town: str = "甲镇", **changed: Any) -> Objection:
    values = {
        "name": "李四",
        "contact": "13800000000",
        "text": "产值不实",
        "evidence": 1,
        "received": date(2026, 11, 23),
    }
    return Objection(number, town, **{**values, **changed})


@pytest.mark.parametrize("case", cases("titles.yaml", "objections"))
def test_objections(case: dict[str, Any]) -> None:
    publication = publicity(date(2026, 11, 23), 5, CALENDAR)
    assert inadmissible(objection(**case["set"]), publication) == case["expect"]


def test_an_open_objection_blocks_its_own_town_only() -> None:
    objections = [objection(), objection("YY-2", "乙镇"), objection("YY-3", open=False)]
    assert blocks(objections, "甲镇") == ["异议YY-1尚未办结。"]
    assert blocks(objections, "丙镇") == []
    assert blocks([objection(open=False, upheld=True)], "甲镇") == ["异议YY-1成立。"]
