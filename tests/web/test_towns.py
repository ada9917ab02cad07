"""Pages of 专业镇: list, filters, workbook, one town, changes by the office."""

import datetime
import io
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spectown.accounts.permissions import Role
from spectown.audit.models import Event
from spectown.lib.pinyin import keys, matches
from spectown.towns.enums import Level
from spectown.towns.models import Town
from tests import factories

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def town(name: str, level: Level | None = Level.CITY, **facts: Any) -> Town:
    made = factories.TownFactory.create(name=name, **facts)
    if level:
        factories.LevelRecordFactory.create(town=made, level=level)
    return made


def listed(client: Client, **query: str) -> list[str]:
    return [t.name for t, _, _ in client.get(reverse("towns:list"), query).context["items"]]


@pytest.fixture
def office() -> Client:
    return factories.client_for(Role.OFFICE)


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("长治市", "changzhishi", "czs"),
        ("长子青椒专业镇", "zhangziqingjiaozhuanyezhen", "zzqjzyz"),
        ("LED制造", "ledzhizao", "ledzz"),
    ],
)
def test_place_names_are_read_as_they_are_spoken(name: str, full: str, initials: str) -> None:
    assert keys(name) == (full, initials)


def test_search_by_text_pinyin_and_initials() -> None:
    assert all(matches(query, "长治高新区") for query in ("高新", "changzhi", "CZ", "gxq", " 高 新 "))
    assert not matches("zhangzhi", "长治高新区")


def test_filters(office: Client) -> None:
    county = factories.TerritoryFactory.create(code="140428")
    pepper = town("长子青椒专业镇", Level.POTENTIAL, territory=county)
    town("沁州黄小米专业镇", category="agriculture")
    factories.CategoryFactory.create(code="agriculture", version__is_current=True)
    factories.TownAliasFactory.create(town=pepper, name="辣椒之乡")
    assert listed(office) == ["长子青椒专业镇", "沁州黄小米专业镇"]
    for query in ({"q": "zzqj"}, {"q": "辣椒"}, {"q": "lajiao"}, {"level": "potential"}, {"county": "140428"}):
        assert listed(office, **query) == ["长子青椒专业镇"], query
    assert listed(office, category="agriculture") == ["沁州黄小米专业镇"]
    assert listed(office, q="没有这个") == []
    assert listed(office, level="unknown") == []


def test_sort_and_totals(office: Client) -> None:
    for name, level in (("乙", Level.POTENTIAL), ("甲", Level.PROVINCE), ("丙", None)):
        town(name, level)
    assert listed(office, sort="level") == ["甲", "乙", "丙"]
    answer = office.get(reverse("towns:list"))
    assert answer.context["totals"] == [("省级", 1), ("潜力", 1), ("未定级", 1)]


def test_fragment_for_htmx(office: Client) -> None:
    town("甲")
    text = office.get(reverse("towns:list"), headers=HTMX).content.decode()
    assert "甲" in text
    assert "<html" not in text


@pytest.mark.parametrize("role", [Role.COUNTY_FILL, Role.DEPARTMENT, Role.TOWN])
def test_unpublished_towns_are_hidden_everywhere(role: Role) -> None:
    unit = factories.UnitFactory.create()
    client = factories.client_for(role, unit=unit)
    own = town("自己的", Level.POTENTIAL, responsible_unit=unit)
    other = town("别人的", Level.POTENTIAL)
    assert listed(client) == ["自己的"]
    assert listed(client, q="别人的") == []
    assert client.get(reverse("towns:town", args=[own.code])).status_code == 200
    assert client.get(reverse("towns:town", args=[other.code])).status_code == 404


def test_export_is_the_filtered_list_without_formulas(office: Client) -> None:
    town("甲", leading_industry="=HYPERLINK(1)")
    town("乙", Level.POTENTIAL)
    answer = office.get(reverse("towns:export"), {"level": "city"})
    assert "attachment" in answer["Content-Disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    values = [cell.value for cell in cells]
    assert "甲" in values
    assert "乙" not in values
    assert "'=HYPERLINK(1)" in values
    assert {cell.data_type for cell in cells} <= {"s", "n"}


def test_export_needs_both_permissions() -> None:
    assert factories.client_for(Role.EXPERT).get(reverse("towns:export")).status_code == 403
    assert factories.client_for(Role.TOWN).get(reverse("towns:export")).status_code == 403


def test_queries_do_not_grow(office: Client) -> None:
    counts = []
    for number in (2, 20):
        for n in range(number):
            town(f"镇{number}-{n}")
        office.get(reverse("towns:list"))  # the first request also writes the session
        with CaptureQueriesContext(connection) as captured:
            office.get(reverse("towns:list"))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_detail_shows_both_bodies_history_and_log(office: Client) -> None:
    found = town("高新区信创专业镇", territory__name="潞州区", responsible_unit__name="高新区管委会")
    factories.TownAliasFactory.create(town=found, name="信创园")
    office.post(reverse("towns:edit", args=[found.code]), facts(found, leading_industry="信创"))
    text = office.get(reverse("towns:town", args=[found.code])).content.decode()
    for word in ("潞州区", "高新区管委会", "信创园", "方案附件2", "附件2", "变更专业镇信息", "市级"):
        assert word in text, word
    reader = factories.client_for(Role.DEPARTMENT).get(reverse("towns:town", args=[found.code])).content.decode()
    assert "变更记录" not in reader
    assert "变更信息" not in reader


def facts(found: Town, **changes: str) -> dict[str, str]:
    return {"leading_industry": "", "category": found.category, "operator": "", "reason": "会议纪要"} | changes


def test_edit(office: Client) -> None:
    found = town("甲")
    url = reverse("towns:edit", args=[found.code])
    answer = office.post(url, facts(found, leading_industry="陶瓷"))
    assert answer.status_code == 302
    found.refresh_from_db()
    assert found.leading_industry == "陶瓷"
    assert Event.objects.filter(action="town.change", object_id=str(found.pk)).count() == 1
    again = office.post(url, facts(found, leading_industry="陶瓷"))
    assert again.status_code == 422
    assert "没有任何改动" in again.content.decode()


def test_alias_and_level(office: Client) -> None:
    found = town("甲", Level.POTENTIAL)
    assert (
        office.post(reverse("towns:alias_add", args=[found.code]), {"name": "乙", "source": "日报"}).status_code == 302
    )
    alias = found.aliases.get()
    end = reverse("towns:alias_end", args=[found.code, alias.pk])
    for until in ("", "2024-02-30", "昨天"):
        office.post(end, {"until": until, "reason": "改称"})
        alias.refresh_from_db()
        assert alias.valid_to is None
    office.post(end, {"until": "2024-06-01", "reason": "改称"})
    alias.refresh_from_db()
    assert alias.valid_to == datetime.date(2024, 6, 1)
    level = {"level": "city", "since": "2024-06-01", "document": "长政发〔2024〕1号"}
    assert office.post(reverse("towns:level_add", args=[found.code]), level).status_code == 302
    refused = office.post(reverse("towns:level_add", args=[found.code]), level)
    assert refused.status_code == 422
    assert "已是市级" in refused.content.decode()


def test_applications_are_those_the_actor_may_see(office: Client) -> None:
    found = town("甲")
    factories.ApplicationFactory.create(town=found, town_name="草稿申报书")
    assert "草稿申报书" not in office.get(reverse("towns:town", args=[found.code])).content.decode()
