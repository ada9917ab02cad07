"""A year of the real database, day by day: every reminder went to the right person, once."""

import datetime
from collections import Counter

import pytest
from django.utils import timezone

from spectown.outbox.enums import State
from spectown.outbox.models import Message
from spectown.outbox.sending import place
from spectown.plans.calendar import stored_calendar
from spectown.supervision.due import run_due
from spectown.supervision.models import Extension, Sent, Work
from spectown.supervision.terms import put_deadline, term_of
from tests import factories
from tests.apps.supervision.trial import trial_kinds
from tests.apps.supervision.year_world import (
    END,
    LATE_HOLIDAY,
    STEPS,
    City,
    Day,
    Thing,
    Wall,
    days_of_the_clock,
)
from tests.supervision_factories import supervised_plan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("trial_kinds")]
__all__ = ["trial_kinds"]

SPRING, NATIONAL, NEW_YEAR = Day(2026, 2, 14), Day(2026, 9, 30), Day(2026, 12, 31)
MADE = [  # kind, unit, started, deadline, done, extension (granted on, new)
    ("measure", "A", Day(2026, 1, 6), SPRING, None, None),
    ("measure", "B", Day(2026, 1, 6), Day(2026, 2, 18), None, None),  # in the middle of 春节
    ("measure", "C", Day(2026, 2, 2), NATIONAL, None, None),
    ("measure", "C", Day(2026, 2, 2), Day(2026, 8, 10), None, None),  # due just after the merger
    ("measure", "A", Day(2026, 2, 2), NEW_YEAR, None, None),
    ("measure", "A", Day(2026, 2, 2), Day(2026, 6, 29), None, None),  # on the holiday announced late
    ("measure", "B", Day(2026, 2, 2), Day(2026, 7, 1), None, None),
    ("measure", "B", Day(2026, 3, 2), Day(2026, 5, 14), None, None),  # while the system stood still
    ("measure", "A", Day(2026, 3, 2), Day(2026, 4, 30), Day(2026, 4, 28), None),  # done in time: told once before
    ("measure", "A", Day(2026, 3, 2), Day(2026, 4, 30), Day(2026, 5, 8), None),
    ("measure", "B", Day(2026, 3, 2), Day(2026, 7, 31), None, (Day(2026, 7, 30), Day(2026, 10, 8))),
    ("measure", "A", Day(2026, 3, 13), Day(2026, 3, 17), None, None),  # given two days before its deadline
    ("report", "A", Day(2026, 2, 2), Day(2026, 2, 5), None, None),
    ("report", "B", Day(2026, 10, 1), Day(2026, 10, 8), None, None),
    ("report", "A", Day(2026, 12, 1), Day(2027, 1, 5), None, None),
    ("report", "B", Day(2026, 7, 1), Day(2026, 7, 15), Day(2026, 7, 15), None),
    ("problem", "A", Day(2026, 1, 28), None, None, None),
    ("problem", "B", Day(2026, 9, 1), None, Day(2026, 9, 20), None),
    ("problem", "C", Day(2026, 7, 20), None, None, None),
    ("notice", "A", Day(2026, 9, 7), NATIONAL, None, None),
    ("notice", "B", Day(2026, 1, 26), Day(2026, 2, 13), None, None),
    ("notice", "C", Day(2026, 8, 1), Day(2026, 8, 28), Day(2026, 9, 15), None),
    ("notice", "A", Day(2026, 10, 10), Day(2026, 10, 30), None, (Day(2026, 10, 27), Day(2026, 11, 20))),
]


def made(city: City) -> list[Thing]:
    """The works of the year; their clocks are started on their days."""
    things = []
    for kind, unit, started, deadline, done, extended in MADE:
        work = factories.WorkFactory.create(kind=kind, holder=city.units[unit], title=f"{kind}{unit}{deadline}")
        things.append(Thing(work.pk, kind, unit, started, deadline, done, extended))
    return things


def lives(thing: Thing, day: Day) -> None:
    """What the works' own people do on a day."""
    work = Work.objects.get(pk=thing.pk)
    if day == thing.started:
        work.state, work.started_on, work.first_deadline = _state(thing.kind), day, thing.deadline
        work.anchored_on = work.deadline = thing.deadline or day
    if thing.extended and day == thing.extended[0]:
        decided = {"state": "granted", "decided_on": day, "decided_at": timezone.now()}
        by = factories.UserFactory.create()
        factories.ExtensionFactory.create(work=work, new=thing.extended[1], asked_on=day, decided_by=by, **decided)
        assert Extension.objects.filter(work=work).count() == 1
    if day in (thing.started, (thing.extended or (None,))[0]):
        put_deadline(work, term_of(work), stored_calendar(), day)
    if day == thing.done:
        work.ended_on, work.anchored_on = day, None
    work.save()


def _state(kind: str) -> str:
    return {"measure": "running", "report": "draft", "problem": "accepted", "notice": "rectifying"}[kind]


def expected(things: list[Thing], city: City, wall: Wall) -> Counter[tuple[int, str, str]]:
    """(work, step, receiver) by the wall calendar: the last step whose day has come, to whom it means that day."""
    found: Counter[tuple[int, str, str]] = Counter()
    for said, real in days_of_the_clock():
        for thing in things:
            alive = thing.started <= real and (thing.done is None or real < thing.done)
            step = _step(thing, wall, said) if alive and said in wall.worked(real) else None
            if step:
                thing.sent.add(f"{thing.set_on(said)}:{step[0]}")
                found.update((thing.pk, step[0], name) for name in city.told(thing.unit, step[1], said))
    return found


def _step(thing: Thing, wall: Wall, said: Day) -> tuple[str, str] | None:
    steps = STEPS[thing.kind]
    days = [(wall.step_day(thing, offset, by, said), code, level) for code, offset, by, level in steps]
    come = [place for place, (day, _, _) in enumerate(days) if day <= said]
    if not come or (thing.deadline is not None and days[come[-1]][0] <= thing.started):
        return None
    if any(f"{thing.set_on(said)}:{code}" in thing.sent for _, code, _ in days[come[-1] :]):
        return None
    return days[come[-1]][1:]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime.datetime]:
    """The clock of the machine, in the hand of the test."""
    hand = [timezone.now()]
    monkeypatch.setattr(timezone, "now", lambda: hand[0])
    return hand


def test_a_year(clock: list[datetime.datetime]) -> None:
    supervised_plan()
    calendar = stored_calendar()
    city = City()
    wall = Wall(set(calendar.holidays), set(calendar.workdays))
    things, happened = made(city), set[Day]()
    for said, real in days_of_the_clock():
        clock[0] = timezone.make_aware(datetime.datetime.combine(said, datetime.time(9)))
        if real not in happened:
            _mornings(city, things, happened, real)
        run_due(said)
        place(timezone.now())
    _compare(expected(things, city, wall))


def _mornings(city: City, things: list[Thing], happened: set[Day], real: Day) -> None:
    """Also of days on which the system stood still."""
    since = max(happened, default=real - datetime.timedelta(1))
    for number in range(1, (real - since).days + 1):
        day = since + datetime.timedelta(number)
        happened.add(day)
        city.happens(day)
        for thing in things:
            if day in (thing.started, thing.done, (thing.extended or (None,))[0]):
                lives(thing, day)


def _compare(wanted: Counter[tuple[int, str, str]]) -> None:
    rows = Message.objects.values_list("object_id", "facts__step", "receiver__name", "state")
    found = Counter((work, step, name) for work, step, name, _ in rows)
    assert found == wanted
    assert {state for *_, state in rows} == {State.SENT}
    assert Sent.objects.count() == len({(work, event) for work, event in Sent.objects.values_list("work", "event")})
    passed = Message.objects.exclude(note="")
    assert {message.receiver.name for message in passed if message.receiver} == {"o1", "o2"}
    assert passed.exists()
    assert all("没有在岗" in message.note for message in passed)


def test_the_year_holds_what_it_is_to_show() -> None:
    """The wall calendar itself: 春节, 国庆, the late holiday and the end of the year are crossed by steps."""
    supervised_plan()
    calendar = stored_calendar()
    wall = Wall(set(calendar.holidays), set(calendar.workdays))
    assert wall.worked(END) != wall.worked(Day(2026, 1, 5))
    assert not {Day(2026, 2, 17), Day(2026, 10, 1)} & set(wall.plain)
    assert set(LATE_HOLIDAY) <= set(wall.plain)
