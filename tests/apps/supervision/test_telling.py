"""A move that gives work to a unit tells its people; what has gone on meanwhile is not sent."""

import datetime

import pytest
from django.utils import timezone

from spectown.accounts.permissions import Role
from spectown.outbox.enums import State
from spectown.outbox.models import Message
from spectown.outbox.sending import place
from spectown.supervision.models import Work
from spectown.supervision.services.moves import move
from tests import factories
from tests.apps.supervision.trial import People, trial_kinds
from tests.supervision_factories import supervised_plan

pytestmark = [pytest.mark.django_db, pytest.mark.data, pytest.mark.usefixtures("trial_kinds")]
__all__ = ["trial_kinds"]


@pytest.fixture
def people() -> People:
    supervised_plan()
    return People()


def sent_out(people: People) -> Work:
    """A measure that the leading group has just approved."""
    day = timezone.localdate() + datetime.timedelta(200)
    work: Work = factories.WorkFactory.create(
        holder=people.unit, state="proposed", first_deadline=day, deadline=day, title="建成检测中心"
    )
    move(work=work, code="approve", by=people.leaders[0])
    return work


def test_the_units_people_are_told_at_once(people: People) -> None:
    work = sent_out(people)
    place(timezone.now())
    found = Message.objects.all()
    assert {message.receiver_id for message in found} == {person.user_id for person in people.own}
    assert {message.title for message in found} == {"请签收措施:建成检测中心"}
    assert {message.url for message in found} == {f"/duties/works/{work.pk}/"}
    assert "待签收" in found[0].text


def test_what_was_taken_up_meanwhile_is_not_sent(people: People) -> None:
    work = sent_out(people)
    move(work=work, code="sign", by=people.own[0])
    place(timezone.now())
    assert {(m.state, m.reason) for m in Message.objects.all()} == {(State.DROPPED, "已经办到“办理中”。")}


def test_work_given_elsewhere_meanwhile_is_not_told_here(people: People) -> None:
    work = sent_out(people)
    Work.objects.filter(pk=work.pk).update(holder=factories.UnitFactory.create(name="市科技局"))
    place(timezone.now())
    assert {m.reason for m in Message.objects.all()} == {"承办单位已变更为市科技局。"}


def test_a_unit_without_people_is_told_through_the_office(people: People) -> None:
    people.unit.memberships.all().delete()
    sent_out(people)
    place(timezone.now())
    found = Message.objects.all()
    assert {message.receiver_id for message in found} == {person.user_id for person in people.office}
    assert all("没有在岗" in message.text for message in found)


def test_refused_is_untold(people: People) -> None:
    work = factories.WorkFactory.create(holder=people.unit, state="proposed")
    stranger = factories.actor(Role.TOWN)
    with pytest.raises(Exception, match="没有这件工作"):
        move(work=work, code="approve", by=stranger)
    assert not Message.objects.exists()
