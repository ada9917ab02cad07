"""The ways beside 消息: retries that end, digests that are one letter, nothing twice, nothing after the switch."""

import datetime
import smtplib
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone

from spectown.accounts.permissions import Role
from spectown.organisations.actors import Actor
from spectown.outbox import delivering
from spectown.outbox.channels.mail import AWAY, NO_ADDRESS, NO_SERVER, REFUSED
from spectown.outbox.delivering import BACK_OFF, BROKEN_OFF, STALE, deliver
from spectown.outbox.enums import Channel, State
from spectown.outbox.enums import Delivery as At
from spectown.outbox.models import Delivery, Message
from spectown.outbox.posting import Posting, post
from spectown.outbox.sending import place
from spectown.outbox.services import again, stop
from tests import factories
from tests.apps.outbox.conftest import KIND, Truth

pytestmark = [pytest.mark.django_db, pytest.mark.data]
NOW = timezone.make_aware(datetime.datetime(2026, 11, 26, 9, 0))
DAY = datetime.timedelta(days=1)


@pytest.fixture
def person(settings: Any) -> Actor:
    settings.EMAIL_HOST, settings.SITE_URL = "mail.example.gov.cn", "https://zz.example.gov.cn"
    actor = factories.actor(Role.DEPARTMENT)
    factories.User.objects.filter(pk=actor.user_id).update(email="zhang@example.gov.cn")
    factories.ChoiceFactory.create(user_id=actor.user_id, kind=KIND, channel=Channel.MAIL)
    return actor


def told(person: Actor, *numbers: int, now: datetime.datetime = NOW) -> None:
    post([Posting(person.user_id, KIND, number, "soon") for number in numbers])
    place(now)


def only() -> Delivery:
    return Delivery.objects.get()


def fail(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def send(self: EmailMessage, fail_silently: bool = False) -> int:
        raise error

    monkeypatch.setattr(EmailMessage, "send", send)


def test_a_letter_goes_once_with_its_link(person: Actor, truth: Truth) -> None:
    told(person, 1)
    truth.words = "改了"
    assert deliver(NOW) == {At.SENT: 1}
    assert deliver(NOW) == {}
    assert [(m.subject, m.to) for m in mail.outbox] == [("【专镇通】事项1", ["zhang@example.gov.cn"])]
    assert mail.outbox[0].body == "改了\nhttps://zz.example.gov.cn/things/1/"
    assert only().state == At.SENT


def test_a_server_that_is_away_is_tried_three_times_then_it_has_failed(
    person: Actor, truth: Truth, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(person, 1)
    fail(monkeypatch, ConnectionRefusedError())
    for number, wait in enumerate((*BACK_OFF, None), 1):
        moment = only().due_at
        assert deliver(moment - datetime.timedelta(seconds=1)) == {}
        assert deliver(moment) == {At.WAITING if wait else At.FAILED: 1}
        assert (only().tries, only().reason) == (number, AWAY)
        assert only().due_at == moment + (wait or datetime.timedelta())
    assert deliver(NOW + DAY) == {}


def test_send_again_takes_up_what_failed(person: Actor, truth: Truth, monkeypatch: pytest.MonkeyPatch) -> None:
    told(person, 1)
    with monkeypatch.context() as patch:
        fail(patch, smtplib.SMTPRecipientsRefused({}))
        assert deliver(NOW) == {At.FAILED: 1}
    assert only().reason == REFUSED
    again(message=Message.objects.get(), by=factories.actor(Role.OFFICE))
    assert deliver(timezone.now() + DAY) == {At.SENT: 1}
    assert (only().reason, only().tries) == ("", 1)


def test_without_server_or_address_the_reason_says_what_to_do(person: Actor, truth: Truth, settings: Any) -> None:
    told(person, 1)
    factories.User.objects.filter(pk=person.user_id).update(email="")
    assert deliver(NOW) == {At.FAILED: 1}
    assert only().reason == NO_ADDRESS
    settings.EMAIL_HOST = ""
    told(person, 2)
    deliver(NOW)
    assert Delivery.objects.latest("pk").reason == NO_SERVER


def test_a_digest_is_one_letter_of_the_days_messages_that_are_still_true(person: Actor, truth: Truth) -> None:
    factories.PreferenceFactory.create(user_id=person.user_id, digest=True, digest_at=datetime.time(8, 30))
    told(person, 1, 2, 3)
    assert deliver(NOW) == {}
    truth.untrue = {2}
    assert deliver(NOW + DAY) == {At.SENT: 2, At.DROPPED: 1}
    assert [m.subject for m in mail.outbox] == ["【专镇通】11月27日消息汇总(2 条)"]
    body = mail.outbox[0].body
    assert ("1. 事项1" in body, "2. 事项3" in body, "事项2" in body) == (True, True, False)
    assert deliver(NOW + 2 * DAY) == {}


def test_a_digest_of_nothing_true_is_no_letter(person: Actor, truth: Truth) -> None:
    factories.PreferenceFactory.create(user_id=person.user_id, digest=True)
    told(person, 1)
    truth.untrue = {1}
    assert deliver(NOW + DAY) == {At.DROPPED: 1}
    assert mail.outbox == []


def test_one_whose_process_died_is_shown_and_not_sent_twice(
    person: Actor, truth: Truth, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(person, 1)
    with monkeypatch.context() as patch:
        fail(patch, KeyboardInterrupt())  # type: ignore[arg-type]  # what a kill looks like
        with pytest.raises(KeyboardInterrupt):
            deliver(NOW)
    assert only().state == At.SENDING
    assert deliver(NOW + STALE - datetime.timedelta(seconds=1)) == {}
    assert deliver(NOW + STALE + datetime.timedelta(seconds=1)) == {At.FAILED: 1}
    assert (only().reason, mail.outbox) == (BROKEN_OFF, [])


def test_the_switch_stops_between_two_letters(person: Actor, truth: Truth, monkeypatch: pytest.MonkeyPatch) -> None:
    told(person, 1, 2)
    office = factories.actor(Role.OFFICE)
    plain = EmailMessage.send

    def send(self: EmailMessage, fail_silently: bool = False) -> int:
        stop(reason="发错了", by=office)
        return plain(self, fail_silently)

    monkeypatch.setattr(EmailMessage, "send", send)
    assert deliver(NOW) == {At.SENT: 1}
    assert sorted(Delivery.objects.values_list("state", flat=True)) == [At.SENT, At.WAITING]


def test_a_turn_ends_in_time_and_leaves_the_rest(person: Actor, truth: Truth, monkeypatch: pytest.MonkeyPatch) -> None:
    told(person, 1, 2)
    monkeypatch.setattr(delivering, "TURN", -1.0)
    assert deliver(NOW) == {}
    assert Delivery.objects.filter(state=At.WAITING).count() == 2


def test_two_senders_never_take_the_same(person: Actor, truth: Truth) -> None:
    told(person, 1)
    batch = [only().pk]
    first, second = delivering._taken(batch, NOW), delivering._taken(batch, NOW)
    assert ([row.pk for row in first], second) == (batch, [])


def test_a_failed_way_leaves_the_message_where_it_is(person: Actor, truth: Truth, settings: Any) -> None:
    settings.EMAIL_HOST = ""
    told(person, 1)
    deliver(NOW)
    assert Message.objects.get().state == State.SENT


def test_whoever_lost_the_role_after_the_message_gets_no_letter(person: Actor, truth: Truth) -> None:
    told(person, 1)
    held = factories.Membership.objects.filter(user=person.user_id)
    held.update(valid_to="2020-01-01")
    factories.MembershipFactory.create(user_id=person.user_id, unit_id=person.unit_id, role=Role.EXPERT)
    assert deliver(NOW) == {At.SENT: 1}  # it had no role on the day it was made: any will do
    held.filter(role=Role.DEPARTMENT).update(valid_to=None)
    told(person, 2)
    factories.Membership.objects.filter(role=Role.DEPARTMENT).update(
        valid_to=timezone.localdate() - DAY, valid_from=None
    )
    Message.objects.filter(object_id=2).update(made_at=timezone.now() - 2 * DAY)
    factories.Membership.objects.filter(role=Role.EXPERT).update(valid_from=timezone.localdate())
    assert deliver(timezone.now()) == {At.FAILED: 1}
    assert "原来的角色" in Delivery.objects.get(message__object_id=2).reason
