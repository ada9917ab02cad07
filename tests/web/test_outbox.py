"""消息 on screen: own messages, what comes by which way, the calendar, the office's record and its switch."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from spectown.accounts.models import User
from spectown.accounts.permissions import Role
from spectown.outbox.enums import State
from spectown.outbox.models import Choice, Feed, Halt, Message
from tests import factories

pytestmark = pytest.mark.django_db
CHOICE = {"email": "a@b.cn", "digest_at": "08:30", "wanted": ["outbox.trial:mail"]}


@pytest.fixture
def client() -> Client:
    return factories.client_for(Role.DEPARTMENT)


@pytest.fixture
def office() -> Client:
    return factories.client_for(Role.OFFICE)


def sent(client: Client, **facts: Any) -> Message:
    plain = {"title": "期限将到", "text": "还有 3 个工作日", "state": State.SENT, "sent_at": timezone.now()}
    made: Message = factories.MessageFactory.create(receiver_id=client.session["_auth_user_id"], **plain | facts)
    return made


def text(client: Client, name: str, *args: Any, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_person_sees_own_messages_and_their_number_in_the_navigation(client: Client) -> None:
    sent(client, title="我的")
    sent(client, title="读过的", state=State.READ, read_at=timezone.now())
    factories.MessageFactory.create(title="别人的", state=State.SENT, sent_at=timezone.now())
    sent(client, title="还没有发的", state=State.WAITING, sent_at=None)
    found = text(client, "outbox:inbox")
    assert [word in found for word in ("我的", "读过的", "别人的", "还没有发的")] == [True, True, False, False]
    assert re.search(r"消息</span><span class=\"nav-count\">1<", found)
    assert "读过的" not in text(client, "outbox:inbox", query="?only=unread")


def test_opening_marks_as_read_and_leads_on(client: Client) -> None:
    found = sent(client, url="/plan/")
    assert client.post(reverse("outbox:open", args=[found.pk])).headers["Location"] == "/plan/"
    found.refresh_from_db()
    assert found.state == State.READ
    other = factories.MessageFactory.create(state=State.SENT, sent_at=timezone.now())
    assert client.post(reverse("outbox:open", args=[other.pk])).status_code == 404
    assert client.post(reverse("outbox:open", args=[sent(client).pk])).headers["Location"] == reverse("outbox:inbox")


def test_all_as_read(client: Client) -> None:
    sent(client), sent(client)
    assert "2 条" in client.post(reverse("outbox:read_all"), follow=True).content.decode()


def test_an_empty_page_says_what_comes_here(client: Client) -> None:
    assert "没有消息" in text(client, "outbox:inbox")


def test_choosing_ways(client: Client) -> None:
    assert client.post(reverse("outbox:settings"), CHOICE).status_code == 302
    assert Choice.objects.get().channel == "mail"
    found = text(client, "outbox:settings")
    assert "a@b.cn" in found
    assert re.search(r'value="outbox.trial:mail" checked', found)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"email": ""}, "请填写邮箱地址"),
        ({"email": "no"}, "field-faulty"),
        ({"robot": "wecom", "address": "https://evil.example/"}, "ROBOT_HOSTS"),
        ({"digest_at": ""}, "field-faulty"),
    ],
)
def test_a_wrong_choice_is_shown_again(client: Client, change: dict[str, str], word: str) -> None:
    answer = client.post(reverse("outbox:settings"), CHOICE | change)
    assert answer.status_code == 422
    assert word in answer.content.decode()


def test_a_robots_address_is_never_shown_again(client: Client) -> None:
    secret = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=SECRET"
    client.post(reverse("outbox:settings"), CHOICE | {"robot": "wecom", "address": secret})
    found = text(client, "outbox:settings")
    assert "SECRET" not in found
    assert "已填写" in found


def test_a_calendar_address_is_shown_once_and_works_without_login(client: Client) -> None:
    found = client.post(reverse("outbox:feed_make")).content.decode()
    address = re.search(r'id="calendar-address">([^<]+)<', found)
    assert address is not None
    path = address[1].removeprefix("http://testserver")
    answer = Client().get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert b"BEGIN:VCALENDAR" in answer.content
    assert "calendar-address" not in text(client, "outbox:settings")
    client.post(reverse("outbox:feed_end"))
    assert Client().get(path).status_code == 404
    assert Feed.objects.get().revoked_at


def test_a_trial(client: Client) -> None:
    assert "已发出" in client.post(reverse("outbox:trial"), follow=True).content.decode()
    assert "一分钟" in client.post(reverse("outbox:trial"), follow=True).content.decode()


def test_the_office_stops_and_resumes_on_the_page(office: Client) -> None:
    answer = office.post(reverse("outbox:stop"), {"reason": ""}, follow=True)
    assert "请写明" in answer.content.decode()
    found = office.post(reverse("outbox:stop"), {"reason": "系统迁移"}, follow=True).content.decode()
    assert ("已停发" in found, "系统迁移" in found, "恢复发送" in found) == (True, True, True)
    assert "已停发" in text(office, "outbox:dry_run")
    office.post(reverse("outbox:resume"))
    assert Halt.objects.get().standing is None
    assert "已恢复发送" in text(office, "outbox:list")
    assert "恢复发送" not in text(office, "outbox:list")


def test_the_office_finds_what_failed_and_sends_it_again(office: Client) -> None:
    failed = factories.MessageFactory.create(state=State.FAILED, reason="原因在此", receiver__name="李四")
    way = factories.DeliveryFactory.create(
        message__state=State.SENT,
        message__sent_at=timezone.now(),
        message__title="信",
        state="failed",
        reason="邮箱不对",
    )
    factories.MessageFactory.create(receiver=None, state=State.FAILED, meant_for="某局 承办人", note="送不到")
    found = text(office, "outbox:list")
    assert all(word in found for word in ("有 3 条", "原因在此", "无人接收", "李四"))
    assert "原因在此" not in text(office, "outbox:list", query="?state=undelivered")
    assert "李四" in text(office, "outbox:list", query="?q=李四&state=failed&kind=outbox.trial")
    assert "邮箱不对" in text(office, "outbox:message", way.message_id)
    assert "再发一次" in text(office, "outbox:message", failed.pk)
    office.post(reverse("outbox:again", args=[failed.pk]))
    failed.refresh_from_db()
    assert failed.state == State.WAITING
    assert "没有失败" in office.post(reverse("outbox:again", args=[failed.pk]), follow=True).content.decode()


def test_the_office_sees_when_the_timer_ran_last(office: Client) -> None:
    assert "还没有做过到期处理" in text(office, "outbox:list")
    factories.DueRunFactory.create(counts={"reminders": 7, "messages": 12, "lights": 3})
    assert "提醒 7 件、消息 12 条" in text(office, "outbox:list")


def test_dry_run_lists_receivers_and_words(office: Client) -> None:
    factories.MessageFactory.create(receiver=User.objects.get(pk=office.session["_auth_user_id"]))
    found = text(office, "outbox:dry_run")
    assert ("新消息 1 条" in found, "试发消息" in found) == (True, True)
    assert Message.objects.get().state == State.WAITING


@pytest.mark.parametrize(("name", "most"), [("outbox:inbox", 10), ("outbox:list", 10), ("outbox:dry_run", 14)])
def test_queries_do_not_grow(office: Client, name: str, most: int) -> None:
    factories.InstallationFactory.create()
    counts = []
    for number in (2, 30):
        for _ in range(number):
            way = factories.DeliveryFactory.create(message=sent(office))
            factories.ChoiceFactory.create(user=factories.MessageFactory.create().receiver)
            assert way.pk
        office.get(reverse(name))
        with CaptureQueriesContext(connection) as captured:
            office.get(reverse(name))
        counts.append(len(captured))
    assert counts[0] == counts[1] <= most
