"""The states of an application: who moves it, who never may, and that nothing gets around it."""

from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spectown.accounts.permissions import Role
from spectown.audit.models import Event
from spectown.certification import services
from spectown.certification.enums import State
from spectown.certification.models import Application
from spectown.certification.workflow import WORKFLOW
from spectown.lib.refusal import Refused
from spectown.organisations.actors import NotAllowed, actor_for
from tests.criteria import NEEDED, checker, county, current_plan, filler
from tests.factories import ApplicationFactory, MembershipFactory, UserFactory, actor

pytestmark = [pytest.mark.django_db, pytest.mark.data]


def sent() -> tuple[Application, Any, Any]:
    current_plan()
    unit = county()
    fills, checks = filler(unit), checker(unit)
    application = services.create(by=fills, raw=NEEDED)
    return services.submit(application=application, by=fills), fills, checks


def test_the_way_to_the_office() -> None:
    application, fills, checks = sent()
    assert (application.state, application.submitted_by_id) == (State.CHECKING, fills.user_id)
    application = services.check(application=application, by=checks)
    assert (application.state, application.checked_by_id) == (State.CHECKED, checks.user_id)
    assert Application.objects.visible_to(actor(Role.OFFICE)).get() == application
    event = Event.objects.first()
    assert event is not None
    assert (event.action, event.before["state"], event.after["state"]) == ("application.check", "checking", "checked")
    assert "town_name" not in event.after


def test_return_keeps_everything_and_says_why() -> None:
    application, fills, checks = sent()
    back = services.return_(application=application, reason="产值与年报不符", by=checks)
    assert (back.state, back.return_reason, back.town_name) == (State.RETURNED, "产值与年报不符", NEEDED["town_name"])
    saved = services.save_answers(application=back, raw={"chain_partners": "12"}, revision=back.revision, by=fills)
    assert services.submit(application=saved, by=fills).state == State.CHECKING


@pytest.mark.parametrize("code", ["return", "withdraw"])
def test_a_reason_is_needed(code: str) -> None:
    application, fills, checks = sent()
    by = checks if code == "return" else fills
    with pytest.raises(Refused, match="须写明理由"):
        services.move(application=application, code=code, reason="  ", by=by)
    assert Application.objects.get().state == State.CHECKING


def test_withdraw_and_resume() -> None:
    application, fills, _ = sent()
    gone = services.withdraw(application=application, reason="数据有误", by=fills)
    assert gone.state == State.WITHDRAWN
    with pytest.raises(Refused, match="不能修改"):
        services.save_answers(application=gone, raw={"chain_partners": 9}, revision=gone.revision, by=fills)
    assert services.resume(application=gone, by=fills).state == State.DRAFT


def test_the_same_person_never_does_both() -> None:
    application, fills, _ = sent()
    both = actor_for(MembershipFactory.create(user_id=fills.user_id, unit=application.unit, role=Role.COUNTY_CHECK))
    with pytest.raises(Refused, match="须由两人分别办理"):
        services.check(application=application, by=both)


def test_whoever_wrote_last_does_not_check_though_another_handed_in() -> None:
    current_plan()
    unit = county()
    first, second = filler(unit), filler(unit)
    application = services.submit(application=services.create(by=first, raw=NEEDED), by=second)
    both = actor_for(MembershipFactory.create(user_id=first.user_id, unit=unit, role=Role.COUNTY_CHECK))
    with pytest.raises(Refused, match="须由两人分别办理"):
        services.check(application=application, by=both)


def test_the_office_sends_back() -> None:
    application, _, checks = sent()
    application = services.check(application=application, by=checks)
    office = actor(Role.OFFICE)
    back = services.reopen(application=application, reason="材料看不清", by=office)
    assert (back.state, back.checked_by) == (State.RETURNED, None)
    assert not Application.objects.visible_to(office).exists()


def test_faults_and_blank_needed_fields_keep_it_from_being_handed_in() -> None:
    current_plan()
    fills = filler(county())
    application = services.create(by=fills, raw={**NEEDED, "employees": "约五千", "output_year": ""})
    reasons = services.refusals(application=application, move="submit", by=fills)
    assert [reason for reason in reasons if "约五千" in reason]
    assert [reason for reason in reasons if "产值所属年度" in reason]
    with pytest.raises(Refused, match="约五千"):
        services.submit(application=application, by=fills)


@pytest.mark.parametrize("role", [Role.DEPARTMENT, Role.TOWN, Role.ENTERPRISE, Role.LEADER, Role.OFFICE])
def test_wrong_role(role: Role) -> None:
    application, _, _ = sent()
    with pytest.raises(NotAllowed):
        services.check(application=application, by=actor(role, unit=application.unit))


def test_another_county_moves_nothing() -> None:
    application, _, _ = sent()
    with pytest.raises(Refused, match="不属于您的单位"):
        services.check(application=application, by=checker(county("长子县")))


MOVES = [move.code for move in WORKFLOW.moves]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tries=st.lists(st.tuples(st.sampled_from(MOVES), st.integers(0, 5), st.booleans()), max_size=14))
def test_no_sequence_reaches_checked_without_two_persons(tries: list[tuple[str, int, bool]]) -> None:
    with transaction.atomic():
        current_plan()
        unit, users = county(), [UserFactory.create() for _ in range(2)]
        roles = (Role.COUNTY_FILL, Role.COUNTY_CHECK)
        people = [actor_for(MembershipFactory.create(user=u, unit=unit, role=role)) for u in users for role in roles]
        people += [actor(Role.OFFICE), filler(county("长子县"))]
        application = services.create(by=people[0], raw=NEEDED)
        for code, who, touches in tries:
            before = Application.objects.get(pk=application.pk)
            try:
                after = services.move(application=before, code=code, reason="理由", by=people[who])
            except (Refused, NotAllowed):
                assert Application.objects.get(pk=application.pk).state == before.state
                continue
            move = WORKFLOW.move(code)
            assert before.state in move.sources
            assert after.state == move.target
            assert move.permission in people[who].permissions
            if after.state == State.CHECKED:
                assert after.checked_by_id not in {None, after.submitted_by_id, after.changed_by_id}
            if touches and after.state == State.RETURNED:
                services.save_answers(application=after, raw={"employees": who}, revision=after.revision, by=people[2])
        assert Application.objects.get(pk=application.pk).town_name == NEEDED["town_name"]
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"state": "lost"}, "application_state_is_known"),
        ({"submitted_at": timezone.now()}, "application_submitted_at_and_by"),
        ({"checked_at": timezone.now()}, "application_checked_at_and_by"),
        ({"returned_at": timezone.now()}, "application_returned_at_and_by"),
        ({"state": State.CHECKED}, "application_checked_has_checker"),
    ],
)
def test_constraints(values: dict[str, Any], name: str) -> None:
    application = ApplicationFactory.create()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(**values)


@pytest.mark.parametrize("step", ["submitted_by", "changed_by"])
def test_two_persons_in_the_database_too(step: str) -> None:
    one, other = UserFactory.create(), UserFactory.create()
    now = timezone.now()
    values = {"submitted_by": other, "changed_by": other, "checked_by": one, "submitted_at": now, "checked_at": now}
    application = ApplicationFactory.create(**values)
    with pytest.raises(IntegrityError, match="application_two_persons"), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(**{step: one})


def test_the_document_shows_the_table_of_today() -> None:
    text = (Path(__file__).parents[2] / "docs" / "algorithms" / "pre-check-states.md").read_text("utf-8")
    assert WORKFLOW.diagram() in text
    assert all(move.label in text and move.code in text for move in WORKFLOW.moves)
