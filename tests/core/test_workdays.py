"""Working days, periods and clocks that pause: a table of cases, and what holds for all of them."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from spectown.core.workdays import Calendar, Pause, calendar_of, clock

HERE = Path(__file__).parent
CALENDAR = calendar_of(
    yaml.safe_load((HERE.parents[1] / "plans/changzhi-2023/calendar.yaml").read_text("utf-8"))["years"]
)
CASES = yaml.safe_load((HERE / "workdays.yaml").read_text("utf-8"))
DAYS = st.dates(date(2023, 1, 1), date(2027, 6, 30))


def cases(part: str) -> list[Any]:
    return [pytest.param(case, id=case["case"]) for case in CASES[part]]


@pytest.mark.parametrize("case", cases("add"))
def test_add(case: dict[str, Any]) -> None:
    assert CALENDAR.add(case["from"], case["days"]) == case["expect"]


@pytest.mark.parametrize("case", cases("between"))
def test_between(case: dict[str, Any]) -> None:
    assert CALENDAR.between(case["from"], case["to"]) == case["expect"]


@pytest.mark.parametrize("case", cases("days"))
def test_calendar_days_end_on_a_working_day(case: dict[str, Any]) -> None:
    assert CALENDAR.add_days(case["from"], case["days"]) == case["expect"]


@pytest.mark.parametrize("case", cases("clock"))
def test_clock(case: dict[str, Any]) -> None:
    pauses = [Pause(*each) for each in case.get("pauses", [])]
    found = clock(CALENDAR, case["start"], case["term"], on=case["at"], pauses=pauses)
    for name in ("used", "left", "over", "due", "paused"):
        if name in case:
            assert getattr(found, name) == case[name], name


def test_sentences() -> None:
    start = date(2026, 11, 23)
    assert clock(CALENDAR, start, 5, on=start).sentence == "至2026-11-30,还剩5个工作日"
    assert clock(CALENDAR, start, 5, on=date(2026, 12, 2)).sentence == "至2026-11-30,已超期2个工作日"
    stood = clock(CALENDAR, start, 5, on=date(2026, 12, 2), pauses=[Pause(date(2026, 11, 24))])
    assert stood.sentence == "已暂停计时,已用1个工作日,还剩4个工作日"
    assert clock(CALENDAR, date(2026, 12, 25), 10, on=date(2026, 12, 28)).sentence.endswith("日期暂定)")


def test_a_year_without_notice_is_provisional() -> None:
    assert not CALENDAR.is_provisional(date(2026, 1, 1), date(2026, 12, 31))
    assert CALENDAR.is_provisional(date(2026, 12, 31), date(2027, 1, 1))
    assert CALENDAR.is_provisional(date(2031, 1, 1), date(2031, 1, 2))


def test_impossible_questions_are_refused() -> None:
    with pytest.raises(ValueError, match="below 0"):
        CALENDAR.add(date(2026, 1, 1), -1)
    with pytest.raises(ValueError, match="before it begins"):
        Pause(date(2026, 1, 2), date(2026, 1, 1))


@given(DAYS, st.integers(0, 90))
def test_adding_and_counting_agree(day: date, count: int) -> None:
    end = CALENDAR.add(day, count)
    assert CALENDAR.between(day, end) == count
    assert count == 0 or CALENDAR.is_workday(end)


@given(DAYS, st.integers(0, 90), st.integers(0, 90))
def test_counting_is_additive(day: date, first: int, second: int) -> None:
    middle, end = day + timedelta(first), day + timedelta(first + second)
    assert CALENDAR.between(day, middle) + CALENDAR.between(middle, end) == CALENDAR.between(day, end)


PAUSES = st.lists(st.tuples(DAYS, st.one_of(st.none(), st.integers(0, 60))), max_size=4).map(
    lambda pairs: [Pause(since, None if days is None else since + timedelta(days)) for since, days in pairs]
)


@given(DAYS, st.integers(0, 60), st.integers(0, 120), PAUSES)
def test_each_working_day_is_counted_once(start: date, term: int, passed: int, pauses: list[Pause]) -> None:
    """Against a slow count of sets of days; the clock is never negative and never runs backwards."""
    on = start + timedelta(passed)
    days = {start + timedelta(n) for n in range(1, passed + 1)}
    worked = {day for day in days if CALENDAR.is_workday(day)}
    stood = {day for day in worked for p in pauses if p.since < day and (p.until is None or day <= p.until)}
    now = clock(CALENDAR, start, term, on=on, pauses=pauses)
    assert now.used == len(worked - stood)
    assert now.left * now.over == 0
    later = clock(CALENDAR, start, term, on=on + timedelta(1), pauses=pauses)
    assert 0 <= later.used - now.used <= 1
    if now.due is not None and now.due <= on:
        assert clock(CALENDAR, start, term, on=now.due, pauses=pauses).used >= term
    if now.due is None:
        assert now.paused
        assert now.left > 0


def test_a_plain_week_without_data() -> None:
    assert Calendar().add(date(2026, 2, 13), 1) == date(2026, 2, 16)
