"""What an upload may do to which rows: reach, deleted rows, names of others; csv; jobs that end otherwise than well."""

import csv
from io import StringIO
from typing import Any

import pytest

from spectown.audit.models import Event
from spectown.enterprises.models import Enterprise
from spectown.jobs.context import Cancelled, JobContext
from spectown.jobs.models import Job
from spectown.lib.refusal import Refused
from spectown.lists.importing import applying, services
from spectown.lists.jobs import apply_import
from spectown.lists.models import ImportRun
from spectown.lists.services.records import delete
from spectown.organisations.models import Membership
from tests import factories
from tests.apps.import_world import HEAD, World, applied, enterprises, fresh, line, reasons, sent, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def world() -> World:
    return World()


def test_row_of_another_county_is_a_fault(world: World) -> None:
    theirs = world.firm(1, territory=world.there)
    run = sent(world.county, workbook([line(theirs, 联系人="王五"), fresh(2, county="乙县")]))
    assert run.state == "faulty"
    told = dict(reasons(run))
    assert "登记在其他单位名下" in told[3]
    assert "不属于" in told[4]
    assert ("属地", "乙县") in {(fault["heading"], fault["value"]) for fault in run.faults}


def test_unchanged_row_of_another_county_is_none(world: World) -> None:
    run = sent(world.county, workbook([line(world.firm(1, territory=world.there)), fresh(2)]))
    assert (run.state, run.counts["unchanged"], run.counts["new"]) == ("ready", 1, 1)


def test_own_row_given_away_is_a_fault(world: World) -> None:
    run = sent(world.county, workbook([line(world.firm(1), 属地="乙县")]))
    assert [row for row, _ in reasons(run)] == [3]


def test_deleted_row_is_neither_revived_nor_doubled(world: World) -> None:
    firm = world.firm(1)
    number = line(firm)
    delete(ledger=enterprises(), pk=firm.pk, reason="已注销", by=world.office)
    run = sent(world.county, workbook([number, [None, *line(firm)[1:]]]))
    assert [row for row, _ in reasons(run)] == [3, 4]
    assert all(world.office.name in said and "恢复" in said for _, said in reasons(run))
    assert Enterprise.objects.alive().count() == 0


def test_unknown_name_suggests_the_near_one(world: World) -> None:
    run = sent(world.county, workbook([fresh(1, county="甲县县")]))
    assert "甲县" in reasons(run)[0][1]
    assert "没有名为“甲县县”的属地" in reasons(run)[0][1]


def test_name_of_several_is_ambiguous(world: World) -> None:
    other = factories.TownFactory.create(name="白小米专业镇", territory=world.here)
    for town in (world.town, other):
        factories.TownAliasFactory.create(town=town, name="小米镇")
    run = sent(world.county, workbook([[*fresh(1), "小米镇"]], (*HEAD, "专业镇")))
    assert [said for _, said in reasons(run)] == ["“小米镇”对应 2 个对象,分不清是哪一个,请填写全称。"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig"])
def test_csv(world: World, encoding: str) -> None:
    text = StringIO()
    csv.writer(text).writerows([HEAD, *([("" if v is None else v) for v in row] for row in (fresh(1), fresh(2)))])
    run = applied(sent(world.county, text.getvalue().encode(encoding), "企业.csv"), world.county)
    assert (run.state, run.counts["new"]) == ("done", 2)
    assert set(Enterprise.objects.values_list("name", flat=True)) == {"新企业1", "新企业2"}


def waiting(world: World, monkeypatch: pytest.MonkeyPatch) -> tuple[ImportRun, JobContext]:
    """A run whose import is a job, and that job as a worker holds it, outside any transaction of its own."""
    monkeypatch.setattr(services, "INLINE_ROWS", 0)
    run = applied(sent(world.county, workbook([fresh(1)])), world.county)
    assert run.state == "applying"
    return run, JobContext(Job.objects.get(pk=run.job_id), may_pause=True)


def ended(run: ImportRun) -> tuple[str, int]:
    run.refresh_from_db()
    return run.state, Enterprise.objects.count()


def test_cancelled_job_cancels_the_run(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    run, ctx = waiting(world, monkeypatch)
    written = applying.write

    def write(*args: Any) -> Any:
        event = written(*args)
        assert Enterprise.objects.count() == 1
        ctx.cancelled.set()  # at the last moment
        return event

    monkeypatch.setattr(applying, "write", write)
    with pytest.raises(Cancelled):
        apply_import(ctx, run.pk)
    assert ended(run) == ("cancelled", 0)
    assert not Event.objects.filter(action="list.import").exists()


def test_last_attempt_that_breaks_ends_the_run(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    run, ctx = waiting(world, monkeypatch)

    def broken(*_: Any) -> None:
        raise RuntimeError("wire cut")

    monkeypatch.setattr(applying, "write", broken)
    for attempt, state in ((1, "applying"), (2, "applying"), (3, "failed")):
        ctx.attempt = attempt
        with pytest.raises(RuntimeError):
            apply_import(ctx, run.pk)
        assert ended(run) == (state, 0)
    assert "没有导入任何内容" in run.message


def test_internal_error_marks_the_run_failed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    run = sent(world.county, workbook([fresh(1)]))

    def broken(*_: Any) -> None:
        raise RuntimeError("wire cut")

    monkeypatch.setattr(applying, "write", broken)
    run = applied(run, world.county)
    assert (run.state, Enterprise.objects.count()) == ("failed", 0)
    assert run.finished_at is not None
    assert "系统" in run.message
    assert "wire cut" not in run.message


def test_role_lost_before_the_job_runs(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    run, ctx = waiting(world, monkeypatch)
    Membership.objects.filter(pk=world.county.membership_id).delete()
    with pytest.raises(Refused, match="角色已收回或到期"):
        apply_import(ctx, run.pk)
    assert ended(run) == ("failed", 0)
    assert "角色已收回或到期" in run.message
