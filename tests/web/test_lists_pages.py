"""Overview, list and row: who sees what, fragments, bad addresses, number of queries."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spectown.accounts.permissions import Role
from spectown.lists.declaration import Ledger
from spectown.lists.registry import ledger_of, ledgers
from spectown.lists.services.records import create
from spectown.projects.enums import ProjectLight
from spectown.web.lists.grid import _for_phones
from tests import factories

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
LIST = "/lists/enterprises/"


def enterprise(name: str = "沁州农场", **facts: Any) -> Any:
    return factories.EnterpriseFactory.create(name=name, search_text=name, **facts)


def titles(client: Client, **query: Any) -> list[str]:
    return [line.title for line in client.get(LIST, query).context["grid"].lines]


def queries(client: Client, url: str) -> int:
    client.get(url)  # the first request also writes the session
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.fixture
def office() -> Client:
    return factories.client_for(Role.OFFICE)


@pytest.mark.parametrize("ledger", ledgers(), ids=lambda ledger: ledger.slug)
def test_every_list_answers(office: Client, ledger: Ledger) -> None:
    for name in ("list", "row_create", "deleted", "import", "template", "export"):
        answer = office.get(reverse(f"lists:{name}", args=[ledger.slug]))
        assert answer.status_code == 200, name
        b"".join(answer)


def test_unknown_list_and_row(office: Client) -> None:
    for url in ("/lists/nothing/", "/lists/nothing/1/", f"{LIST}999/", f"{LIST}999/edit/", f"{LIST}runs/999/"):
        assert office.get(url).status_code == 404, url


def test_overview_counts_what_the_actor_sees(office: Client) -> None:
    county = factories.TerritoryFactory.create()
    enterprise(territory=county)
    enterprise("别县的")
    factories.TaskFactory.create(number=1, clause__ref="三(一)", version__is_current=True)
    client = factories.client_for(Role.COUNTY_FILL, unit=factories.UnitFactory.create(territory=county))
    for who, expected in ((office, "2 户"), (client, "1 户")):
        groups = who.get("/lists/").context["groups"]
        assert [c.rows for g in groups for c in g.cards if c.ledger.slug == "enterprises"] == [expected]
    assert factories.client_for(Role.EXPERT).get("/lists/").status_code == 403


def test_scope_holds_for_list_row_search_and_files() -> None:
    county = factories.TerritoryFactory.create()
    own, other = enterprise("本县农场", territory=county), enterprise("别县农场")
    client = factories.client_for(Role.COUNTY_FILL, unit=factories.UnitFactory.create(territory=county))
    assert titles(client) == ["本县农场"]
    assert titles(client, q="农场") == ["本县农场"]
    assert client.get(f"{LIST}{own.pk}/").status_code == 200
    assert client.get(f"{LIST}{other.pk}/").status_code == 404
    assert client.get(f"{LIST}{other.pk}/edit/").status_code == 404
    assert client.post(f"{LIST}{other.pk}/delete/", {"reason": "x"}).status_code == 404


def test_filter_sort_columns_size_and_chips(office: Client) -> None:
    enterprise("甲农场", capital=5, status="closed")
    enterprise("乙农场", capital=10)
    assert titles(office, sort="capital") == ["甲农场", "乙农场"]
    assert titles(office, sort="-capital") == ["乙农场", "甲农场"]
    answer = office.get(LIST, {"status": "closed", "cols": ["capital", "status"], "size": "100"})
    assert [chip.label for chip in answer.context["choice"].chips] == ["经营状态:已注销"]
    assert [head.text for head in answer.context["grid"].heads] == ["名称", "注册资本(万元)", "经营状态"]
    assert answer.context["choice"].size == 100


def test_bad_filter_says_so_and_shows_nothing(office: Client) -> None:
    enterprise()
    answer = office.get(LIST, {"status": "nonsense"})
    assert answer.context["grid"].lines == []
    assert "没有“nonsense”这一项" in answer.content.decode()


def test_sums_stand_below(office: Client) -> None:
    enterprise("甲", capital="1200.50")
    enterprise("乙", capital=800)
    text = office.get(LIST).content.decode()
    assert "2,000.5" in text
    assert "计算合计" not in text


def test_fragment_for_htmx(office: Client) -> None:
    enterprise("甲农场")
    text = office.get(LIST, headers=HTMX).content.decode()
    assert "甲农场" in text
    assert "<html" not in text


def test_names_are_escaped(office: Client) -> None:
    row = enterprise("<b>甲</b>")
    for url in (LIST, f"{LIST}{row.pk}/", f"{LIST}{row.pk}/edit/"):
        assert "<b>甲</b>" not in office.get(url).content.decode()


def test_row_shows_facts_missing_ones_and_what_refers_to_it(office: Client) -> None:
    row = enterprise("甲农场", capital=12000)
    ledger = ledger_of("brands")
    assert ledger
    create(
        ledger=ledger,
        values={"name": "甲牌", "territory": row.territory, "enterprise": row, "kind": "regional", "rank": "city"},
        by=factories.actor(Role.OFFICE),
    )
    answer = office.get(f"{LIST}{row.pk}/")
    text = answer.content.decode()
    for word in ("甲农场", "12,000", "未填", "QY00", str(row.territory), "领导小组办公室", "甲牌"):
        assert word in text, word
    (relative,) = [r for r in answer.context["relatives"] if r.ledger is ledger]
    assert [line.title for line in office.get(relative.url).context["grid"].lines] == ["甲牌"]


def test_town_page_and_plan_lead_to_the_lists(office: Client) -> None:
    town = factories.TownFactory.create()
    factories.LevelRecordFactory.create(town=town)
    enterprise("甲农场", town=town)
    enterprise("无镇农场")
    (shown,) = office.get(reverse("towns:town", args=[town.code])).context["lists"]
    assert shown.rows == "1 户"
    assert [line.title for line in office.get(shown.url).context["grid"].lines] == ["甲农场"]


def test_lists_stand_beside_their_clauses(office: Client) -> None:
    enterprise()
    factories.ClauseFactory.create(ref="三(一)", version__is_current=True)
    text = office.get("/plan/").content.decode()
    assert "企业清单 1 户" in text
    assert LIST in text
    reader = factories.client_for(Role.EXPERT).get("/plan/").content.decode()
    assert "企业清单" not in reader


def test_queries_do_not_grow(office: Client) -> None:
    row = enterprise()
    urls = (LIST, "/lists/", f"{LIST}{row.pk}/", "/lists/enterprise-honours/")
    before = [queries(office, url) for url in urls]
    for number in range(20):
        other = enterprise(f"农场{number}", town=factories.TownFactory.create())
        factories.EnterpriseHonourFactory.create(enterprise=other, territory=other.territory)
        factories.EnterpriseHonourFactory.create(enterprise=row, territory=row.territory, title=f"称号{number}")
    after = [queries(office, url) for url in urls]
    assert [b - a for a, b in zip(before, after, strict=True)] <= [0, 0, 1, 0]  # one for the first honours at all


def test_counts_of_all_lists_are_one_query(office: Client) -> None:
    row = enterprise()
    assert queries(office, "/lists/") < len(ledgers())
    assert queries(office, f"{LIST}{row.pk}/") < len(ledgers())


def test_the_card_of_a_project_on_a_phone_shows_its_light() -> None:
    ledger = ledger_of("projects")
    assert ledger is not None
    kept = _for_phones([bound for bound in ledger.bound if bound.column.shown])
    assert "light" in kept
    assert "light_on" not in kept


def test_lights_have_shape_colour_and_word_and_a_legend(office: Client) -> None:
    for level in ProjectLight.values:
        kept = factories.ProjectFactory.create()
        type(kept).objects.filter(pk=kept.pk).update(light=level)
    page = office.get("/lists/projects/").content.decode()
    lamp = r'data-label="亮灯"><span class="light light-(\w+)"><svg[^>]*><use href="[^"]*#([\w-]+)"></use></svg>(\w+)<'
    cells = re.findall(lamp, page)
    assert {(level, word) for level, _, word in cells} == set(ProjectLight.choices)
    assert len({shape for _, shape, _ in cells}) == len(ProjectLight.values)
    legend = page.partition('<ul class="lights"')[2].partition("</ul>")[0]
    assert [word in legend for word in ProjectLight.labels] == [True] * 5
    assert '<ul class="lights"' not in office.get("/lists/projects/?cols=stage").content.decode()
    row = office.get(f"/lists/projects/{kept.pk}/").content.decode()
    assert '<dd><span class="light light-none">' in row


def test_filters_beyond_one_line_stand_behind_a_button_that_is_open_where_they_are_used(office: Client) -> None:
    page = office.get("/lists/projects/").content.decode()
    more = page.partition('<details class="filter-more">')[2].partition("</details>")[0]
    assert re.findall(r'<select[^>]* name="(\w+)"', more) == ["unit", "needs_leader"]
    assert '<details class="filter-more" open>' in office.get("/lists/projects/?needs_leader=1").content.decode()
    assert "filter-more" not in office.get("/lists/enterprises/").content.decode()
