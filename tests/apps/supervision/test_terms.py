"""Extensions and pauses: who asks, who decides, what becomes of deadline, anchor and light."""

from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from django.utils import timezone

from spectown.audit.models import Event
from spectown.lib.refusal import Refused
from spectown.organisations.actors import NotAllowed
from spectown.plans.calendar import stored_calendar
from spectown.supervision.due import run_due
from spectown.supervision.lighting import relight
from spectown.supervision.models import LightChange, Work
from spectown.supervision.services.moves import move
from spectown.supervision.services.terms import ask_extension, decide_extension, pause, resume
from spectown.supervision.settings import settings_of
from spectown.supervision.terms import terms_of
from tests import factories
from tests.apps.supervision.trial import People
from tests.apps.supervision.trial import trial_kinds as trial_kinds

pytestmark = [pytest.mark.django_db, pytest.mark.data, pytest.mark.usefixtures("trial_kinds")]
LATER = date(2026, 10, 30)


class World:
    """A measure of 市工信局 that runs until 2026-09-30; `on` says which day it is."""

    def __init__(self) -> None:
        factories.supervised_plan()
        self.people = People()
        self.work: Work = factories.WorkFactory.create(running=True, holder=self.people.unit)
        self.unit, self.office = self.people.own[0], self.people.office[0]

    def on(self, day: date) -> Any:
        return patch.object(timezone, "localdate", return_value=day)

    def ask(self, day: date, new: date = LATER, reason: str = "设备交货推迟") -> Any:
        with self.on(day):
            return ask_extension(work=self.work, new=new, reason=reason, by=self.unit)


@pytest.fixture
def world() -> World:
    return World()


def test_a_granted_extension_is_the_new_deadline(world: World) -> None:
    asked = world.ask(date(2026, 9, 30))  # the last day
    assert (asked.old, asked.state) == (date(2026, 9, 30), "asked")
    with world.on(date(2026, 10, 9)):
        decide_extension(extension=asked, code="grant", by=world.office)
    world.work.refresh_from_db()
    assert (world.work.deadline, world.work.anchored_on) == (LATER, LATER)
    assert world.work.first_deadline == date(2026, 9, 30)
    assert list(Event.objects.order_by("seq").values_list("action", flat=True)) == ["extension.ask", "extension.grant"]


def test_a_refused_or_withdrawn_one_changes_nothing(world: World) -> None:
    for code, by, day in (("refuse", world.office, 1), ("withdraw", world.unit, 7)):
        asked = world.ask(date(2026, 9, day))
        with world.on(date(2026, 9, day + 1)):
            decide_extension(extension=asked, code=code, by=by, reason="按原期限办理")
        world.work.refresh_from_db()
        assert world.work.deadline == date(2026, 9, 30)


@pytest.mark.parametrize(
    ("day", "new", "reason", "said"),
    [
        (date(2026, 10, 9), LATER, "理由", "已经过了;延期须在期限届满前申请"),
        (date(2026, 9, 1), date(2026, 9, 29), "理由", "新的期限应晚于现在的期限"),
        (date(2026, 9, 1), date(2026, 10, 31), "理由", "不是工作日"),
        (date(2026, 9, 1), LATER, " ", "请写明延期理由"),
    ],
)
def test_what_cannot_be_asked(world: World, day: date, new: date, reason: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        world.ask(day, new, reason)


def test_only_one_waits_and_whoever_asks_does_not_decide(world: World) -> None:
    asked = world.ask(date(2026, 9, 1))
    with pytest.raises(Refused, match="尚未答复"):
        world.ask(date(2026, 9, 2))
    with pytest.raises(Refused, match="当前角色不能同意延期"):
        decide_extension(extension=asked, code="grant", by=world.unit)
    asked.asked_by_id = world.office.user_id
    asked.save()
    with pytest.raises(Refused, match="不能由申请人自己"):
        decide_extension(extension=asked, code="grant", by=world.office)
    decide_extension(extension=asked, code="refuse", by=world.people.office[1], reason="不延")
    with pytest.raises(Refused, match=f"{world.people.office[1].name}已答复“不同意”"):
        decide_extension(extension=asked, code="refuse", by=world.office, reason="不延")


def test_others_do_not_ask(world: World) -> None:
    with pytest.raises(Refused, match="不归您看"):
        ask_extension(work=world.work, new=LATER, reason="理由", by=world.people.stranger)
    with pytest.raises(NotAllowed):
        ask_extension(work=world.work, new=LATER, reason="理由", by=world.office)


def test_a_pause_is_added_after_the_deadline(world: World) -> None:
    with world.on(date(2026, 9, 1)):
        pause(work=world.work, reason="等待省里批复", by=world.office)
    world.work.refresh_from_db()
    assert (world.work.runs, world.work.paused_on, world.work.light) == (False, date(2026, 9, 1), "none")
    assert world.work.light_why == "已暂停计时,恢复后重新计算期限。"
    with pytest.raises(Refused, match="没有计时"):
        world.ask(date(2026, 9, 2))
    with world.on(date(2026, 9, 8)):
        resume(work=world.work, by=world.office)
    world.work.refresh_from_db()
    assert world.work.runs
    assert world.work.deadline == stored_calendar().add(date(2026, 9, 30), 5)
    assert world.work.anchored_on == world.work.deadline
    with pytest.raises(Refused, match="没有暂停"):
        resume(work=world.work, by=world.office)


def test_a_pause_has_a_reason_and_only_what_runs_is_paused(world: World) -> None:
    with pytest.raises(Refused, match="请写明暂停理由"):
        pause(work=world.work, reason="", by=world.office)
    with pytest.raises(NotAllowed):
        pause(work=world.work, reason="理由", by=world.unit)
    with pytest.raises(Refused, match="没有计时"):
        pause(work=factories.WorkFactory.create(), reason="理由", by=world.office)


def test_lights_of_many_works_cost_a_fixed_number_of_queries(world: World, django_assert_num_queries: Any) -> None:
    calendar, settings, day = stored_calendar(), settings_of(date(2026, 10, 12)), date(2026, 10, 12)
    with django_assert_num_queries(4):  # extensions, pauses; works, history (one batch each)
        relight([world.work], settings, calendar, day)
    more = factories.WorkFactory.create_batch(5, running=True, holder=world.people.unit)
    with django_assert_num_queries(4):
        changed = relight([world.work, *more], settings, calendar, day)
    assert len(changed) == 5
    assert terms_of(more).keys() == {work.pk for work in more}


def test_the_history_of_a_light_keeps_changes_only(world: World) -> None:
    calendar = stored_calendar()
    for day in (date(2026, 9, 1), date(2026, 9, 2), date(2026, 9, 29), date(2026, 10, 9), date(2026, 10, 12)):
        relight([world.work], settings_of(day), calendar, day)
    kept = LightChange.objects.order_by("pk").values_list("on", "light", "rule")
    assert list(kept) == [
        (date(2026, 9, 1), "green", "deadline"),
        (date(2026, 9, 29), "blue", "deadline"),
        (date(2026, 10, 9), "red", "deadline"),
    ]
    world.work.refresh_from_db()
    assert "已超过" in world.work.light_why


@pytest.mark.parametrize(
    ("day", "light", "word", "why"),
    [
        (date(2026, 9, 30), "none", "待验收", "2026-09-30 已报结果,待验收;没有通过的退回重办。"),
        (date(2026, 10, 12), "red", "逾期,待验收", "2026-10-12 报结果时已超过期限 4 个工作日,待验收。"),
    ],
)
def test_what_waits_for_verification_says_so_and_stays_late(
    world: World, day: date, light: str, word: str, why: str
) -> None:
    with world.on(day):
        move(work=world.work, code="finish", by=world.unit)
    world.work.refresh_from_db()
    assert (world.work.light, world.work.light_word, world.work.light_why) == (light, word, why)
    later, calendar = date(2026, 11, 30), stored_calendar()
    relight([world.work], settings_of(later), calendar, later)  # the slowness of others changes nothing
    assert (world.work.light, world.work.light_why) == (light, why)
    Work.objects.update(light="none", light_rule="", light_why="")  # handed in before there was a light for it
    assert run_due(later).lights > 0
    assert run_due(later).lights == 0
    world.work.refresh_from_db()
    assert (world.work.light, world.work.light_word, world.work.light_why) == (light, word, why)
    back, done = Work.objects.get(pk=world.work.pk), Work.objects.get(pk=world.work.pk)
    with world.on(later):
        move(work=back, code="not_verified", by=world.office, reason="缺验收单")
        back.refresh_from_db()
        assert back.light_rule != "handed"
        move(work=done, code="finish", by=world.unit)
        move(work=done, code="verify", by=world.people.office[1])
    done.refresh_from_db()
    assert (done.light, done.light_word) == ("none", "")
