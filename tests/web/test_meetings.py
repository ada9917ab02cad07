"""Pages of progress meetings."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spectown.supervision.models import Decision, Meeting
from tests import factories
from tests.notice_world import World, on
from tests.web.test_notices import browser, text

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 24)


@pytest.fixture
def world() -> World:
    made = World()
    factories.ClauseFactory.create(version=made.version, ref="三(四)")
    return made


def test_the_whole_way_through_the_pages(world: World) -> None:
    office = browser(world.office)
    assert office.post(reverse("meetings:new"), {"title": ""}).status_code == 422
    office.post(reverse("meetings:new"), {"title": "推进会", "day": "2026-11-24", "chair": "副市长", "place": "会议室"})
    meeting = Meeting.objects.get()
    with on(DAY):
        assert "下一步:定议程" in text(office, "workbench:home")
    assert "精深加工" in text(office, "meetings:agenda", meeting.pk)
    key = f"project:{world.projects[0].pk}"
    office.post(reverse("meetings:agenda", args=[meeting.pk]), {"key": [key, "project:999"], "own": "明年安排\n\n"})
    assert [item.title for item in meeting.agenda.all()] == ["精深加工", "明年安排"]
    assert "明年安排" in text(office, "meetings:agenda", meeting.pk)
    said = {
        "text": "协调用地",
        "clause": "三(四)",
        "unit": world.county.pk,
        "deadline": "2026-12-31",
        "target": "办结1宗",
    }
    with on(DAY):
        wrong = office.post(reverse("meetings:decide", args=[meeting.pk]), {**said, "target": "", "propose": "on"})
        assert wrong.status_code == 422
        assert "须写出数" in wrong.content.decode()
        assert "协调用地" in wrong.content.decode()
        for words in ("协调用地", "按月调度"):
            office.post(reverse("meetings:decide", args=[meeting.pk]), {**said, "text": words, "propose": "on"})
        assert "待提请审定的会议议定事项" not in text(office, "workbench:home")
        office.post(reverse("meetings:decide", args=[meeting.pk]), {**said, "text": "明年再议", "target": ""})
        page = text(office, "workbench:home")
        assert "待提请审定的会议议定事项" in page
        assert "下一步:补写可衡量的目标,提请审定" in page
        assert "下一步:起草会议纪要" in page
        unknown = office.post(reverse("meetings:decide", args=[meeting.pk]), {**said, "clause": "九(九)"})
        assert unknown.status_code == 422
    wrong_one = Decision.objects.get(text="明年再议")
    assert "删去" in text(office, "meetings:meeting", meeting.pk)
    office.post(reverse("meetings:undecide", args=[wrong_one.pk]), {"reason": "记错"})
    assert not Decision.objects.filter(pk=wrong_one.pk).exists()
    page = text(browser(world.leader), "meetings:meeting", meeting.pk)
    assert "待审定" in page
    assert "记一项" not in page
    new = {"title": "推进会(改)", "day": "2026-11-24"}
    assert office.post(reverse("meetings:edit", args=[meeting.pk]), new).status_code == 302
    answer = office.post(reverse("meetings:minutes", args=[meeting.pk]))
    meeting.refresh_from_db()
    assert answer["Location"] == reverse("documents:edit", args=[meeting.document_id])
    assert office.post(reverse("meetings:minutes", args=[meeting.pk]))["Location"] == reverse(
        "meetings:meeting", args=[meeting.pk]
    )
    assert "记一项" not in text(office, "meetings:meeting", meeting.pk)


def test_the_number_of_queries_does_not_grow(world: World) -> None:
    client, meeting = browser(world.office), factories.MeetingFactory.create()
    addresses = [
        reverse("meetings:list"),
        reverse("workbench:home"),
        *(reverse(f"meetings:{n}", args=[meeting.pk]) for n in ("meeting", "agenda")),
    ]

    def counts() -> list[int]:
        found = []
        for address in addresses:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            found.append(len(asked))
        return found

    def more(count: int) -> None:
        for _ in range(count):
            factories.MeetingDecisionFactory.create(meeting=meeting, measure=factories.MeasureFactory.create())
            factories.AgendaItemFactory.create(meeting=meeting, key=f"project:{world.projects[0].pk}")
            factories.MeetingFactory.create()
            work = factories.WorkFactory.create(running=True, light="red")
            factories.MeasureFactory.create(work=work)
            factories.AgendaItemFactory.create(meeting=meeting, key=f"measure:{work.pk}")

    more(2)
    counts()
    before = counts()
    more(5)
    assert counts() == before
