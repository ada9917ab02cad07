"""What holds for all deadlines, lights and reminders, over years with holidays."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from spectown.core.lights import Level, overall
from spectown.core.periods import Period
from spectown.core.projects.settings import bounds_of
from spectown.core.supervision.board import Board
from spectown.core.supervision.deadlines import Extension, Term
from spectown.core.supervision.lights import Facts, Milestone, lights
from spectown.core.supervision.progress import Point, Word, expected, word
from spectown.core.supervision.reminders import event, to_send
from spectown.core.supervision.settings import Settings
from spectown.core.workdays import Pause
from tests.core.supervision.data import CALENDAR, SETTINGS

DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))
YEAR = [date(2026, 1, 1) + timedelta(n) for n in range(365)]
pauses = st.builds(lambda day, length: Pause(day, day + timedelta(length)), DAYS, st.integers(0, 40))
extensions = st.builds(
    lambda asked, wait, more, yes: Extension(asked, asked + timedelta(more), asked + timedelta(wait), yes),
    *(DAYS, st.integers(0, 20), st.integers(1, 90), st.booleans()),
)
terms = st.builds(
    lambda first, ext, pau: Term(first, tuple(ext), tuple(pau)),
    *(DAYS, st.lists(extensions, max_size=3), st.lists(pauses, max_size=3)),
)


@given(terms, DAYS)
def test_a_deadline_is_worked_and_pauses_only_lengthen(term: Term, on: date) -> None:
    due, plain = term.due(CALENDAR, on), replace(term, pauses=()).due(CALENDAR, on)
    assert plain is not None
    if due is None:
        assert any(pause.is_open(on) for pause in term.pauses)
        assert term.overdue(CALENDAR, on) == 0
        return
    assert CALENDAR.is_workday(due)
    assert due >= plain >= term.set_on(on)
    assert (term.overdue(CALENDAR, on) > 0) <= (on > due)


@given(terms, DAYS)
def test_overdue_grows_by_at_most_one_a_day(term: Term, on: date) -> None:
    fixed = replace(term, extensions=())
    today, tomorrow = (fixed.overdue(CALENDAR, day) for day in (on, on + timedelta(1)))
    assert tomorrow <= today + 1


@given(DAYS, st.integers(1, 400), st.lists(st.builds(Point, DAYS, st.integers(0, 100)), max_size=4), DAYS)
def test_expected_progress_never_falls(start: date, length: int, points: list[Point], on: date) -> None:
    due = start + timedelta(length)
    today, tomorrow = (expected(start, due, day, points) for day in (on, on + timedelta(1)))
    assert 0 <= today <= tomorrow <= 100
    assert (expected(start, due, start, points), expected(start, due, due, points)) == (0, 100)


@given(st.integers(0, 100), st.fractions(0, 100), st.integers(0, 20))
def test_one_word_for_each_progress(percent: int, should: object, tolerance: int) -> None:
    found = word(percent, should, tolerance)  # type: ignore[arg-type]  # hypothesis types fractions as object here
    assert (found is Word.DONE) == (percent == 100)
    if found is Word.AHEAD:
        assert percent > should  # type: ignore[operator]  # as above
    if found is Word.BEHIND:
        assert percent < should  # type: ignore[operator]  # as above


percents = st.none() | st.integers(0, 100)
milestones = st.lists(st.builds(Milestone, st.just("节点"), DAYS, st.none() | DAYS, percents), max_size=3)
gaps = st.sampled_from(((), (Period((2026, 3)),), (Period((2026, 3)), Period((2026, 2)))))
facts = st.builds(
    lambda start, term, stones, *rest: Facts(start, term, "", tuple(stones), *rest),
    *(DAYS, terms, milestones, percents, st.booleans(), gaps, st.integers(0, 3)),
)


@given(facts, DAYS)
def test_every_light_says_why_and_missing_is_never_green(given_: Facts, on: date) -> None:
    found = lights(given_, SETTINGS, CALENDAR, on)
    assert all(light.word and light.reason.endswith("。") for light in found)
    if given_.percent is None and given_.asked:
        assert overall(found).level != Level.GREEN
    if given_.term.overdue(CALENDAR, on) > given_.yellow_days:
        assert overall(found).level == Level.RED


bounds = st.sampled_from(["red_above", "red_from"])


def _settings(red: str) -> Settings:
    """With 30 points itself red, or not."""
    behind = bounds_of({"behind": {"yellow_from": 10, red: 30, "source": "建议值"}}, "behind")
    return replace(SETTINGS, behind=behind)


@given(st.lists(facts, min_size=1, max_size=5), DAYS, bounds, st.sets(DAYS, max_size=5))
def test_the_board_says_of_many_works_what_the_lights_say_of_each(
    many: list[Facts], on: date, red: str, off: set[date]
) -> None:
    """Whatever it kept of other works; also under a calendar with holidays announced late."""
    settings, calendar = _settings(red), replace(CALENDAR, holidays=CALENDAR.holidays | off)
    board = Board(settings, calendar, on)
    for each in (*many, *many):
        assert board.worst(each) == overall(lights(each, settings, calendar, on))
        assert board.in_force(each.term)[0] == each.term.due(calendar, on)


@given(st.integers(0, 60), st.sampled_from([60, 100, 365]), bounds, st.booleans())
def test_the_board_draws_the_lines_of_progress_where_the_lights_do(
    gone: int, length: int, red: str, late: bool
) -> None:
    """Every percentage, with and without a milestone that is yellow before it."""
    start, settings = date(2026, 3, 2), _settings(red)
    on = start + timedelta(gone)
    board, stones = Board(settings, CALENDAR, on), (Milestone("节点", on - timedelta(5), None, None),) if late else ()
    for percent in range(101):
        each = Facts(start, Term(start + timedelta(length)), "", stones, percent)
        assert board.worst(each) == overall(lights(each, settings, CALENDAR, on))


@given(st.sampled_from(sorted(SETTINGS.reminders)), st.dates(date(2026, 1, 5), date(2026, 11, 30)), st.sets(DAYS))
def test_over_a_year_each_reminder_once_up_the_line_and_never_on_a_day_off(
    kind: str, anchor: date, down: set[date]
) -> None:
    """Days on which the system stood still bring no flood: what is sent is sent once, in order."""
    steps, sent, told = SETTINGS.reminders[kind], set[str](), Counter[str]()
    order = []
    for day in YEAR:
        if day in down:
            continue
        step = to_send(anchor, steps, sent, CALENDAR, day)
        if step is None:
            continue
        assert CALENDAR.is_workday(day)
        assert day >= step.day(anchor, CALENDAR)
        sent.add(event(anchor, step))
        told[step.code] += 1
        order.append(steps.index(step))
    assert set(told.values()) <= {1}
    assert order == sorted(order)
    if not down and anchor < date(2026, 10, 1):
        assert set(told) == {step.code for step in steps}


@given(terms, st.lists(DAYS, min_size=1, max_size=60), st.sets(DAYS, max_size=20), st.integers(0, 60))
def test_whatever_the_clock_does_and_holidays_announced_late_no_reminder_comes_twice(
    term: Term, clock: list[date], late: set[date], turn: int
) -> None:
    """The clock stands still, skips and goes back; from its `turn`-th day on some more days are off."""
    fixed, sent = replace(term, extensions=(), pauses=()), set[str]()
    more = replace(CALENDAR, holidays=CALENDAR.holidays | late, workdays=CALENDAR.workdays - late)
    for number, day in enumerate([*clock, *clock]):
        calendar = more if number >= turn else CALENDAR
        due, name = fixed.due(calendar, day), fixed.named(day)
        assert due is not None
        step = to_send(due, SETTINGS.reminders["measure"], sent, calendar, day, name=name)
        if step:
            assert event(name, step) not in sent
            assert calendar.is_workday(day)
            sent.add(event(name, step))
    assert len(sent) <= len(SETTINGS.reminders["measure"])


@given(terms, DAYS)
def test_the_name_of_a_deadline_changes_with_extensions_and_ended_pauses_only(term: Term, on: date) -> None:
    ended = [pause for pause in term.pauses if pause.until is not None and pause.until <= on]
    assert term.named(on) >= term.set_on(on)
    assert (term.named(on) > term.set_on(on)) <= bool(ended)
    assert replace(term, pauses=()).named(on) == term.set_on(on)
