"""Every count of a town leads to exactly its rows; the page of an enterprise says how it stands."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from spectown.accounts.permissions import Role
from spectown.enterprises.counts import counts_of
from spectown.enterprises.enums import ChainRole, HonourKind
from spectown.enterprises.models import Enterprise
from spectown.plans.folder import mapping
from spectown.towns.models import Town
from spectown.web.enterprises.figures import FIGURES, counted_url
from tests import factories
from tests.criteria import FOLDER

pytestmark = pytest.mark.django_db
RULES = [{**rule, "from": str(rule["from"])} for rule in mapping(FOLDER, "market.yaml")["rules"]]
TODAY = timezone.localdate()
DAY = datetime.timedelta(1)


@pytest.fixture(autouse=True)
def plan() -> None:
    factories.PlanVersionFactory.create(is_current=True, market={"rules": RULES})


@pytest.fixture
def office() -> Client:
    return factories.client_for(Role.OFFICE)


@pytest.fixture
def town() -> Town:
    """A town with one of everything: of its own, further ones, and some that do not count."""
    town, other = factories.TownFactory.create(name="沁州黄小米专业镇"), factories.TownFactory.create()
    for made in (town, other):
        factories.LevelRecordFactory.create(town=made)
    for role in ChainRole:
        factories.EnterpriseFactory.create(town=town, chain_role=role, name=f"本镇{role.label}")
    factories.EnterpriseFactory.create(town=town, name="没有角色")
    factories.EnterpriseFactory.create(town=town, name="已注销", chain_role="leading", status="closed")
    far = factories.EnterpriseFactory.create(town=other, name="兼属龙头", chain_role="partner", kind="cooperative")
    factories.TownMembershipFactory.create(enterprise=far, town=town, chain_role="leading")
    for kind in HonourKind:
        for holder in (far, Enterprise.objects.get(name="本镇龙头")):
            factories.EnterpriseHonourFactory.create(enterprise=holder, kind=kind, level="state", title=kind.label)
    return town


def row_url(row: Enterprise) -> str:
    return reverse("lists:row", kwargs={"ledger": "enterprises", "pk": row.pk})


@pytest.mark.parametrize("code", FIGURES)
def test_every_figure_leads_to_as_many_rows(code: str, town: Town, office: Client) -> None:
    number = FIGURES[code].number(counts_of([town.pk], TODAY)[town.pk])
    page = office.get(counted_url(town, code))
    assert (page.context["number"], page.context["hidden"], len(page.context["lines"])) == (number, 0, number)
    names = {line.enterprise.name for line in page.context["lines"]}
    assert "已注销" not in names
    if FIGURES[code].kind and number:
        assert all(line.honours for line in page.context["lines"])


def test_main_and_further_town_are_said(town: Town, office: Client) -> None:
    lines = office.get(counted_url(town, "leading_enterprises")).context["lines"]
    assert {(line.enterprise.name, line.role, line.is_main) for line in lines} == {
        ("本镇龙头", "龙头", True),
        ("兼属龙头", "龙头", False),
    }
    assert "主要专业镇:" in office.get(counted_url(town, "leading_enterprises")).content.decode()


def test_a_county_is_told_of_rows_it_may_not_open(town: Town) -> None:
    own = Enterprise.objects.get(name="本镇龙头")
    client = factories.client_for(Role.COUNTY_FILL, unit=factories.UnitFactory.create(territory=own.territory))
    page = client.get(counted_url(town, "leading_enterprises"))
    assert (page.context["number"], page.context["hidden"]) == (2, 1)
    assert "兼属龙头" not in page.content.decode()
    assert "另有 1 户不在您的查看范围" in page.content.decode()


def test_honours_of_the_past_are_not_shown(office: Client) -> None:
    holder = factories.EnterpriseFactory.create(town=factories.TownFactory.create(), chain_role="leading")
    factories.EnterpriseHonourFactory.create(enterprise=holder, title="旧的", valid_to=TODAY - DAY)
    assert office.get(counted_url(holder.town, "kind_specialised")).context["number"] == 0
    factories.EnterpriseHonourFactory.create(enterprise=holder, title="新的", valid_to=TODAY)
    text = office.get(counted_url(holder.town, "kind_specialised")).content.decode()
    assert "新的" in text
    assert "旧的" not in text


def test_queries_do_not_grow_with_the_rows(town: Town, office: Client) -> None:
    def queries(url: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert office.get(url).status_code == 200
        return len(seen)

    urls = [counted_url(town, "kind_specialised"), reverse("towns:town", args=[town.code])]
    few = [(queries(url), queries(url))[1] for url in urls]
    for n in range(12):
        more = factories.EnterpriseFactory.create(town=town, chain_role="leading", name=f"又一户{n}")
        factories.EnterpriseHonourFactory.create(enterprise=more)
    assert [queries(url) for url in urls] == few


def test_the_town_shows_its_chain(town: Town, office: Client) -> None:
    page = office.get(reverse("towns:town", args=[town.code]))
    chain = page.context["chain"]
    assert [(each.figure.label, each.number) for each in chain.parts] == [
        ("龙头", 2),
        ("上游", 1),
        ("下游", 1),
        ("配套", 1),
        ("家庭农场", 3),
        ("合作社", 0),
    ]
    assert (chain.partners.number, chain.without_role.number, chain.unnamed) == (3, 1, 0)
    assert [name for name, _ in chain.leaders] == ["兼属龙头", "本镇龙头"]
    assert {each.number for each in chain.honours} == {2}
    text = page.content.decode()
    for each in (*chain.parts, *chain.honours, chain.without_role):
        assert each.url in text


def test_an_unfilled_list_is_not_zero(office: Client) -> None:
    text = office.get(reverse("towns:town", args=[factories.TownFactory.create().code])).content.decode()
    assert "企业清单中还没有本镇的企业" in text
    assert "chain-figure" not in text


def test_the_page_of_an_enterprise_says_how_it_stands(town: Town, office: Client) -> None:
    row = Enterprise.objects.get(name="兼属龙头")
    for facts in (
        {"valid_to": TODAY - DAY},
        {"withdrawn_on": TODAY, "withdrawn_reason": "复核不合格"},
        {"valid_from": TODAY + DAY},
    ):
        factories.EnterpriseHonourFactory.create(enterprise=row, level="city", title=str(facts), **facts)
    factories.EnterpriseYearFactory.create(enterprise=row, year=2024, output=1234, export=0, source="县统计局年报")
    text = office.get(row_url(row)).content.decode()
    for word in ("有效", "已过期", "已撤销", "未生效", "复核不合格", "未报", "1,234", "县统计局年报", "未核定"):
        assert word in text
    assert str(town) in text


@pytest.mark.parametrize(
    ("years", "facts", "said"),
    [
        ({2024: {"revenue": 1600}}, {}, "接近规上门槛"),
        ({2024: {"revenue": 2000}}, {}, "已达到规上门槛"),
        ({2024: {"output": 2000}}, {}, "产值(营业收入未报)"),
        ({2024: {"revenue": 2000}, 2023: {"revenue": 1}}, {}, "2024 年营业收入 2,000 万元"),
        ({2024: {"tax": 1}, 2023: {"revenue": 1700}}, {}, "2023 年营业收入 1,700 万元"),
        ({2024: {"revenue": 1599}}, {}, ""),
        ({2024: {"revenue": 9000}}, {"above_scale": True}, ""),
        ({2024: {"revenue": 9000}}, {"status": "closed"}, ""),
        ({}, {}, ""),
        ({}, {"promotion": "pool"}, "没有报过营业收入和产值"),
    ],
)
def test_hint_of_the_threshold(
    years: dict[int, dict[str, int]], facts: dict[str, Any], said: str, office: Client
) -> None:
    row = factories.EnterpriseFactory.create(**facts)
    for year, figures in years.items():
        factories.EnterpriseYearFactory.create(enterprise=row, year=year, **figures)
    text = office.get(row_url(row)).content.decode()
    assert said in text
    assert ("规上门槛" in text) is bool(said)
