"""Accounts and roles on screen."""

from typing import Any

import pytest
from axes.models import AccessAttempt
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from spectown.accounts.models import User
from spectown.accounts.permissions import Role
from spectown.audit.models import Event
from spectown.organisations.models import Membership
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def system() -> Client:
    return factories.client_for(Role.SYSTEM_ADMIN)


@pytest.fixture
def security() -> Client:
    return factories.client_for(Role.SECURITY_ADMIN)


def names(client: Client, **query: str) -> set[str]:
    return {person.username for person in client.get(reverse("system:users"), query).context["rows"]}


def test_list_and_filters(system: Client, settings: Any) -> None:
    factories.MembershipFactory.create(user__username="zhang", user__name="张三", role=Role.EXPERT)
    factories.UserFactory.create(username="norole")
    factories.UserFactory.create(username="gone", is_active=False)
    AccessAttempt.objects.create(username="zhang", failures_since_start=settings.AXES_FAILURE_LIMIT)
    assert {"zhang", "norole", "gone"} < names(system)
    for query, expected in (
        ({"q": "张"}, "zhang"),
        ({"q": "ZHANG"}, "zhang"),
        ({"role": "expert"}, "zhang"),
        ({"state": "locked"}, "zhang"),
        ({"state": "norole"}, "norole"),
        ({"state": "disabled"}, "gone"),
    ):
        assert names(system, **query) == {expected}, query


def test_create_shows_the_password_once(system: Client) -> None:
    answer = system.post(reverse("system:user_create"), {"username": "zhang", "name": "张三"})
    password = answer.context["password"]
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    person = User.objects.get(username="zhang")
    assert person.check_password(password)
    assert password not in system.get(reverse("system:user", args=[person.pk])).content.decode()
    again = system.post(reverse("system:user_create"), {"username": "zhang", "name": "张三"})
    assert (again.status_code, "已被使用" in again.content.decode()) == (422, True)


def test_what_is_missing_is_said_in_plain_words(system: Client) -> None:
    errors = system.post(reverse("system:user_create"), {}).context["form"].errors
    assert errors == {"username": ["请填写这一项。"], "name": ["请填写这一项。"]}


def test_new_user_must_change_the_password_before_anything_else(system: Client) -> None:
    answer = system.post(reverse("system:user_create"), {"username": "zhang", "name": "张三"})
    factories.MembershipFactory.create(user=User.objects.get(username="zhang"))
    client = Client()
    client.post(reverse("account_login"), {"login": "zhang", "password": answer.context["password"]})
    assert client.get(reverse("workbench:home")).url == reverse("account_change_password")


def test_disable_ends_the_session(system: Client) -> None:
    client = factories.client_for(Role.OFFICE)
    assert client.get(reverse("workbench:home")).status_code == 200
    person = User.objects.get(pk=client.session["_auth_user_id"])
    system.post(reverse("system:user_disable", args=[person.pk]), {"reason": "调离"})
    assert client.get(reverse("workbench:home")).status_code == 302
    system.post(reverse("system:user_enable", args=[person.pk]), {"reason": "调回"})
    person.refresh_from_db()
    assert person.is_active


def test_reset_and_unlock(system: Client, settings: Any) -> None:
    person = factories.UserFactory.create(username="zhang")
    AccessAttempt.objects.create(username="zhang", failures_since_start=settings.AXES_FAILURE_LIMIT)
    url = reverse("system:user", args=[person.pk])
    assert "已锁定" in system.get(url).content.decode()
    system.post(reverse("system:user_unlock", args=[person.pk]), {"reason": "本人来电"})
    assert "已锁定" not in system.get(url).content.decode()
    answer = system.post(reverse("system:user_password", args=[person.pk]), {"reason": "遗忘"})
    person.refresh_from_db()
    assert person.check_password(answer.context["password"])
    refused = system.post(reverse("system:user_password", args=[person.pk]), follow=True)
    assert "请填写理由" in refused.content.decode()


def test_grant_and_revoke(security: Client) -> None:
    person, unit = factories.UserFactory.create(), factories.UnitFactory.create()
    url = reverse("system:role_grant", args=[person.pk])
    data = {"role": "system_admin", "unit": unit.pk, "since": str(timezone.localdate())}
    assert security.post(url, data).status_code == 302
    refused = security.post(url, data | {"role": "audit_admin"})
    assert (refused.status_code, "三人分别担任" in refused.content.decode()) == (422, True)
    membership = Membership.objects.get(user=person)
    security.post(reverse("system:role_revoke", args=[membership.pk]), {"reason": "轮岗"})
    assert not Membership.objects.valid_on(timezone.localdate()).filter(user=person).exists()
    assert "轮岗" in Event.objects.latest("seq").reason


def test_each_sees_only_the_own_actions(system: Client, security: Client) -> None:
    url = reverse("system:user", args=[factories.MembershipFactory.create().user_id])
    for_system, for_security = (c.get(url).content.decode() for c in (system, security))
    assert ("重置口令" in for_system, "授予角色" in for_system) == (True, False)
    assert ("重置口令" in for_security, "授予角色" in for_security) == (False, True)


def test_neither_reads_the_log(system: Client, security: Client) -> None:
    assert [c.get(reverse("system:audit")).status_code for c in (system, security)] == [403, 403]


def test_queries_do_not_grow(system: Client) -> None:
    counts = []
    for number in (2, 20):
        factories.MembershipFactory.create_batch(number)
        system.get(reverse("system:users"))  # the first request also writes the session
        with CaptureQueriesContext(connection) as captured:
            system.get(reverse("system:users"))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_command_makes_the_first_administrator(capsys: pytest.CaptureFixture[str]) -> None:
    factories.UnitFactory.create(code="office")
    call_command("create_user", "admin", "王五", role="system_admin", unit="office")
    password = capsys.readouterr().out.strip().rpartition(":")[2]
    assert User.objects.get(username="admin").check_password(password)
    assert Membership.objects.get().role == "system_admin"


@pytest.mark.parametrize("options", [{"role": "office"}, {"role": "office", "unit": "nowhere"}])
def test_command_leaves_nothing_half_done(options: dict[str, str]) -> None:
    with pytest.raises(SystemExit) as left:
        call_command("create_user", "admin", "王五", **options)
    assert left.value.code == 2
    assert not User.objects.exists()
