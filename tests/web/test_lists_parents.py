"""A form begun from the page of an enterprise or a project: that row is filled in, locked, and must be visible."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from spectown.accounts.permissions import Role
from spectown.enterprises.models import EnterpriseHonour
from spectown.projects.models import ProjectMonth
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> Any:
    return factories.TerritoryFactory.create()


@pytest.fixture
def client(county: Any) -> Client:
    return factories.client_for(Role.COUNTY_FILL, unit=factories.UnitFactory.create(territory=county))


def links(client: Client, ledger: str, pk: int) -> dict[str, str]:
    """The actions beside the parts of a row's page."""
    page = client.get(reverse("lists:row", args=[ledger, pk]))
    return {label: url for part in page.context["sections"] for label, url in part.actions}


def test_an_honour_from_the_page_of_its_holder(client: Client, county: Any) -> None:
    own, other = (factories.EnterpriseFactory.create(territory=county) for _ in range(2))
    url = links(client, "enterprises", own.pk)["登记荣誉"]
    form = client.get(url).context["form"]
    assert form.fields["enterprise"].disabled
    assert own.name in str(form["enterprise"])
    sent = {"enterprise": other.name, "kind": "little_giant", "level": "state", "valid_from": "2024-01-01"}
    answer = client.post(url, sent | {"issuer": "工信部"})
    assert answer.status_code == 302, answer.context["form"].errors
    assert answer["Location"] == reverse("lists:row", args=["enterprises", own.pk])
    assert EnterpriseHonour.objects.get().enterprise == own  # whatever was sent


@pytest.mark.parametrize("label", ["登记荣誉", "填年度数据", "登记兼属"])
def test_every_form_of_an_enterprise_names_it(label: str, client: Client, county: Any) -> None:
    own = factories.EnterpriseFactory.create(territory=county)
    form = client.get(links(client, "enterprises", own.pk)[label]).context["form"]
    assert (form.fields["enterprise"].disabled, form["enterprise"].initial) == (True, own.pk)


def test_reports_of_a_project(client: Client, county: Any) -> None:
    own = factories.ProjectFactory.create(territory=county, stage="signed", signed_on="2024-01-01")
    actions = links(client, "projects", own.pk)
    plan = client.get(actions["填年度计划"]).context["form"]
    assert (plan.fields["project"].disabled, plan["project"].initial) == (True, own.pk)
    url = actions["填月报"]
    form = client.get(url).context["form"]
    sent = {name: form[name].value() or "" for name in ("year", "month")}
    assert all(sent.values())
    assert client.post(url, {**sent, "completed": "120"}).status_code == 302
    assert ProjectMonth.objects.values_list("project", "completed").get() == (own.pk, 120)


@pytest.mark.parametrize("ledger", ["enterprise-honours", "project-months"])
def test_a_foreign_or_wrong_number_is_not_found(ledger: str, client: Client) -> None:
    name = "enterprise" if ledger.startswith("enterprise") else "project"
    made = factories.EnterpriseFactory if name == "enterprise" else factories.ProjectFactory
    foreign = made.create()
    for text in (str(foreign.pk), "999999", "1;2", "-1"):
        for answer in (client.get, client.post):
            assert answer(f"/lists/{ledger}/new/?{name}={text}").status_code == 404
    assert client.get(f"/lists/{ledger}/new/?{name}=").status_code == 200
