"""From an event to the page 消息: once, rendered when sent, dropped when untrue, nothing swallowed."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from spectown.accounts.permissions import Role
from spectown.organisations.actors import Actor
from spectown.outbox.enums import Channel, State
from spectown.outbox.models import Delivery, Message
from spectown.outbox.posting import NOBODY, Posting, post
from spectown.outbox.preview import preview
from spectown.outbox.sending import LEFT, next_digest, place
from spectown.outbox.services import resume, stop
from tests import factories
from tests.apps.outbox.conftest import KIND, Truth

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def person() -> Actor:
    return factories.actor(Role.DEPARTMENT)


def posting(person: Actor | None, number: int = 1, event: str = "2026-11-30:soon") -> Posting:
    return Posting(person.user_id if person else None, KIND, number, event, {"step": "soon"})


def only() -> Message:
    return Message.objects.get()


def test_words_are_those_of_the_moment_of_sending(person: Actor, truth: Truth) -> None:
    post([posting(person)])
    assert (only().state, only().title) == (State.WAITING, "")
    truth.words = "已经改到 12 月"
    assert place(timezone.now()) == {State.SENT: 1}
    found = only()
    assert (found.state, found.title, found.text, found.url) == (State.SENT, "事项1", "已经改到 12 月", "/things/1/")


def test_one_event_reaches_a_receiver_once_for_all_time(person: Actor, truth: Truth) -> None:
    other = factories.actor(Role.DEPARTMENT)
    post([posting(person), posting(person)])
    place(timezone.now())
    post([posting(person), posting(other), posting(person, event="2026-11-30:over"), posting(person, 2)])
    place(timezone.now())
    assert Message.objects.filter(receiver=person.user_id).count() == 3
    assert Message.objects.filter(receiver=other.user_id).count() == 1


def test_the_database_itself_refuses_a_second_one(person: Actor) -> None:
    made = factories.MessageFactory.create(receiver_id=person.user_id)
    with pytest.raises(IntegrityError, match=r"message_once|receiver_id"), transaction.atomic():
        factories.MessageFactory.create(receiver_id=person.user_id, event=made.event)


def test_what_is_not_true_any_more_is_dropped_with_its_reason(person: Actor, truth: Truth) -> None:
    post([posting(person, 1), posting(person, 2)])
    truth.untrue = {1}
    assert place(timezone.now()) == {State.DROPPED: 1, State.SENT: 1}
    assert Message.objects.get(object_id=1).reason == "该事项已办结。"


def test_a_broken_renderer_spoils_only_its_own_message(person: Actor, truth: Truth) -> None:
    post([posting(person, number) for number in (1, 2, 3)])
    truth.broken = {2}
    assert place(timezone.now()) == {State.SENT: 2, State.FAILED: 1}
    assert "再发一次" in Message.objects.get(object_id=2).reason


def test_a_kind_that_is_gone_and_an_object_that_is_gone(person: Actor, truth: Truth) -> None:
    post([Posting(person.user_id, "gone.kind", 1, "x")])
    assert place(timezone.now()) == {State.FAILED: 1}
    assert "gone.kind" in only().reason


def test_nobody_to_tell_is_a_failure_that_shows_once() -> None:
    post([posting(None), posting(None)])
    assert (only().state, only().reason) == (State.FAILED, NOBODY)


def test_whoever_has_left_gets_nothing_and_the_office_sees_it(person: Actor, truth: Truth) -> None:
    post([posting(person)])
    factories.User.objects.filter(pk=person.user_id).update(is_active=False)
    assert place(timezone.now()) == {State.FAILED: 1}
    assert only().reason == LEFT


def test_whoever_has_the_post_now_gets_what_was_meant_for_who_left(person: Actor, truth: Truth) -> None:
    unit = factories.UnitFactory._meta.model.objects.get(pk=person.unit_id)
    other = factories.actor(Role.COUNTY_FILL, unit=unit)
    meant = Posting(person.user_id, KIND, 1, "2026-11-30:soon", {"step": "soon"}, unit_id=unit.pk)
    factories.MembershipFactory.create(user_id=person.user_id)  # goes on elsewhere
    factories.Membership.objects.filter(user=person.user_id, unit=unit).update(valid_to="2020-01-01")
    post([meant])
    assert LEFT in preview(timezone.now()).lines[0].refusal
    heir = factories.actor(Role.DEPARTMENT, unit=unit)
    assert heir.name in preview(timezone.now()).lines[0].refusal
    assert place(timezone.now()) == {State.DROPPED: 1, State.SENT: 1}
    found = Message.objects.get(state=State.SENT)
    assert (found.receiver_id, found.unit_id, "改送接办的人" in found.note) == (heir.user_id, unit.pk, True)
    assert heir.name in Message.objects.get(state=State.DROPPED).reason
    assert not Message.objects.filter(receiver=other.user_id).exists()
    post([meant])
    assert place(timezone.now()) == {}  # never twice


def test_stopping_loses_nothing_and_resuming_sends_what_is_still_true(person: Actor, truth: Truth) -> None:
    office = factories.actor(Role.OFFICE)
    stop(reason="系统迁移", by=office)
    post([posting(person, 1), posting(person, 2)])
    assert place(timezone.now()) == {}
    assert set(Message.objects.values_list("state", flat=True)) == {State.WAITING}
    truth.untrue = {2}
    resume(by=office)
    assert place(timezone.now()) == {State.SENT: 1, State.DROPPED: 1}


def test_chosen_ways_become_deliveries_at_once_or_at_the_hour_of_the_digest(person: Actor, truth: Truth) -> None:
    factories.ChoiceFactory.create(user_id=person.user_id, kind=KIND, channel=Channel.MAIL)
    now = timezone.make_aware(datetime.datetime(2026, 11, 26, 9, 0))
    post([posting(person)])
    place(now)
    assert (Delivery.objects.get().due_at, Delivery.objects.get().digest) == (now, False)
    factories.PreferenceFactory.create(user_id=person.user_id, digest=True, digest_at=datetime.time(8, 30))
    post([posting(person, 2)])
    place(now)
    late = Delivery.objects.latest("pk")
    assert (timezone.localtime(late.due_at).isoformat(), late.digest) == ("2026-11-27T08:30:00+08:00", True)


@pytest.mark.parametrize(("now", "day"), [((8, 29), 26), ((8, 30), 26), ((8, 31), 27), ((23, 59), 27), ((0, 0), 26)])
def test_the_next_digest_is_todays_until_its_minute_has_passed(now: tuple[int, int], day: int) -> None:
    moment = timezone.make_aware(datetime.datetime(2026, 11, 26, *now))
    found = timezone.localtime(next_digest(datetime.time(8, 30), moment))
    assert (found.day, found.hour, found.minute) == (day, 8, 30)


def test_dry_run_shows_receivers_and_words_and_writes_nothing(person: Actor, truth: Truth) -> None:
    factories.ChoiceFactory.create(user_id=person.user_id, kind=KIND, channel=Channel.MAIL)
    post([posting(person, 1), posting(person, 2), posting(factories.actor(Role.TOWN), 3)])
    truth.untrue = {2}
    found = preview(timezone.now())
    assert (found.total, found.due) == (3, 0)
    assert [line.title for line in found.lines][0::2] == ["事项1", "事项3"]
    assert "已办结" in found.lines[1].refusal
    assert found.lines[0].ways[0][0] == "电子邮件"
    assert "MAIL_HOST" in found.lines[0].ways[0][1]
    assert set(Message.objects.values_list("state", flat=True)) == {State.WAITING}


def test_queries_do_not_grow_within_a_block(truth: Truth) -> None:
    counts = []
    for number in (3, 200):
        people = [factories.actor(Role.TOWN) for _ in range(3)]
        post([posting(person, 1000 * number + n) for n in range(number) for person in people[:1]])
        with CaptureQueriesContext(connection) as captured:
            assert place(timezone.now()) == {State.SENT: number}
        counts.append(len(captured))
    assert counts[1] <= counts[0] + 1
