"""Reports: opened when a period is over, filled by one person, sent by another, returned with a new deadline."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from spectown.accounts.permissions import Role
from spectown.audit.models import Event
from spectown.lib.refusal import Refused
from spectown.supervision.due import run_due
from spectown.supervision.models import Measure, Report, Work
from spectown.supervision.reporting import missing_of, open_reports
from spectown.supervision.services.reports import add_file, remove_file, report_nothing, save_report
from tests import factories
from tests.apps.supervision.measure_world import DAY, World, on
from tests.kept_rows import kept_rows

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One for all tests of the module."""
    with kept_rows(django_db_blocker):
        with on(DAY(2026, 6, 1)):
            made = World()
        made.running()
        yield made


@pytest.fixture
def world(built: World, db: None) -> World:
    return deepcopy(built)


def opened(world: World, day: Any) -> Report:
    with on(day):
        open_reports(day)
    return Report.objects.filter(measure=world.measure).order_by("-year", "-month")[0]


def test_a_report_is_opened_when_its_period_is_over_and_only_once(world: World) -> None:
    assert open_reports(DAY(2026, 6, 29)) == 0
    assert open_reports(DAY(2026, 6, 30)) == 1
    assert open_reports(DAY(2026, 7, 2)) == 0
    report = Report.objects.get()
    assert (report.period.label, report.work.deadline, report.work.holder) == ("2026年6月", DAY(2026, 7, 6), world.unit)
    assert report.work.runs
    assert Event.objects.filter(action="report.open").count() == 1
    assert open_reports(DAY(2026, 9, 1)) == 2  # the timer stood still for two months


def test_a_quarter_is_one_report(world: World) -> None:
    Measure.objects.update(every="quarter")
    assert open_reports(DAY(2026, 8, 31)) == 1
    assert Report.objects.get().period.label == "2026年第2季度"


def test_what_does_not_run_is_not_reported(world: World) -> None:
    with on(DAY(2026, 6, 15)):
        world.move("cancel", world.leader, "并入省里项目")
    assert open_reports(DAY(2026, 7, 1)) == 0


def test_open_reports_end_with_their_measure(world: World) -> None:
    report = opened(world, DAY(2026, 7, 1))
    with on(DAY(2026, 7, 2)):
        world.move("cancel", world.leader, "并入省里项目")
    report.work.refresh_from_db()
    assert (report.work.ended_on, report.work.runs) == (DAY(2026, 7, 2), False)
    with pytest.raises(Refused, match="不能修改"):
        save_report(report=report, values={"done": "做了", "percent": 5}, by=world.filler)


def test_filled_by_one_sent_by_another(world: World) -> None:
    report = opened(world, DAY(2026, 7, 1))
    with on(DAY(2026, 7, 1)):
        with pytest.raises(Refused, match=r"请写明本期做了什么.*请填写累计完成"):
            world.move("hand_in", world.filler, work=report.work)
        save_report(report=report, values={"done": "摸清底数", "percent": 20}, by=world.filler)
        world.move("hand_in", world.filler, work=report.work)
        with pytest.raises(Refused, match="不能由填报人自己"):
            world.move("send", world.filler, work=report.work)
        with pytest.raises(Refused, match="不能修改"):
            save_report(report=report, values={"done": "改", "percent": 5}, by=world.filler)
        assert world.work.percent is None
        world.move("send", world.checker, work=report.work)
    assert world.work.percent == 20
    report.work.refresh_from_db()
    assert not report.work.runs
    world.move("acknowledge", world.office, work=report.work)


def test_nothing_to_report_is_a_report_in_one_click(world: World) -> None:
    report = opened(world, DAY(2026, 7, 1))
    with on(DAY(2026, 7, 1)):
        report_nothing(report=report, by=world.filler)
        world.move("send", world.checker, work=report.work)
    report.refresh_from_db()
    assert (report.nothing, report.work.state) == (True, "sent")
    assert missing_of([world.measure], DAY(2026, 7, 20))[world.measure.pk].periods == ()


def test_a_returned_report_has_a_new_deadline_and_keeps_its_words(world: World) -> None:
    report = world.report(DAY(2026, 7, 1), percent=20)
    with on(DAY(2026, 7, 2)):
        with pytest.raises(Refused, match="重新报送的期限"):
            world.move("send_back", world.office, "请写数", work=report.work)
        world.move("send_back", world.office, "请写数", work=report.work, again_on=DAY(2026, 7, 8))
    report.refresh_from_db()
    assert (report.work.state, report.work.deadline, report.work.runs) == ("returned", DAY(2026, 7, 8), True)
    assert report.done == "开了两次会"
    late = {day: missing_of([world.measure], DAY(2026, 7, day))[world.measure.pk].periods for day in (8, 9)}
    assert (late[8], [each.label for each in late[9]]) == ((), ["2026年6月"])


def test_missing_reports_turn_the_light(world: World) -> None:
    from spectown.plans.calendar import stored_calendar
    from spectown.supervision.lighting import relight
    from spectown.supervision.settings import settings_of

    world.measure.nodes.all().delete()
    seen = {}
    for day in (DAY(2026, 7, 3), DAY(2026, 7, 8), DAY(2026, 8, 10)):
        open_reports(day)
        work = world.work
        relight([work], settings_of(day), stored_calendar(), day)
        seen[day.month, day.day] = (work.light, work.light_rule)
    assert seen == {(7, 3): ("green", "deadline"), (7, 8): ("yellow", "report"), (8, 10): ("red", "report")}


def test_a_later_report_counts_even_if_an_earlier_one_is_sent_after_it(world: World) -> None:
    first = opened(world, DAY(2026, 7, 1))
    second = world.report(DAY(2026, 8, 3), percent=50)
    assert second.pk != first.pk
    with on(DAY(2026, 8, 4)):
        save_report(report=first, values={"done": "补报", "percent": 10}, by=world.filler)
        world.move("hand_in", world.filler, work=first.work)
        world.move("send", world.checker, work=first.work)
    assert world.work.percent == 50


@pytest.mark.data
def test_files_are_checked_like_other_uploads(world: World) -> None:
    report = opened(world, DAY(2026, 7, 1))
    with pytest.raises(Refused, match="的内容不是"):
        add_file(report=report, name="证明.pdf", content=b"MZ", by=world.filler)
    file = add_file(report=report, name="证明.pdf", content=PDF, by=world.filler)
    assert file.file.name.startswith("supervision/")
    with pytest.raises(Refused, match="已经上传过"):
        add_file(report=report, name="又一份.pdf", content=PDF, by=world.filler)
    remove_file(file=file, by=world.filler)
    with pytest.raises(Refused, match="已经移除"):
        remove_file(file=file, by=world.filler)


def test_milestones_are_reported_with_their_day(world: World) -> None:
    report = opened(world, DAY(2026, 7, 1))
    node = world.measure.nodes.first()
    values = {"done": "选址完成", "percent": 40}
    with on(DAY(2026, 7, 1)):
        with pytest.raises(ValidationError):
            save_report(report=report, values=values, by=world.filler, reached={node.pk: DAY(2026, 7, 2)})
        save_report(report=report, values=values, by=world.filler, reached={node.pk: DAY(2026, 6, 30)})
        with pytest.raises(Refused, match="没有这些时间节点"):
            save_report(report=report, values=values, by=world.filler, reached={0: DAY(2026, 6, 30)})
        world.move("hand_in", world.filler, work=report.work)
        world.move("send", world.checker, work=report.work)
    node.refresh_from_db()
    assert node.done_on == DAY(2026, 6, 30)


def test_who_sees_a_report(world: World) -> None:
    report = opened(world, DAY(2026, 7, 1))

    def seen() -> list[bool]:
        actors = (world.filler, world.office, world.stranger, factories.actor(Role.ENTERPRISE))
        return [Work.objects.visible_to(actor).filter(pk=report.work_id).exists() for actor in actors]

    assert seen() == [True, False, False, False]
    Work.objects.filter(pk=report.work_id).update(state="sent")
    assert seen() == [True, True, True, False]


@pytest.mark.data
def test_opening_costs_a_fixed_number_of_queries(world: World, django_assert_max_num_queries: Any) -> None:
    for number in range(6):
        other = world.drafted(title=f"第{number}项")
        work = Work.objects.get(measure=other)
        with on(DAY(2026, 6, 1)):
            for code, by in (("propose", world.office), ("approve", world.leader), ("sign", world.checker)):
                world.move(code, by, work=work)
    with django_assert_max_num_queries(18):
        assert open_reports(DAY(2026, 7, 1)) == 7


def test_the_run_of_the_day_opens_reports_and_reminds(world: World) -> None:
    runs = [run_due(DAY(2026, *day)) for day in ((6, 30), (7, 2), (7, 2))]  # due on 2026-07-06: two working days before
    assert [(run.opened, run.reminders) for run in runs] == [(1, 0), (0, 1), (0, 0)]
