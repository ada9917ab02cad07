"""Pages of inspections and research visits."""

import datetime
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spectown.supervision.models import Finding, Visit
from spectown.web.workbench.visits import COMING, OPEN
from tests import factories
from tests.notice_world import World, on
from tests.web.test_notices import browser, text

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 23)


@pytest.fixture
def world() -> World:
    return World()


def test_the_whole_way_through_the_pages(world: World) -> None:
    office = browser(world.office)
    plan = {
        "title": "认定后专项检查",
        "checklist": "after_title",
        "starts": "2026-11-23",
        "ends": "2026-11-24",
        "participants": "张三、李四",
        "towns": [world.town.pk],
    }
    assert office.post(reverse("visits:plan"), {**plan, "ends": "2026-11-01"}).status_code == 422
    office.post(reverse("visits:plan"), plan)
    visit = Visit.objects.get()
    place = visit.towns.get()
    with on(DAY - datetime.timedelta(3)):
        assert [
            COMING in text(browser(by), "workbench:home") for by in (world.office, world.checks, world.stranger)
        ] == [
            True,
            True,
            False,
        ]
    with on(DAY):
        assert "已填 0/7 项" in text(office, "workbench:home")
        assert "填写检查单" in text(office, "visits:visit", visit.pk)
        answers = {f"verdict_{item['code']}": "fine" for item in visit.items}
        address = reverse("visits:fill_in", args=[visit.pk, place.pk])
        wrong = office.post(address, {**answers, "verdict_output": "finding", "note_output": ""})
        assert wrong.status_code == 422
        assert "有问题的,请写明情况" in wrong.content.decode()
        office.post(address, {**answers, "verdict_output": "finding", "note_output": "产值没有佐证"})
        finding = Finding.objects.get()
        assert "已填 7/7 项,1 个问题未处理" in text(office, "workbench:home")
        assert OPEN not in text(browser(world.checks), "workbench:home")
        assert "产值没有佐证" not in text(browser(world.checks), "visits:visit", visit.pk)
        office.post(reverse("visits:settle", args=[visit.pk, finding.pk]), {"way": "notice"})
        assert "产值没有佐证" in text(office, "notices:proposals")
        office.post(reverse("visits:move", args=[visit.pk, "finish"]))
    assert Visit.objects.get().state == "done"
    assert OPEN not in text(office, "workbench:home")
    assert "产值没有佐证" in text(browser(world.checks), "visits:visit", visit.pk)
    book = openpyxl.load_workbook(BytesIO(office.get(reverse("visits:export")).content))
    assert book.active[4][5].value == "产值没有佐证"  # type: ignore[index]


def test_the_list_and_its_queries(world: World) -> None:
    client = browser(world.office)

    def count() -> list[int]:
        found = []
        for name in ("visits:list", "workbench:home"):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(reverse(name)).status_code == 200
            found.append(len(asked))
        return found

    for _ in range(2):
        factories.FindingFactory.create()
    client.get(reverse("visits:list"))
    before = count()
    for _ in range(6):
        factories.FindingFactory.create(answer__place__visit__kind="research")
    assert count() == before
    rows = client.get(reverse("visits:list"), {"kind": "research"}).context["rows"]
    assert [row.found for row in rows] == [1] * 6


def test_one_visit_and_its_queries(world: World) -> None:
    client, visit = browser(world.office), factories.VisitFactory.create()

    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse("visits:visit", args=[visit.pk])).status_code == 200
        return len(found)

    factories.FindingFactory.create(answer__place__visit=visit)
    client.get(reverse("visits:visit", args=[visit.pk]))
    before = count()
    for _ in range(5):
        factories.FindingFactory.create(answer__place__visit=visit)
    assert count() == before
