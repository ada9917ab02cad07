"""A workbook's way into a list: preview, all or nothing, again without effect."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from spectown.audit.history import history
from spectown.audit.models import Event
from spectown.audit.services import breaches
from spectown.enterprises.models import Enterprise
from spectown.jobs.enums import State
from spectown.jobs.models import Job
from spectown.jobs.worker import run_waiting
from spectown.lib.refusal import Refused
from spectown.lists.importing import purging, services
from spectown.lists.models import ImportRun
from spectown.lists.services.records import change, create
from spectown.organisations.actors import NotAllowed
from tests import factories
from tests.apps.import_world import World, applied, code, enterprises, fresh, line, sent, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def world() -> World:
    return World()


def counts(run: ImportRun) -> tuple[int, ...]:
    return tuple(run.counts[kind] for kind in ("new", "changed", "unchanged", "faulty", "conflict"))


def test_preview_then_all_rows(world: World) -> None:
    same, other = world.firm(1), world.firm(2, contact="李四", capital=5)
    data = workbook([line(same), line(other, 联系人="王五", **{"注册资本(万元)": "1,234.5"}), fresh(3)])
    run = sent(world.county, data)
    assert (run.state, run.message, run.faults) == ("ready", "", [])
    assert counts(run) == (1, 1, 1, 0, 0)
    assert Enterprise.objects.count() == 2  # nothing is written by looking
    told = run.preview["changed"][0]
    assert (told["row"], told["label"], told["number"]) == (4, "企业2", enterprises().number(other.pk))
    assert told["cells"] == [["注册资本", "5.00 万元", "1,234.50 万元"], ["联系人", "李四", "王五"]]
    assert ["属地", "", "甲县"] in run.preview["new"][0]["cells"]
    run = applied(run, world.county)
    assert (run.state, run.counts["event"]) == ("done", Event.objects.latest("seq").seq)
    other.refresh_from_db()
    assert (other.contact, other.version, str(other.capital)) == ("王五", 2, "1234.50")
    new = Enterprise.objects.get(name="新企业3")
    assert (new.version, new.territory, new.status, new.deleted_at, new.is_demo) == (
        1,
        world.here,
        "active",
        None,
        False,
    )
    assert "xqy" in new.search_text
    same.refresh_from_db()
    assert same.version == 1
    entry = history(other)[0]
    assert (entry.action, entry.bulk) == ("list.import", True)
    assert entry.before == {"capital": "5.00", "contact": "李四"}
    assert entry.after == {"capital": "1234.50", "contact": "王五"}
    assert list(breaches()) == []


def test_same_file_twice_changes_nothing(world: World) -> None:
    farm = [None, None, "张三家庭农场", "甲县", "家庭农场", None, None, None]
    data = workbook([line(world.firm(1), 联系人="新人"), fresh(2), farm])
    first = applied(sent(world.county, data), world.county)
    again = sent(world.county, data)
    assert first.pk != again.pk
    assert counts(again) == (0, 0, 3, 0, 0)
    events = Event.objects.filter(action="list.import").count()
    assert again.state == "same"
    assert Enterprise.objects.count() == 3
    assert Event.objects.filter(action="list.import").count() == events


def test_same_file_while_open_is_the_same_run(world: World) -> None:
    data = workbook([fresh(1)])
    assert sent(world.county, data).pk == sent(world.county, data).pk


def test_blank_cell_clears_and_missing_column_stays(world: World) -> None:
    firm = world.firm(1, contact="李四", phone="123", capital=5, above_scale=True)
    run = applied(sent(world.county, workbook([line(firm, 联系人=None, **{"注册资本(万元)": None})])), world.county)
    assert run.state == "done"
    firm.refresh_from_db()
    assert (firm.contact, firm.capital, firm.phone, firm.above_scale) == ("", None, "123", True)


def test_later_change_is_shown_not_overwritten(world: World) -> None:
    firm = world.firm(1, contact="李四")
    data = workbook([line(firm, 联系人="王五")])
    change(ledger=enterprises(), pk=firm.pk, values={"contact": "赵六"}, version=1, by=world.office)
    run = sent(world.county, data)
    assert (run.state, counts(run)) == ("faulty", (0, 0, 0, 0, 1))
    told = run.preview["conflict"][0]
    assert told["cells"] == [["联系人", "赵六", "王五"]]
    assert world.office.name in told["who"]
    with pytest.raises(Refused, match="有问题待改"):
        services.apply(run=run, by=world.county)
    copy, name = services.marked(run=run, by=world.county)
    assert name == "企业-标注.xlsx"
    again = sent(world.county, copy, name)  # its other cells are old too: it never overwrites
    assert counts(again) == (0, 0, 0, 0, 1)
    firm.refresh_from_db()
    assert (firm.contact, firm.version) == ("赵六", 2)


def test_same_values_as_a_later_change_are_no_conflict(world: World) -> None:
    firm = world.firm(1)
    data = workbook([line(firm, 联系人="王五")])
    change(ledger=enterprises(), pk=firm.pk, values={"contact": "王五"}, version=1, by=world.office)
    assert counts(sent(world.county, data)) == (0, 0, 1, 0, 0)


def test_row_changed_after_the_preview_stops_everything(world: World) -> None:
    firm = world.firm(1)
    run = sent(world.county, workbook([line(firm, 联系人="王五"), fresh(2)]))
    change(ledger=enterprises(), pk=firm.pk, values={"phone": "110"}, version=1, by=world.office)
    run = applied(run, world.county)
    assert (run.state, counts(run)) == ("faulty", (1, 0, 0, 0, 1))
    assert "1 行被他人修改" in run.message
    assert Enterprise.objects.count() == 1


def test_row_entered_by_somebody_else_after_the_preview(world: World) -> None:
    run = sent(world.county, workbook([fresh(2)]))
    values = {"name": "新企业2", "code": code(2), "territory": world.here, "kind": "company"}
    create(ledger=enterprises(), values=values, by=world.office)
    run = applied(run, world.county)
    assert (run.state, counts(run)) == ("ready", (0, 1, 0, 0, 0))
    assert "已由他人录入" in run.message
    assert Enterprise.objects.count() == 1


def test_constraint_of_the_database_has_the_last_word(world: World) -> None:
    run = sent(world.county, workbook([fresh(2), fresh(3)]))
    world.firm(3, name="别的名称")  # past the services, so that no event tells of it
    run = applied(run, world.county)
    assert "约束冲突" in run.message
    assert "code" in run.message
    assert Enterprise.objects.count() == 1
    assert not Event.objects.filter(action="list.import").exists()


def test_faults_leave_nothing_behind(world: World) -> None:
    run = sent(world.county, workbook([fresh(1), [None, "123", "坏", "甲县", "企业", "约三千", None, None]]))
    assert run.state == "faulty"
    assert {(f["cell"], f["heading"]) for f in run.faults} == {("B4", "统一社会信用代码"), ("F4", "注册资本(万元)")}
    with pytest.raises(Refused):
        services.apply(run=run, by=world.county)
    assert not Enterprise.objects.exists()


def test_unreadable_file_is_refused(world: World) -> None:
    run = sent(world.county, b"\x00\x01 nothing", "企业.xlsx")
    assert run.state == "refused"
    assert run.message
    assert run.finished_at is not None


def test_only_the_uploader_who_may_still(world: World) -> None:
    run = sent(world.county, workbook([fresh(1)]))
    with pytest.raises(Refused, match="只有上传人"):
        services.apply(run=run, by=world.office)
    with pytest.raises(Refused, match="只有上传人"):
        services.cancel(run=run, by=world.office)
    with pytest.raises(NotAllowed):
        services.upload(ledger=enterprises(), data=b"x", file_name="x", by=factories.actor("leader"))


def test_place_lost_between_preview_and_import(world: World) -> None:
    run = sent(world.county, workbook([fresh(1)]))
    unit = factories.UnitFactory.create(territory=world.there)
    type(unit).objects.filter(pk=world.county.unit_id).update(territory=world.there)
    services.apply(run=run, by=world.county)
    run.refresh_from_db()
    assert (run.state, Enterprise.objects.count()) == ("failed", 0)
    assert "不属于您维护范围" in run.message


def test_old_preview_is_made_again(world: World) -> None:
    run = sent(world.county, workbook([fresh(1)]))
    ImportRun.objects.update(checked_at=timezone.now() - datetime.timedelta(hours=25))
    run.refresh_from_db()
    with pytest.raises(Refused, match="24 小时"):
        services.apply(run=run, by=world.county)
    services.start_check(run=run, by=world.county)
    run.refresh_from_db()
    assert applied(run, world.county).state == "done"


def test_cancel(world: World) -> None:
    run = services.cancel(run=sent(world.county, workbook([fresh(1)])), by=world.county)
    assert run.state == "cancelled"
    with pytest.raises(Refused):
        services.apply(run=run, by=world.county)


def test_large_files_are_jobs(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "INLINE_BYTES", 0)
    monkeypatch.setattr(services, "INLINE_ROWS", 0)
    run = sent(world.county, workbook([fresh(1)]))
    assert run.state == "checking"
    run_waiting()
    run.refresh_from_db()
    assert run.state == "ready"
    run = applied(run, world.county)
    assert run.state == "applying"
    with pytest.raises(Refused):
        services.cancel(run=run, by=world.county)
    run_waiting()
    run.refresh_from_db()
    assert (run.state, Enterprise.objects.count()) == ("done", 1)
    assert set(Job.objects.values_list("state", flat=True)) == {State.DONE}


def test_broken_write_leaves_nothing_and_is_repeated(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "INLINE_ROWS", 0)
    run = applied(sent(world.county, workbook([fresh(1), fresh(2)])), world.county)

    def killed(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("spectown.lists.importing.applying.record_many", killed)
        with pytest.raises(KeyboardInterrupt):
            services.perform(run=run, by=world.county)
    run.refresh_from_db()
    assert (run.state, Enterprise.objects.count()) == ("applying", 0)
    run_waiting()
    run.refresh_from_db()
    assert (run.state, Enterprise.objects.count()) == ("done", 2)


def test_files_go_after_a_while_the_run_stays(world: World) -> None:
    run = applied(sent(world.county, workbook([fresh(1)])), world.county)
    name = run.upload.name
    assert purging.purge(before=run.finished_at) == 0  # type: ignore[arg-type]
    assert purging.purge(before=timezone.now() + datetime.timedelta(days=1)) == 1
    run.refresh_from_db()
    assert (run.upload.name, run.staged.name, run.fault_table.name) == ("", "", "")
    assert not run.upload.storage.exists(name)
    assert run.counts["new"] == 1
    assert purging.purge(before=timezone.now() + datetime.timedelta(days=1)) == 0


def test_statements_do_not_grow_with_rows(world: World, django_assert_max_num_queries: Any) -> None:
    applied(sent(world.county, workbook([fresh(n) for n in range(5)])), world.county)
    with django_assert_max_num_queries(120):
        run = applied(sent(world.county, workbook([fresh(n) for n in range(100, 400)])), world.county)
    assert run.state == "done"
    assert connection.vendor in {"sqlite", "postgresql"}
