"""The log on screen."""

import datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from spectown.accounts.permissions import Role
from spectown.audit.models import Event
from spectown.audit.services import SYSTEM, record
from spectown.web.system.events import SIZE
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor() -> Client:
    client = factories.client_for(Role.AUDIT_ADMIN)
    with connection.cursor() as cursor:  # the login itself is an event; these tests count their own
        cursor.execute("DELETE FROM audit_event")
    return client


def event(seq: int, **facts: Any) -> Event:
    return factories.EventFactory.create(seq=seq, **facts)


def seqs(client: Client, **query: object) -> list[int]:
    answer = client.get(reverse("system:audit"), query)
    assert answer.status_code == 200
    return [line.event.seq for line in answer.context["rows"]]


def at(day: int, hour: int = 12) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime(2026, 3, day, hour))


def test_pages_by_sequence(auditor: Client) -> None:
    total = 2 * SIZE + 10
    for seq in range(1, total + 1):
        event(seq)
    first = auditor.get(reverse("system:audit")).context["window"]
    assert (first.events[0].seq, len(first.events), first.newer) == (total, SIZE, None)
    second = auditor.get(reverse("system:audit"), {"before": first.older}).context["window"]
    assert second.events[0].seq == total - SIZE
    last = auditor.get(reverse("system:audit"), {"before": second.older}).context["window"]
    assert ([e.seq for e in last.events], last.older) == (list(range(10, 0, -1)), None)
    assert seqs(auditor, after=last.newer) == [e.seq for e in second.events]
    assert seqs(auditor, before="x") == [e.seq for e in first.events]
    assert seqs(auditor, before=0) == []


def test_filters(auditor: Client) -> None:
    person = factories.UserFactory.create(name="张三")
    event(1, at=at(1), action="login", actor_id=person.pk, object_type="accounts.user", object_id="5")
    event(2, at=at(2, 0), object_label="沁州黄小米专业镇", object_type="towns.town", object_id="7")
    event(3, at=at(2, 23), action="town.change", object_type="towns.town", object_id="5")
    event(4, at=at(3))
    for query, expected in (
        ({"since": "2026-03-02"}, [4, 3, 2]),
        ({"until": "2026-03-02"}, [3, 2, 1]),
        ({"since": "2026-03-02", "until": "2026-03-02"}, [3, 2]),
        ({"since": "2026-04-01"}, []),
        ({"until": "2026-02-01"}, []),
        ({"since": "2026-03-03", "until": "2026-03-02"}, []),
        ({"since": "昨天"}, []),
        ({"person": "张"}, [1]),
        ({"person": "系统"}, [4, 3, 2]),
        ({"person": "没有这个人"}, []),
        ({"action": "town.change"}, [3]),
        ({"object_type": "towns.town"}, [3, 2]),
        ({"object_type": "towns.town", "object": "5"}, [3]),
        ({"object": "黄小米"}, [2]),
    ):
        assert seqs(auditor, **query) == expected, query


def test_queries_do_not_grow(auditor: Client) -> None:
    counts = []
    for number in (2, 40):
        start = Event.objects.count()
        for n in range(number):
            event(start + n + 1, object_type="towns.town", object_id=str(n))
        auditor.get(reverse("system:audit"))  # the first request also writes the session
        with CaptureQueriesContext(connection) as captured:
            auditor.get(reverse("system:audit"))
        counts.append(len(captured))
        assert not [q for q in captured if "COUNT(" in q["sql"] and "audit_event" in q["sql"]]
    assert counts[0] == counts[1]


def test_event_shows_before_and_after_in_words() -> None:
    unit = factories.UnitFactory.create(name="陶瓷协会")
    town = factories.TownFactory.create()
    factories.LevelRecordFactory.create(town=town)
    with transaction.atomic():
        made = record(
            by=SYSTEM,
            action="town.change",
            obj=town,
            before={"operator": None, "category": "x", "is_demo": False},
            after={"operator": unit.pk, "category": "x", "is_demo": True},
            reason="会议纪要",
        )
    text = factories.client_for(Role.OFFICE).get(reverse("system:event", args=[made.seq])).content.decode()
    for word in (
        "运营主体",
        "陶瓷协会",
        "演示",
        "是",
        "会议纪要",
        "变更专业镇信息",
        reverse("towns:town", args=[town.code]),
    ):
        assert word in text, word
    assert "类别" not in text
    auditor = factories.client_for(Role.AUDIT_ADMIN).get(reverse("system:event", args=[made.seq])).content.decode()
    assert reverse("towns:town", args=[town.code]) not in auditor


def test_text_in_the_log_is_not_markup(auditor: Client) -> None:
    event(1, object_label="<script>x</script>", reason="<u>", after={"name": "<i>"})
    for url in (reverse("system:audit"), reverse("system:event", args=[1])):
        text = auditor.get(url).content.decode()
        assert "<script>x" not in text
        assert "<u>" not in text
        assert "<i>" not in text


def test_verification() -> None:
    client = factories.client_for(Role.AUDIT_ADMIN)
    answer = client.post(reverse("system:audit_verify"))
    assert "日志全部完好" in answer.content.decode()
    assert Event.objects.latest("seq").action == "audit.verify"
    digest = answer.context["verdict"].digest
    assert "日志全部完好" in client.post(reverse("system:audit_verify"), {"expected": digest}).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET actor_name = 'x' WHERE seq = 1")
    broken = client.post(reverse("system:audit_verify"), {"expected": "0" * 64}).content.decode()
    assert "日志发现 2 处问题" in broken
    assert "内容与校验值不符" in broken
    assert "发现 2 处问题" in client.get(reverse("system:audit")).content.decode()
