"""What people change: ways, calendar, switch, again; each with its event and its refusal."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from icalendar import Calendar

from spectown.accounts.models import User
from spectown.accounts.permissions import Role
from spectown.audit.models import Event
from spectown.lib.refusal import Refused
from spectown.lib.sealed import unseal
from spectown.organisations.actors import Actor, NotAllowed
from spectown.organisations.models import Membership
from spectown.outbox import reading, services
from spectown.outbox.calendars import calendar_of, owner_of
from spectown.outbox.channels.robots import USE
from spectown.outbox.enums import State
from spectown.outbox.models import Choice, Feed, Message, Preference
from spectown.outbox.registry import Entry
from spectown.outbox.services import Ways
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.data]
ROBOT = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=SECRET"


@pytest.fixture
def person() -> Actor:
    return factories.actor(Role.DEPARTMENT)


@pytest.fixture
def office() -> Actor:
    return factories.actor(Role.OFFICE)


def ways(**facts: Any) -> Ways:
    plain: dict[str, Any] = {"wanted": [], "email": "", "digest": False, "digest_at": datetime.time(8, 30)}
    return Ways(**{**plain, "robot": "", "address": None, "key": None, **facts})


def test_a_choice_is_kept_sealed_and_logged_without_secrets(person: Actor) -> None:
    wanted = [("outbox.trial", "mail"), ("outbox.trial", "robot"), ("no.such", "mail")]
    services.choose(ways=ways(wanted=wanted, email="a@b.cn", robot="wecom", address=ROBOT, key="K1"), by=person)
    row = Preference.objects.get()
    assert unseal(row.robot_address, USE) == ROBOT
    assert sorted(Choice.objects.values_list("kind", "channel")) == wanted[:2]
    assert User.objects.get(pk=person.user_id).email == "a@b.cn"
    event = Event.objects.latest("seq")
    assert (event.action, event.after["has_robot"]) == ("outbox.choose", True)
    assert "SECRET" not in f"{event.before}{event.after}"
    services.choose(ways=ways(robot="wecom"), by=person)
    assert unseal(Preference.objects.get().robot_address, USE) == ROBOT  # left empty: kept
    services.choose(ways=ways(), by=person)
    assert Preference.objects.get().robot_address == ""


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ({"wanted": [("outbox.trial", "mail")]}, "邮箱"),
        ({"wanted": [("outbox.trial", "robot")]}, "机器人"),
        ({"robot": "wecom", "address": "https://10.0.0.1/"}, "ROBOT_HOSTS"),
    ],
)
def test_a_choice_that_cannot_work_is_refused(person: Actor, facts: dict[str, Any], word: str) -> None:
    with pytest.raises(Refused, match=word):
        services.choose(ways=ways(**facts), by=person)
    assert not Preference.objects.exists()


def test_the_switch_needs_a_reason_a_right_and_stands_once(person: Actor, office: Actor) -> None:
    with pytest.raises(NotAllowed):
        services.stop(reason="x", by=person)
    with pytest.raises(Refused, match="理由"):
        services.stop(reason=" ", by=office)
    with pytest.raises(Refused, match="没有停发"):
        services.resume(by=office)
    services.stop(reason="系统迁移", by=office)
    with pytest.raises(Refused, match="已经停发"):
        services.stop(reason="再停", by=office)
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.HaltFactory.create()
    services.resume(by=office)
    assert list(Event.objects.order_by("seq").values_list("action", flat=True)) == ["outbox.stop", "outbox.resume"]
    services.stop(reason="又停", by=office)


def test_again_refuses_what_has_not_failed(office: Actor) -> None:
    with pytest.raises(Refused, match="没有失败"):
        services.again(message=factories.MessageFactory.create(), by=office)
    lost = factories.MessageFactory.create(receiver=None, state=State.FAILED)
    with pytest.raises(Refused, match="没有人"):
        services.again(message=lost, by=office)
    failed = factories.MessageFactory.create(state=State.FAILED, reason="x")
    services.again(message=failed, by=office)
    failed.refresh_from_db()
    assert (failed.state, failed.reason) == (State.WAITING, "")


def test_a_message_without_receiver_cannot_wait() -> None:
    with pytest.raises(IntegrityError, match=r"message_without_receiver_failed"), transaction.atomic():
        factories.MessageFactory.create(receiver=None)


def test_reading_is_for_the_receiver_alone(person: Actor) -> None:
    sent = {"state": State.SENT, "sent_at": timezone.now()}
    mine, other = (
        factories.MessageFactory.create(receiver_id=person.user_id, **sent),
        factories.MessageFactory.create(**sent),
    )
    for message in (mine, other):
        reading.read(message=message, by=person)
    assert list(Message.objects.order_by("pk").values_list("state", flat=True)) == [State.READ, State.SENT]
    factories.MessageFactory.create_batch(2, receiver_id=person.user_id, **sent)
    assert reading.read_all(by=person) == 2


def test_a_trial_reaches_oneself_and_not_more_often_than_once_a_minute(person: Actor) -> None:
    services.try_out(by=person)
    with pytest.raises(Refused, match="一分钟"):
        services.try_out(by=person)
    assert Message.objects.get().receiver_id == person.user_id


def test_the_calendar_is_open_by_its_address_until_it_is_taken_back(person: Actor) -> None:
    token = services.make_feed(by=person)
    assert token not in str(list(Feed.objects.values()))
    owner = owner_of(token)
    assert owner is not None
    assert owner.pk == person.user_id
    newer = services.make_feed(by=person)
    assert owner_of(token) is None
    assert owner_of(newer)
    services.revoke_feed(by=person)
    assert owner_of(newer) is None
    with pytest.raises(Refused, match="还没有"):
        services.revoke_feed(by=person)


def test_whoever_has_left_has_no_calendar(person: Actor) -> None:
    token = services.make_feed(by=person)
    Membership.objects.update(valid_to=timezone.localdate() - datetime.timedelta(days=1))
    assert owner_of(token) is None


def test_the_calendar_holds_whole_days_that_other_programs_read(
    person: Actor, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.SITE_URL = "https://zz.example.gov.cn"
    title = "上党中药材:完成种植基地、加工园区和检测中心建设;" * 5
    entry = Entry("work-7", datetime.date(2026, 12, 31), title, "市工信局,措施\n第二行", "/supervision/7/")
    monkeypatch.setattr("spectown.outbox.calendars.DATES", {"test": lambda user, today: [entry]})
    made = Calendar.from_ical(calendar_of(User.objects.get(pk=person.user_id), timezone.now()))
    event = made.walk("VEVENT")[0]
    assert (event["uid"], event["dtstart"].dt, event["dtend"].dt) == (
        "work-7@spectown",
        datetime.date(2026, 12, 31),
        datetime.date(2027, 1, 1),
    )
    assert (str(event["summary"]), str(event["description"])) == (title, "市工信局,措施\n第二行")
    assert str(event["url"]) == "https://zz.example.gov.cn/supervision/7/"
