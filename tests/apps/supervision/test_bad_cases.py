"""What goes wrong in offices: the deadline is today, the year ends, units are merged, people leave."""

from datetime import date

import pytest
from django.utils import timezone

from spectown.accounts.permissions import Role
from spectown.audit.models import Event
from spectown.lib.refusal import Refused
from spectown.organisations.actors import NotAllowed, memberships_on
from spectown.organisations.enums import UnitKind
from spectown.organisations.models import Membership
from spectown.organisations.services import revoke
from spectown.plans.calendar import stored_calendar
from spectown.supervision.lighting import relight
from spectown.supervision.mine import turn_of
from spectown.supervision.models import Report, Work
from spectown.supervision.reporting import open_reports
from spectown.supervision.services.handover import hand_over
from spectown.supervision.services.terms import ask_extension
from spectown.supervision.settings import settings_of
from tests import factories
from tests.apps.supervision.measure_world import DAY, World, on

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def world() -> World:
    with on(DAY(2026, 6, 1)):
        return World()


def light_on(world: World, day: date) -> str:
    work = world.work
    relight([work], settings_of(day), stored_calendar(), day)
    return f"{work.light} {work.light_why}"


def test_signed_on_the_day_of_its_deadline() -> None:
    with on(DAY(2026, 6, 1)):
        world = World(deadline=DAY(2026, 6, 1), milestones="")
        world.sent_out()
        world.move("sign", world.checker)
        assert light_on(world, DAY(2026, 6, 1)) == "blue 期限 2026-06-01,今天到期。"
        assert ask_extension(work=world.work, new=DAY(2026, 6, 30), reason="来不及", by=world.checker).pk
    assert "已超过 1 个工作日" in light_on(world, DAY(2026, 6, 2))


def test_reports_go_on_over_the_end_of_the_year() -> None:
    with on(DAY(2026, 11, 2)):
        world = World(deadline=DAY(2027, 2, 26), milestones="", starts=DAY(2026, 11, 1))
        world.sent_out()
        world.move("sign", world.checker)
    for day in (DAY(2026, 11, 30), DAY(2026, 12, 31), DAY(2027, 1, 31), DAY(2027, 2, 28), DAY(2027, 3, 31)):
        open_reports(day)
    labels = [report.period.label for report in Report.objects.order_by("year", "month")]
    assert labels == ["2026年11月", "2026年12月", "2027年1月", "2027年2月"]
    december = Report.objects.get(year=2026, month=12)
    assert (december.work.deadline, december.work.provisional) == (DAY(2027, 1, 5), True)


def test_a_renamed_unit_keeps_its_work(world: World) -> None:
    world.running()
    world.unit.name = "市工业和信息化局"
    world.unit.save()
    work = Work.objects.select_related("holder").get(measure=world.measure)
    assert str(work.holder) == "市工业和信息化局"
    assert Work.objects.visible_to(world.checker).filter(pk=work.pk).exists()


def test_open_work_of_a_merged_unit_goes_to_the_other(world: World) -> None:
    world.running()
    world.report(DAY(2026, 7, 1), percent=30)
    open_reports(DAY(2026, 7, 31))
    new = factories.UnitFactory.create(name="市发展和改革委员会")
    fills, checks = (factories.actor(Role.DEPARTMENT, unit=new) for _ in range(2))
    done = world.drafted(title="去年办完的")
    Work.objects.filter(measure=done).update(ended_on=DAY(2026, 6, 30))
    assert hand_over(source=world.unit, target=new, reason="机构改革", by=world.office) == 3  # measure, two reports
    world.measure.refresh_from_db()
    assert (world.measure.lead, world.work.holder, world.work.state, world.work.percent) == (new, new, "running", 30)
    assert Work.objects.get(measure=done).holder == world.unit
    assert Event.objects.filter(action="work.hand_over").count() == 3
    open_ = Report.objects.get(work__state="draft").work
    assert not Work.objects.visible_to(world.filler).filter(turn_of(world.filler)).exists()
    assert Work.objects.visible_to(fills).filter(turn_of(fills), pk=open_.pk).exists()
    with on(DAY(2026, 8, 1)), pytest.raises(Refused, match="由承办单位市发展和改革委员会办理"):
        world.move("finish", world.checker)
    with on(DAY(2026, 8, 3)):
        asked = ask_extension(work=world.work, new=DAY(2026, 10, 30), reason="交接", by=checks)
    assert asked.state == "asked"


def test_what_is_not_handed_over(world: World) -> None:
    kind = factories.UnitFactory.create(kind=UnitKind.COLLECTIVE)
    other = factories.UnitFactory.create()
    for target, reason, said in (
        (kind, "改革", "一类单位"),
        (world.unit, "改革", "另一个"),
        (other, " ", "写明转交的理由"),
    ):
        with pytest.raises(Refused, match=said):
            hand_over(source=world.unit, target=target, reason=reason, by=world.office)
    with pytest.raises(Refused, match="没有未办结的事项"):
        hand_over(source=other, target=world.unit, reason="改革", by=world.office)
    with pytest.raises(NotAllowed):
        hand_over(source=world.unit, target=other, reason="改革", by=world.checker)


def test_who_has_left_does_not_act_and_the_colleague_goes_on(world: World) -> None:
    world.running()
    with on(DAY(2026, 7, 1)):
        open_reports(DAY(2026, 7, 1))
    security = factories.actor(Role.SECURITY_ADMIN)
    held = Membership.objects.get(pk=world.filler.membership_id)
    revoke(membership=held, by=security, reason="调离")
    assert memberships_on(held.user, timezone.localdate()) == []
    new = factories.actor(Role.DEPARTMENT, unit=world.unit)
    assert Work.objects.visible_to(new).filter(turn_of(new), kind="report").count() == 1
