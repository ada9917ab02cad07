"""Pages of monitoring: filled in, certified, given back, read out; the number of queries does not grow."""

import datetime
import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from spectown.accounts.permissions import Role
from spectown.monitoring.drafts import standing
from spectown.monitoring.enums import DefinitionKind
from spectown.monitoring.models import Explanation, Indicator
from spectown.monitoring.opening import open_sheets
from spectown.organisations.models import Unit
from spectown.outbox.models import Message
from tests import factories
from tests.apps.monitoring.world import CLOSES, OPENS, World, on
from tests.kept_rows import kept_rows

pytestmark = pytest.mark.django_db
AGAIN = datetime.date(2026, 11, 20)


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One for all tests of the module."""
    with kept_rows(django_db_blocker):
        yield World()


@pytest.fixture
def world(built: World, db: None) -> World:
    return deepcopy(built)


def client(world: World, role: Role, **more: Any) -> Client:
    return factories.client_for(role, **({"unit": world.county} | more))


def page(of: Client, name: str, *args: Any, **query: Any) -> str:
    answer = of.get(reverse(f"monitoring:{name}", args=args), query)
    assert answer.status_code == 200, answer.content[:300]
    return answer.content.decode()


def test_a_county_fills_in_by_the_page_and_hands_in(world: World) -> None:
    fill = client(world, Role.COUNTY_FILL)
    sheet = world.sheet()
    url = reverse("monitoring:sheet", args=[sheet.pk])
    with on(OPENS):
        assert sheet.town.name in page(fill, "sheets")
        text = page(fill, "sheet", sheet.pk)
        assert "主导产业产值" in text
        assert 'name="v-output"' in text
        assert "由清单得出" in text
        answer = fill.post(url, {"v-output": "约一百", "v-tax": "3", "head": "赵某"})
        assert answer.status_code == 422
        text = answer.content.decode()
        assert 'value="约一百"' in text
        assert world.cell("tax").reported.shown == "3", "what could be read is kept"
        data = {f"v-{code}": entry.raw for code, entry in world.answers().items()}
        footer = {"head": "赵某", "statistician": "钱某", "filler": "孙某", "phone": "1", "reported_on": "2026-11-03"}
        assert fill.post(url, {**data, **footer, "hand_in": "1"}).status_code == 302
        assert world.sheet().work.state == "filled"
        assert fill.post(url, data).status_code == 404
        other = client(world, Role.COUNTY_CHECK)
        assert "审核" in page(other, "sheet", sheet.pk)


def test_a_cell_is_kept_as_it_is_typed(world: World) -> None:
    fill, url = client(world, Role.COUNTY_FILL), reverse("monitoring:cell", args=[world.sheet().pk])
    with on(OPENS):
        kept = fill.post(url, {"code": "output", "value": "1.2亿", "revision": "0"})
        assert json.loads(kept.content) == {"shown": "12000", "comment": "", "revision": 1}
        late = fill.post(url, {"code": "output", "value": "5", "revision": "0"})
        assert (late.status_code, "没有覆盖" in json.loads(late.content)["fault"]) == (422, True)
        wrong = fill.post(url, {"code": "output", "value": "很多", "revision": "1"})
        assert wrong.status_code == 422
        assert fill.post(url, {"code": "nothing", "value": "1"}).status_code == 422
        assert "12,000" in page(fill, "history", world.sheet().pk, "output")
    with on(CLOSES + datetime.timedelta(1)):
        assert fill.post(url, {"code": "output", "value": "5", "revision": "1"}).status_code == 409


def test_the_figure_before_is_taken_by_one_click_and_a_warning_is_explained(world: World) -> None:
    fill, sheet = client(world, Role.COUNTY_FILL), world.sheet()
    with on(OPENS):
        world.filled(output="100")
        output = world.cell("output").indicator
        factories.CellFactory.create(town=world.towns[1], indicator=output, ordinal=20260901, number=90)
        fill.post(reverse("monitoring:same", args=[world.sheet(1).pk]))
        cell = world.cell("output", 1)
        assert (cell.reported.shown, cell.origin) == ("90", "same")
        factories.CellFactory.create(town=world.towns[0], indicator=output, ordinal=20260901, number=1)
        text = page(fill, "sheet", sheet.pk)
        assert "提醒" in text
        key = text.partition('name="key" value="')[2].partition('"')[0]
        fill.post(reverse("monitoring:explain", args=[sheet.pk]), {"key": key, "reason": "新厂投产"})
        assert Explanation.objects.get().text == "新厂投产"
        assert "理由:新厂投产" in page(fill, "sheet", sheet.pk)


def test_a_bureau_certifies_the_office_gives_back_and_the_county_sees_both(world: World) -> None:
    with on(OPENS):
        world.sent()
        world.sent(1)
        bureau = client(world, Role.DEPARTMENT, unit=Unit.objects.get(code="tongji"))
        newer = factories.FormPeriodFactory.create(ordinal=world.sheet().form_period.ordinal + 100)
        text = page(bureau, "certify")
        assert "格待核定" in text, "where something waits, though there is a newer period"
        assert "没有待核定的数" in page(bureau, "certify", period=newer.pk)
        newer.delete()
        first, second = world.cell("output"), world.cell("output", 1)
        bureau.post(reverse("monitoring:agree"), {"pk": [first.pk]})
        bureau.post(reverse("monitoring:answer", args=[second.pk]), {"code": "differ", "value": "90", "reason": "直报"})
        assert (world.cell("output").state, world.cell("output", 1).counts.shown) == ("agreed", "90")
        office = client(world, Role.OFFICE)
        table = page(office, "table", against="last")
        assert "核定一致" in table
        assert "190" in table, "the sum takes what was certified"
        back = {"cells": ["output"], "again_on": "2026-11-20", "reason": "再核"}
        office.post(reverse("monitoring:send_back", args=[world.sheet(1).pk]), back)
        assert world.sheet(1).work.state == "returned"
        text = page(client(world, Role.COUNTY_FILL), "sheet", world.sheet(1).pk)
        assert 'name="v-output"' in text
        assert 'name="v-tax"' not in text


def test_the_office_accepts_and_locks_many_at_once_and_what_cannot_be_is_named(world: World) -> None:
    with on(OPENS):
        for number in range(2):
            world.sent(number)
        world.sheet().cells.update(state="agreed")
        office, opened = client(world, Role.OFFICE), world.sheet().form_period
        text = page(office, "sheets")
        assert f"{opened} 1 张" in text
        assert "格待核定" in text
        assert f'name="pk" value="{world.sheet().pk}"' in text
        assert f'name="pk" value="{world.sheet(1).pk}"' not in text, "not answered yet: nothing to tick"
        both = {"pk": [world.sheet().pk, world.sheet(1).pk]}
        answer = office.post(reverse("monitoring:accept", args=[opened.pk]), both, follow=True).content.decode()
        assert "已验收 1 张" in answer
        assert f"{world.towns[1].name}没有验收:还没有核定:" in answer
        office.post(reverse("monitoring:lock", args=[opened.pk]), both)
        assert (world.sheet().work.state, world.sheet(1).work.state) == ("locked", "sent")
        again = office.post(reverse("monitoring:lock", args=[opened.pk]), both, follow=True).content.decode()
        assert "没有可以锁定的报表" in again
        assert 'name="pk"' not in page(client(world, Role.LEADER), "sheets")


def test_a_stock_of_january_and_february_together_is_compared_with_december(world: World) -> None:
    monthly = {**standing(DefinitionKind.FORM, "monthly"), "together": 2}
    factories.DefinitionFactory.create(kind="form", code="monthly", since=20260101, data=monthly)
    opened = factories.FormPeriodFactory.create(ordinal=20260201)
    jobs, town = Indicator.objects.get(code="jobs"), world.towns[0]
    sheet = factories.SheetFactory.create(form_period=opened, town=town, work__state="sent")
    for ordinal, number in ((20251201, 100), (20260201, 110)):
        factories.CellFactory.create(town=town, indicator=jobs, ordinal=ordinal, number=number, sheet=sheet)
    text = page(client(world, Role.OFFICE), "table", period=opened.pk, against="last", i="jobs")
    assert "+10.0%" in text


def test_who_has_not_reported_is_read_out_and_urged_once_a_day(world: World) -> None:
    county = factories.client_for(Role.COUNTY_FILL, unit=world.county)
    office, late = client(world, Role.OFFICE), CLOSES + datetime.timedelta(1)
    with on(OPENS):
        world.sent()
    with on(late):
        text = page(office, "missing")
        assert f"未报1个:{world.county.name}({world.towns[1].name})" in text
        before = Message.objects.filter(kind="work.sheet").count()
        for _ in range(2):
            office.post(reverse("monitoring:urge"))
        assert Message.objects.filter(kind="work.sheet").count() > before
        made = Message.objects.filter(kind="work.sheet", event__contains="urge")
        assert made.count() == made.values("receiver").distinct().count()
        assert world.towns[1].name in page(county, "missing")
        office.post(reverse("monitoring:late", args=[world.sheet(1).pk]), {"until": "2026-11-20", "reason": "停电"})
        assert "例外至" in page(office, "missing")


def test_a_pivot_leads_to_its_cells_and_says_what_cannot_be_asked(world: World) -> None:
    office = client(world, Role.OFFICE)
    with on(OPENS):
        world.sent()
        world.sent(1, output="50")
        text = page(office, "pivot", rows="territory", columns="period")
        assert ">150</a>" in text
        link = text.partition('href="/monitoring/pivot/cells/')[2].partition('"')[0].replace("&amp;", "&")
        behind = office.get(f"/monitoring/pivot/cells/{link}").content.decode()
        assert world.towns[0].name in behind
        assert reverse("monitoring:sheet", args=[world.sheet().pk]) in behind
        same = office.get(reverse("monitoring:pivot"), {"rows": "town", "columns": "town"})
        assert (same.status_code, "请选不同的内容" in same.content.decode()) == (422, True)
        own = client(world, Role.COUNTY_FILL)
        assert ">150</a>" in page(own, "pivot")
        assert ">150</a>" not in page(factories.client_for(Role.COUNTY_FILL), "pivot")


def test_a_workbook_goes_round_and_its_faults_are_told_by_cell(world: World) -> None:
    fill = client(world, Role.COUNTY_FILL)
    opened = world.sheet().form_period
    with on(OPENS):
        data = fill.get(reverse("monitoring:template", args=[opened.pk]))
        assert data.status_code == 200
        same = SimpleUploadedFile("月报.xlsx", data.getvalue())
        assert fill.post(reverse("monitoring:book", args=[opened.pk]), {"file": same}).status_code == 302
        wrong = fill.post(reverse("monitoring:book", args=[opened.pk]), {"file": SimpleUploadedFile("a.xlsx", b"PK")})
        assert (wrong.status_code, "没有写入" in wrong.content.decode()) == (422, True)
        assert "Excel 填报" in page(fill, "sheets")


def test_catalogue_one_indicator_and_what_does_not_hang_together(world: World) -> None:
    office = client(world, Role.OFFICE)
    with on(OPENS):
        text = page(office, "catalogue")
        assert "主导产业产值(万元)" in text
        assert "一年 12 期、2 个镇" in text
        assert "ytd(output)" in page(office, "indicator", "output_ytd")
        assert "错误" in page(office, "checks"), "sources that are no unit here"


@pytest.mark.parametrize("name", ["sheets", "missing", "table", "certify", "pivot", "catalogue"])
def test_queries_do_not_grow_with_towns(name: str, world: World, django_assert_max_num_queries: Any) -> None:
    who = client(world, Role.OFFICE)
    if name == "certify":
        who = client(world, Role.DEPARTMENT, unit=Unit.objects.get(code="tongji"))
    with on(OPENS):
        world.sent()
        page(who, name)
        with django_assert_max_num_queries(60) as few:
            page(who, name)
        world.sent(1)
        with django_assert_max_num_queries(len(few)):
            page(who, name)


@pytest.mark.parametrize("name", ["duties:mine", "supervision:works", "workbench:home"])
def test_sheets_among_all_work_cost_no_query_each(name: str, world: World, django_assert_max_num_queries: Any) -> None:
    fill = client(world, Role.COUNTY_FILL)
    with on(OPENS):
        fill.get(reverse(name))
        with django_assert_max_num_queries(80) as few:
            text = fill.get(reverse(name)).content.decode()
        assert reverse("monitoring:sheet", args=[world.sheet().pk]) in text
        for _ in range(3):
            factories.TownFactory.create(territory=world.county.territory, responsible_unit=world.county)
        open_sheets(OPENS)
        with django_assert_max_num_queries(len(few)):
            fill.get(reverse(name))
