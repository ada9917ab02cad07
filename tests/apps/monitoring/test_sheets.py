"""A sheet from its opening to the lock: who may, what is kept, what is refused."""

import datetime
import threading
from decimal import Decimal

import pytest
from django.db import connection

from spectown.accounts.permissions import Role
from spectown.audit.models import Event
from spectown.lib.refusal import Refused
from spectown.monitoring.models import CellVersion, FormPeriod, Sheet
from spectown.monitoring.opening import open_sheets
from spectown.monitoring.reach import asked_cells
from spectown.monitoring.services.certifying import agree_all, allow_late, answer
from spectown.monitoring.services.filling import Entry, explain, save_cells
from spectown.monitoring.validating import findings_of
from spectown.supervision.models import Work
from tests import factories
from tests.apps.monitoring.world import CLOSES, OPENS, World, on

pytestmark = pytest.mark.django_db
LATER = CLOSES + datetime.timedelta(1)
AGAIN = datetime.date(2026, 11, 20)


@pytest.fixture
def world() -> World:
    return World()


def test_a_period_is_opened_once_for_every_town_and_reminds_the_county(world: World) -> None:
    assert list(FormPeriod.objects.values_list("form", "ordinal")) == [("monthly", 20261001)]
    with on(OPENS):
        assert open_sheets(OPENS) == 0
    work = world.sheet().work
    assert (work.holder, work.deadline, work.runs) == (world.county, world.sheet().form_period.due, True)
    assert Event.objects.filter(action="sheet.open").get().after["towns"] == 2
    factories.TownFactory.create(territory=world.county.territory)
    with on(OPENS):
        assert open_sheets(OPENS) == 1, "a town that came later"


def test_cells_keep_every_version_with_who_and_why(world: World) -> None:
    with on(OPENS):
        kept = save_cells(
            sheet=world.sheet(),
            entries={"output": Entry("1.2亿"), "exports": Entry("不适用"), "tax": Entry("0"), "sales": Entry("无")},
            by=world.fill,
        )
        assert kept.cells["output"].reported.number == Decimal(12000)
        assert [kept.cells[code].reported.shown for code in ("exports", "tax")] == ["不适用", "0"]
        assert "说不清是 0 还是不适用" in kept.faults["sales"]
        save_cells(sheet=world.sheet(), entries={"output": Entry("1300", "更正", 1)}, by=world.fill)
    versions = CellVersion.objects.filter(cell=world.cell("output")).order_by("revision")
    assert [(v.revision, v.value.shown, v.by_id) for v in versions] == [
        (1, "12,000", world.fill.user_id),
        (2, "1,300", world.fill.user_id),
    ]
    with on(OPENS):
        late = save_cells(sheet=world.sheet(), entries={"output": Entry("5", None, 1)}, by=world.fill)
    assert f"{world.fill.name}已改为 1,300,没有覆盖" in late.faults["output"]


def test_who_may_not_fill_in(world: World) -> None:
    stranger = factories.actor(Role.COUNTY_FILL)
    with on(OPENS):
        for by, words in ((stranger, "不归您看"), (world.check, "不能填报"), (world.office, "由")):
            with pytest.raises(Refused, match=words):
                save_cells(sheet=world.sheet(), entries={"output": Entry("1")}, by=by)
    with on(LATER), pytest.raises(Refused, match="已截止;确需补报的"):
        save_cells(sheet=world.sheet(), entries={"output": Entry("1")}, by=world.fill)


def test_a_town_runs_its_own_sheet(world: World) -> None:
    operator = factories.UnitFactory.create()
    world.towns[0].operator = operator
    world.towns[0].save()
    town = factories.actor(Role.TOWN, unit=operator)
    assert list(Work.objects.visible_to(town).values_list("town", flat=True)) == [world.towns[0].pk]
    with on(OPENS):
        assert save_cells(sheet=world.sheet(), entries={"output": Entry("1")}, by=town).faults == {}


@pytest.mark.data
def test_the_whole_way_with_two_persons(world: World) -> None:
    with on(OPENS):
        save_cells(sheet=world.sheet(), entries={"output": Entry("100")}, by=world.fill)
        with pytest.raises(Refused, match=r"还没有填:.*请填写表末的单位负责人"):
            world.go("hand_in", world.fill)
        sheet = world.sent()
        assert (sheet.sent_on, sheet.work.runs) == (OPENS, False)
        with pytest.raises(Refused, match="还没有核定"):
            world.go("accept", world.office)
        for item, cell in asked_cells(sheet):
            assert cell is not None
            assert agree_all(cells=[cell], by=world.bureaus[item.source])[1] == []
        assert world.go("accept", world.office) == "accepted"
        assert world.go("lock", world.office) == "locked"
        with pytest.raises(Refused, match="两人分别办理"):
            world.go("unlock", world.office, reason="更正", values={"cells": ["tax"], "again_on": AGAIN})
        assert (
            world.go("unlock", world.second, reason="更正", values={"cells": ["tax"], "again_on": AGAIN}) == "returned"
        )
        kept = save_cells(sheet=world.sheet(), entries={"tax": Entry("5"), "output": Entry("6")}, by=world.fill)
        assert "没有退回" in kept.faults["output"]
        assert kept.cells["tax"].state == "returned"
        for code, by in (("hand_in", world.fill), ("check", world.check), ("send", world.check)):
            world.go(code, by)
        assert (world.cell("tax").state, world.cell("output").state) == ("resubmitted", "agreed")


def test_a_bureau_differs_and_both_figures_are_kept(world: World) -> None:
    with on(OPENS):
        world.sent()
        cell, tongji = world.cell("output"), world.bureaus["tongji"]
        with pytest.raises(Refused, match="由"):
            answer(cell=cell, code="agree", by=world.bureaus["shuiwu"])
        with pytest.raises(Refused, match="请填写与填报数不同的核定数"):
            answer(cell=cell, code="differ", by=tongji, raw="100", reason="联网直报")
        answer(cell=cell, code="differ", by=tongji, raw="90", reason="联网直报数")
        cell = world.cell("output")
        assert (cell.reported.shown, cell.counts.shown, cell.state) == ("100", "90", "differs")
        last = cell.versions.latest("revision")
        assert (last.value.shown, last.origin, last.reason) == ("90", "bureau", "联网直报数")
        assert world.go("send_back", world.office, reason="再核", values={"cells": ["output"], "again_on": AGAIN})
        assert Sheet.objects.get(pk=world.sheet().pk).sent_on is None
        save_cells(sheet=world.sheet(), entries={"output": Entry("90")}, by=world.fill)
        cell = world.cell("output")
        assert (cell.reported.shown, cell.state) == ("90", "returned")


def test_a_bureau_gives_one_cell_back_and_the_sheet_stays(world: World) -> None:
    with on(OPENS):
        world.sent()
        tongji = world.bureaus["tongji"]
        answer(cell=world.cell("output"), code="bureau_return", by=tongji, reason="与直报差距大")
        kept = save_cells(sheet=world.sheet(), entries={"output": Entry("95"), "tax": Entry("1")}, by=world.fill)
        assert (list(kept.cells), kept.faults) == (["output"], {"tax": "这一格没有退回,不能修改。"})
        with pytest.raises(Refused, match="还没有核定"):
            world.go("accept", world.office)
        with pytest.raises(Refused, match="当前角色"):
            answer(cell=world.cell("output"), code="resubmit", by=world.fill)
        assert answer(cell=world.cell("output"), code="resubmit", by=world.check).state == "resubmitted"
        assert answer(cell=world.cell("output"), code="agree", by=tongji).counts.shown == "95"
        assert world.sheet().work.state == "sent"


@pytest.mark.data
def test_a_late_exception_opens_the_sheet_again(world: World) -> None:
    with on(LATER):
        with pytest.raises(Refused, match="请写明理由"):
            allow_late(sheet=world.sheet(), until=AGAIN, reason=" ", by=world.office)
        allow_late(sheet=world.sheet(), until=AGAIN, reason="停电", by=world.office)
        assert save_cells(sheet=world.sheet(), entries={"output": Entry("1")}, by=world.fill).faults == {}
    with on(AGAIN + datetime.timedelta(1)), pytest.raises(Refused, match="截止"):
        save_cells(sheet=world.sheet(), entries={"output": Entry("1")}, by=world.fill)


@pytest.mark.data
def test_ten_thousand_times_too_much_is_caught_and_needs_a_reason_or_a_correction(world: World) -> None:
    cell = factories.CellFactory.create
    world.sheet()
    with on(OPENS):
        save_cells(sheet=world.sheet(), entries=world.answers(), by=world.fill)
    output = world.cell("output").indicator
    cell(town=world.towns[0], indicator=output, ordinal=20260901, number=105)
    with on(OPENS):
        assert not [f for f in findings_of(world.sheet()) if f.indicator == "output"]
        world.filled(output="1050000")
        found = [f for f in findings_of(world.sheet()) if f.indicator == "output"]
        assert any("亿元" in f.message or "元" in f.message for f in found)
        with pytest.raises(Refused, match="产值"):
            world.go("hand_in", world.fill)
        for each in found:
            explain(sheet=world.sheet(), key=each.key, text="并入新厂", by=world.fill)
        if all(f.severity == "warning" for f in found):
            assert world.go("hand_in", world.fill) == "filled"


@pytest.mark.data
@pytest.mark.django_db(transaction=True)
def test_two_people_save_one_cell_at_once(world: World) -> None:
    """Both opened the empty cell: one is kept, the other hears who was first."""
    people = {"10": world.fill, "20": factories.actor(Role.COUNTY_FILL, unit=world.county)}
    start, faults = threading.Barrier(2), dict[str, str]()

    def save(raw: str) -> None:
        start.wait()
        try:
            kept = save_cells(sheet=sheet, entries={"output": Entry(raw, revision=0)}, by=people[raw])
            faults.update(dict.fromkeys([raw], kept.faults["output"]) if kept.faults else {})
        finally:
            connection.close()

    sheet = world.sheet()
    threads = [threading.Thread(target=save, args=(raw,)) for raw in people]
    with on(OPENS):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    cell = world.cell("output")
    (second,) = faults
    assert {cell.reported.shown, second} == set(people)
    assert f"{people[cell.reported.shown].name}已改为 {cell.reported.shown},没有覆盖" in faults[second]
    assert CellVersion.objects.filter(cell=cell).count() == 1
