"""方案: every page without login, without permission, without a plan, and with many rows."""

import pytest
from django.test import Client
from django.urls import reverse

from spectown.accounts.permissions import Role
from tests.factories import LevelRecordFactory, PlanVersionFactory, SeatFactory, client_for
from tests.web.plan_rows import more_rows, queries, small_plan

pytestmark = pytest.mark.django_db
READ = ("plans:text", "plans:matrix", "plans:targets", "plans:group")
OFFICE_ONLY = ("plans:checkup", "plans:compare")


@pytest.mark.parametrize("name", [*READ, *OFFICE_ONLY, "plans:source", "plans:matrix_export"])
def test_a_visitor_is_sent_to_the_login(client: Client, name: str) -> None:
    response = client.get(reverse(name))
    assert response.status_code == 302
    assert reverse("account_login") in response["Location"]


@pytest.mark.parametrize("name", READ)
def test_a_role_without_permission_gets_403(name: str) -> None:
    assert client_for(Role.SYSTEM_ADMIN).get(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", OFFICE_ONLY)
def test_the_checkup_is_for_office_and_leaders(name: str) -> None:
    small_plan()
    assert client_for(Role.COUNTY_FILL).get(reverse(name)).status_code == 403
    assert client_for(Role.LEADER).get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", [*READ, "plans:checkup"])
def test_without_a_plan_the_page_says_how_one_gets_here(name: str) -> None:
    response = client_for().get(reverse(name))
    assert response.status_code == 200
    assert "load_plan" in response.content.decode()


@pytest.mark.parametrize("name", [*READ, "plans:checkup"])
@pytest.mark.parametrize("wanted", ["999", "x", "-1", "9" * 30])
def test_a_version_that_does_not_exist_is_404(name: str, wanted: str) -> None:
    assert client_for().get(reverse(name), {"version": wanted}).status_code == 404


@pytest.mark.parametrize("name", [*READ, *OFFICE_ONLY])
def test_queries_do_not_grow_with_rows(name: str) -> None:
    plan = small_plan()
    PlanVersionFactory.create()
    SeatFactory.create(version=plan.version)
    LevelRecordFactory.create(version=plan.version)
    client = client_for()
    few = queries(client, reverse(name))
    more_rows(plan)
    assert queries(client, reverse(name)) <= few
