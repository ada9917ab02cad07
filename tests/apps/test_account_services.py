"""Accounts and roles: each service changes, writes its event, and refuses."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.db import IntegrityError, transaction
from django.utils import timezone

from spectown.accounts import services
from spectown.accounts.locks import locked_usernames
from spectown.accounts.models import User
from spectown.accounts.permissions import ADMINISTRATORS, Role
from spectown.audit.models import Event
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor, NotAllowed, memberships_on
from spectown.organisations.models import Membership
from spectown.organisations.services import grant, revoke
from tests import factories

pytestmark = [pytest.mark.data, pytest.mark.django_db]


@pytest.fixture
def system() -> Actor:
    return factories.actor(Role.SYSTEM_ADMIN)


@pytest.fixture
def security() -> Actor:
    return factories.actor(Role.SECURITY_ADMIN)


@pytest.fixture
def person() -> User:
    return factories.UserFactory.create()


def event() -> Event:
    return Event.objects.latest("seq")


def fail(user: User, times: int, address: str = "10.0.0.1", agent: str = "a") -> AccessAttempt:
    return AccessAttempt.objects.create(
        username=user.username, ip_address=address, user_agent=agent, failures_since_start=times
    )


def test_create(system: Actor) -> None:
    user, password = services.create_user(username=" Zhang.San ", name=" 张 三 ", phone="123", by=system)
    assert (user.username, user.name, user.must_change_password) == ("zhang.san", "张三", True)
    assert User.objects.get(pk=user.pk).check_password(password)
    assert not user.memberships.exists()
    assert (event().action, event().actor_id) == ("user.create", system.user_id)
    assert password not in str(event().after)
    assert "password" not in event().after


@pytest.mark.parametrize(
    ("username", "name"), [("", "张"), ("1abc", "张"), ("ab", "张"), ("张三", "张"), ("a b c", "张"), ("abc", " ")]
)
def test_create_refuses(system: Actor, username: str, name: str) -> None:
    before = User.objects.count()
    with pytest.raises(Refused):
        services.create_user(username=username, name=name, by=system)
    assert User.objects.count() == before


def test_create_refuses_a_taken_name(system: Actor, person: User) -> None:
    with pytest.raises(Refused, match="已被使用"):
        services.create_user(username=person.username.upper(), name="张三", by=system)


def test_temporary_passwords_differ_and_are_long() -> None:
    made = [services.temporary_password() for _ in range(500)]
    assert len(set(made)) == len(made)
    assert {len(password) for password in made} == {19}
    assert set("".join(made)) == set(services.LETTERS + "-")


REASONED = (services.disable, services.enable, services.unlock, services.reset_password, services.reset_second_factor)


@pytest.mark.parametrize("service", REASONED)
@pytest.mark.parametrize("role", [role for role in Role if role != Role.SYSTEM_ADMIN])
def test_only_the_system_administrator(service: Callable[..., Any], role: Role, person: User) -> None:
    with pytest.raises(NotAllowed):
        service(user=person, reason="测试", by=factories.actor(role))
    assert not Event.objects.exists()


@pytest.mark.parametrize("service", [services.disable, services.reset_password])
def test_reason_is_needed(service: Callable[..., Any], person: User, system: Actor) -> None:
    with pytest.raises(Refused, match="理由"):
        service(user=person, reason=" ", by=system)
    person.refresh_from_db()
    assert person.is_active
    assert not person.must_change_password
    assert not Event.objects.exists()


@pytest.mark.parametrize("service", [services.disable, services.reset_password, services.reset_second_factor])
def test_not_on_oneself(service: Callable[..., Any], system: Actor) -> None:
    with pytest.raises(Refused):
        service(user=User.objects.get(pk=system.user_id), reason="测试", by=system)


def test_disable_and_enable(person: User, system: Actor) -> None:
    services.disable(user=person, reason="调离", by=system)
    person.refresh_from_db()
    assert not person.is_active
    assert (event().action, event().reason, event().before["is_active"]) == ("user.disable", "调离", True)
    with pytest.raises(Refused, match="已是停用"):
        services.disable(user=person, reason="调离", by=system)
    services.enable(user=person, reason="调回", by=system)
    person.refresh_from_db()
    assert person.is_active
    assert event().action == "user.enable"


def test_reset_password(person: User, system: Actor) -> None:
    password = services.reset_password(user=person, reason="遗忘", by=system)
    person.refresh_from_db()
    assert person.check_password(password)
    assert person.must_change_password
    assert event().action == "password.reset"
    assert password not in str(event().after)


def test_second_factor(person: User, system: Actor) -> None:
    with pytest.raises(Refused, match="没有开启"):
        services.reset_second_factor(user=person, reason="遗失手机", by=system)
    Authenticator.objects.create(user=person, type="totp", data={})
    services.reset_second_factor(user=person, reason="遗失手机", by=system)
    assert not Authenticator.objects.exists()
    assert (event().action, event().before) == ("mfa.clear", {"factors": ["totp"]})


def test_locks_count_per_address(person: User, settings: Any) -> None:
    limit = settings.AXES_FAILURE_LIMIT
    fail(person, limit - 1)
    fail(person, limit - 1, address="10.0.0.2")
    assert locked_usernames() == set()
    fail(person, 1, agent="b")
    assert locked_usernames() == {person.username}


def test_locks_pass(person: User, settings: Any) -> None:
    attempt = fail(person, settings.AXES_FAILURE_LIMIT)
    AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=timezone.now() - settings.AXES_COOLOFF_TIME * 2)
    assert locked_usernames() == set()


def test_unlock(person: User, system: Actor, settings: Any) -> None:
    with pytest.raises(Refused, match="没有锁定"):
        services.unlock(user=person, reason="本人来电", by=system)
    fail(person, settings.AXES_FAILURE_LIMIT)
    services.unlock(user=person, reason="本人来电", by=system)
    assert locked_usernames() == set()
    assert (event().action, event().before) == ("login.unlock", {"failures": settings.AXES_FAILURE_LIMIT})


def test_grant(person: User, security: Actor) -> None:
    unit = factories.UnitFactory.create()
    today = timezone.localdate()
    membership = grant(user=person, unit=unit, role=Role.DEPARTMENT, since=today, by=security)
    assert membership in Membership.objects.valid_on(today)
    assert (event().action, event().after["role"]) == ("role.grant", "department")
    with pytest.raises(Refused, match="已有"):
        grant(user=person, unit=unit, role=Role.DEPARTMENT, by=security)


@pytest.mark.parametrize("taken_back", [False, True])
@pytest.mark.parametrize(
    ("begins", "ends"), [(None, None), (-1, None), (0, 0), (1, None), (None, -1), (None, 0), (-2, 2)]
)
def test_in_force_is_valid_on(begins: int | None, ends: int | None, taken_back: bool, person: User) -> None:
    today = timezone.localdate()
    since, until = (None if days is None else today + datetime.timedelta(days) for days in (begins, ends))
    gone = {"revoked_at": timezone.now(), "revoked_by": person} if taken_back else {}
    held = factories.MembershipFactory.create(user=person, valid_from=since, valid_to=until, **gone)
    assert held.in_force(today) is Membership.objects.valid_on(today).exists()
    assert memberships_on(person, today) == ([held] if held.in_force(today) else [])
    person.is_active = False
    assert memberships_on(person, today) == []


@pytest.mark.parametrize("held", sorted(ADMINISTRATORS))
@pytest.mark.parametrize("wanted", sorted(ADMINISTRATORS))
def test_three_administrators_are_three_persons(held: Role, wanted: Role, person: User, security: Actor) -> None:
    first = factories.MembershipFactory.create(user=person, role=held)
    other = factories.UnitFactory.create()
    if held == wanted:
        grant(user=person, unit=other, role=wanted, by=security)
        return
    with pytest.raises(Refused, match="三人分别担任"):
        grant(user=person, unit=other, role=wanted, by=security)
    revoke(membership=first, reason="轮岗", by=security)
    assert grant(user=person, unit=other, role=wanted, by=security).pk


def test_future_administrator_counts_too(person: User, security: Actor) -> None:
    later = timezone.localdate() + datetime.timedelta(days=30)
    factories.MembershipFactory.create(user=person, role=Role.AUDIT_ADMIN, valid_from=later)
    with pytest.raises(Refused, match="三人分别担任"):
        grant(user=person, unit=factories.UnitFactory.create(), role=Role.SYSTEM_ADMIN, by=security)


def test_role_taken_back_can_be_given_again(person: User, security: Actor) -> None:
    unit, today = factories.UnitFactory.create(), timezone.localdate()
    first = grant(user=person, unit=unit, role=Role.OFFICE, since=today, by=security)
    revoke(membership=first, reason="误授", by=security)
    assert (event().action, event().reason) == ("role.revoke", "误授")
    with pytest.raises(Refused, match="已经收回"):
        revoke(membership=first, reason="误授", by=security)
    assert grant(user=person, unit=unit, role=Role.OFFICE, since=today, by=security).pk != first.pk


def test_nobody_grants_or_revokes_the_own_role(security: Actor) -> None:
    user = User.objects.get(pk=security.user_id)
    with pytest.raises(Refused, match="另一名安全管理员"):
        grant(user=user, unit=factories.UnitFactory.create(), role=Role.OFFICE, by=security)
    with pytest.raises(Refused, match="另一名安全管理员"):
        revoke(membership=user.memberships.get(), reason="测试", by=security)


def test_system_administrator_cannot_grant(person: User, system: Actor) -> None:
    with pytest.raises(NotAllowed):
        grant(user=person, unit=factories.UnitFactory.create(), role=Role.OFFICE, by=system)
    with pytest.raises(NotAllowed):
        revoke(membership=factories.MembershipFactory.create(), reason="测试", by=system)


def test_one_open_membership_per_role(person: User) -> None:
    membership = factories.MembershipFactory.create(user=person)
    with pytest.raises(IntegrityError, match=r"membership_open_once|UNIQUE"), transaction.atomic():
        factories.MembershipFactory.create(user=person, unit=membership.unit)
