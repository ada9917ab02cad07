"""What filters and forms offer: places within the scope, names that the server proposes, posts by title."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spectown.accounts.permissions import Role
from spectown.projects.models import Project
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "/lists/enterprises/"
OPTIONS = "/lists/brands/options/enterprise/"


@pytest.fixture
def county() -> Any:
    return factories.TerritoryFactory.create(name="沁县")


@pytest.fixture
def client(county: Any) -> Client:
    return factories.client_for(Role.COUNTY_FILL, unit=factories.UnitFactory.create(territory=county))


def town(name: str, territory: Any, **facts: Any) -> Any:
    made = factories.TownFactory.create(name=name, territory=territory, **facts)
    factories.LevelRecordFactory.create(town=made)
    return made


def offered(client: Client, url: str = LIST) -> dict[str, list[str]]:
    """Labels of the filters of a page."""
    return {f.name: [option.label for option in f.options] for f, _ in client.get(url).context["filters"]}


def test_filters_offer_only_what_the_actor_can_have(client: Client, county: Any) -> None:
    own, far = town("黄小米专业镇", county), town("潞绸专业镇", factories.TerritoryFactory.create(name="高平"))
    assert offered(client)["territory"] == ["沁县"]
    assert offered(client)["town"] == [own.name, "未填"]
    office = offered(factories.client_for(Role.OFFICE))
    assert {"沁县", "高平"} <= set(office["territory"])
    assert {own.name, far.name} <= set(office["town"])
    assert offered(factories.client_for(Role.TOWN, unit=factories.UnitFactory.create()))["town"] == ["未填"]


def test_a_town_elsewhere_can_be_chosen_where_one_has_rows_of_it(client: Client, county: Any) -> None:
    """Links of a town's page lead here; the name of a town without own rows is not given away."""
    far, strange = (town(name, factories.TerritoryFactory.create()) for name in ("潞绸专业镇", "堆锦专业镇"))
    factories.EnterpriseFactory.create(territory=county, town=far)
    page = client.get(LIST, {"town": far.pk})
    assert len(page.context["choice"].rows) == 1
    foreign = client.get(LIST, {"town": strange.pk})
    assert "没有“" in foreign.content.decode()
    assert strange.name not in foreign.content.decode()


def test_an_enterprise_is_offered_its_own_places(county: Any) -> None:
    unit = factories.UnitFactory.create()
    factories.EnterpriseFactory.create(unit=unit, territory=county)
    factories.TerritoryFactory.create()
    assert offered(factories.client_for(Role.ENTERPRISE, unit=unit))["territory"] == ["沁县"]


def test_options_are_found_by_initials_within_the_scope(client: Client, county: Any) -> None:
    names = {"沁州农场": county, "沁州牧场": factories.TerritoryFactory.create()}
    for name, place in names.items():
        factories.EnterpriseFactory.create(name=name, territory=place, search_text=f"{name} qinzhou qz")
    found = client.get(OPTIONS, {"q": "qz"}).json()["options"]
    assert [option["value"][:4] for option in found] == ["沁州农场"]
    assert client.get("/lists/brands/options/town/").status_code == 404


def test_queries_of_options_do_not_grow(client: Client, county: Any) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(OPTIONS, {"q": ""})
        return len(queries)

    factories.EnterpriseFactory.create(territory=county)
    count()
    few = count()
    factories.EnterpriseFactory.create_batch(8, territory=county)
    assert count() == few


def test_a_post_is_chosen_by_its_title(client: Client, county: Any) -> None:
    posts = [factories.PostFactory.create(title="县长") for _ in range(2)]
    form = client.get("/lists/projects/new/").context["form"]
    labels = dict(form.fields["post"].choices)
    assert len({str(label) for value, label in labels.items() if value}) == 2  # told apart by their units
    sent = {"name": "项目", "category": "other", "territory": county.pk, "stage": "idea", "course": "active"}
    assert client.post(reverse("lists:row_create", args=["projects"]), sent | {"post": posts[1].pk}).status_code == 302
    assert Project.objects.get().post == posts[1]


def test_fields_carry_their_pinyin(client: Client, county: Any) -> None:
    assert 'data-keys="qinxian qx"' in client.get(LIST).content.decode()
    assert 'data-keys="qinxian qx"' in client.get(f"{LIST}new/").content.decode()
