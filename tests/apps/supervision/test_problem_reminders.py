"""Reminders of problems after 9, 21 and 45 days: each once, to the right level, none while paused or answered."""

import datetime
from typing import Any
from unittest.mock import patch

import pytest
from django.utils import timezone

from spectown.outbox.models import Message
from spectown.outbox.registry import Untrue
from spectown.supervision.due import run_due
from spectown.supervision.models import Sent, Work
from spectown.supervision.problemtelling import rendered
from spectown.supervision.services.terms import pause, resume
from tests.apps.supervision.problem_world import Town

pytestmark = pytest.mark.django_db
BEGIN = datetime.date(2026, 3, 2)


def on(days: int) -> Any:
    return patch.object(timezone, "localdate", lambda *_: BEGIN + datetime.timedelta(days))


def run(first: int, last: int) -> dict[str, int]:
    """Run every day, twice where something was sent; the days after the giving on which each step was sent."""
    found = {}
    for day in range(first, last):
        with on(day):
            before = set(Sent.objects.values_list("pk", flat=True))
            run_due(timezone.localdate())
            new = Sent.objects.filter(work__kind="problem").exclude(pk__in=before)  # the plan opens sheets too
            if events := [sent.event for sent in new]:
                run_due(timezone.localdate())
                assert [sent.event for sent in new.all()] == events
            found |= dict.fromkeys(events, day)
    return {event.partition(":")[2]: day for event, day in found.items()}


def test_after_9_21_and_45_days_up_the_line() -> None:
    with on(0):
        town = Town()
        problem = town.routed()
    sent = run(0, 60)
    assert sent == {"days9": 9, "days21": 21, "days45": 45}
    told = Message.objects.filter(object_id=problem.work_id, kind="work.problem").order_by("pk")
    assert [message.facts["level"] for message in told] == ["holder", "holder", "unit", "unit", "office"]
    assert {message.receiver_id for message in told[:4]} == {by.user_id for by in town.land_people}
    assert told[4].receiver_id == town.office.user_id


def test_a_paused_one_is_silent_and_its_days_do_not_count() -> None:
    with on(0):
        town = Town()
        problem = town.routed()
    assert run(0, 10) == {"days9": 9}
    with on(10):
        pause(work=problem.work, reason="等省里批复", by=town.office)
    assert run(10, 40) == {}
    with on(40):
        resume(work=problem.work, by=town.office)
    assert run(40, 90) == {"days21": 51, "days45": 77}  # day 75 is a Saturday


def test_none_after_the_answer_and_from_the_start_when_it_comes_back() -> None:
    with on(0):
        town = Town()
        problem = town.step(town.routed(), "accept", town.land_people[0])
    assert run(0, 10) == {"days9": 9}
    with on(10):
        town.step(problem, "answer", town.land_people[0], values={"answer": "已安排"})
    assert run(10, 40) == {"confirm": 17, "unconfirmed": 31}  # whoever raised it, then the office; the unit no more
    with on(40):
        town.step(problem, "reopen", town.firm, reason="没有解决")
    assert run(40, 55) == {"days9": 49}
    with on(55):
        town.step(problem, "reassign", town.office, values={"unit": town.power}, reason="归能源")
    assert run(55, 70) == {"days9": 65}  # day 64 is 5 May, a day off
    assert Message.objects.filter(kind="work.problem").latest("pk").receiver_id == town.power_person.user_id
    assert Work.objects.get(pk=problem.work_id).holder == town.power


@pytest.mark.data
def test_each_step_is_told_to_those_it_concerns_as_it_stands_when_sent() -> None:
    town = Town()
    problem = town.routed()
    routed = Message.objects.filter(kind="work.moved")
    assert {message.receiver_id for message in routed} == {by.user_id for by in town.land_people}
    problem = town.step(problem, "accept", town.land_people[0])
    told = Message.objects.filter(kind="problem.step")
    assert [message.receiver_id for message in told] == [town.firm.user_id]
    assert [words.title for words in _words(told)] == [f"问题受理:{problem.title}"]
    town.step(problem, "answer", town.land_people[0], values={"answer": "本月调剂 20 亩"})
    before, now = _words(told.order_by("pk"))
    assert isinstance(before, Untrue)
    assert "本月调剂 20 亩" in now.text
    assert now.url.startswith("/lists/problems/")


def _words(messages: Any) -> list[Any]:
    return list(rendered(list(messages)).values())
