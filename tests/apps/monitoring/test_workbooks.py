"""Sheets as a workbook: prefilled, read back whole, an untouched file changes nothing."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from spectown.accounts.permissions import Role
from spectown.audit.models import Event
from spectown.lib.excel.faults import WorkbookRefusedError
from spectown.lib.refusal import Refused
from spectown.monitoring.models import Cell, CellVersion, FormPeriod
from spectown.monitoring.services.filling import Entry, save_cells, save_footer
from spectown.monitoring.services.uploading import Uploaded, upload
from spectown.monitoring.workbooks.prefilled import prefilled
from spectown.organisations.actors import NotAllowed
from tests import factories
from tests.apps.monitoring.world import OPENS, World, on

pytestmark = pytest.mark.django_db
HEADING = 3


@pytest.fixture
def world() -> World:
    return World()


def opened() -> FormPeriod:
    return FormPeriod.objects.get()


def send(world: World, data: bytes) -> Uploaded:
    with on(OPENS):
        return upload(opened=opened(), data=data, name="月报.xlsx", by=world.fill)


def changed(data: bytes, change: Callable[[Worksheet, dict[str, int]], None]) -> bytes:
    """The workbook after somebody worked on its sheet; columns by heading."""
    book = load_workbook(BytesIO(data))
    sheet = book.worksheets[0]
    change(sheet, {str(cell.value): cell.column or 0 for cell in sheet[HEADING]})
    into = BytesIO()
    book.save(into)
    return into.getvalue()


def typed(world: World, **values: Any) -> Callable[[Worksheet, dict[str, int]], None]:
    """Put values into 本期 of the first town by the name of the indicator."""

    def change(sheet: Worksheet, columns: dict[str, int]) -> None:
        for row in range(HEADING + 1, sheet.max_row + 1):
            name = sheet.cell(row, columns["指标"]).value
            if sheet.cell(row, columns["专业镇"]).value == world.towns[0].name and name in values:
                sheet.cell(row, columns["本期"]).value = values[str(name)]

    return change


def test_prefilled_with_what_is_known_and_an_untouched_file_changes_nothing(world: World) -> None:
    indicator = world.cell("entities").indicator.__class__.objects.get(code="output")
    factories.CellFactory.create(town=world.towns[0], indicator=indicator, ordinal=20260901, number="87.5")
    with on(OPENS):
        raw = {"output": "1234567.25", "exports": "不适用", "tax": "0"}
        save_cells(sheet=world.sheet(), entries={k: Entry(v, "说明 一") for k, v in raw.items()}, by=world.fill)
    data = prefilled(opened(), world.fill)
    sheet = load_workbook(BytesIO(data)).worksheets[0]
    rows = {(row[0], row[1]): row for row in sheet.iter_rows(min_row=HEADING + 1, values_only=True)}
    town = world.towns[0].name
    assert rows[town, "主导产业产值"][2:7] == ("万元", None, 87.5, 1234567.25, "说明 一")
    assert [rows[town, name][5] for name in ("出口额", "税收", "营业收入")] == ["不适用", 0, None]
    assert rows[town, "表末:联系电话"][2:7] == (None, None, None, None, None)
    assert {name for name, _ in rows} == {each.name for each in world.towns}
    before = (CellVersion.objects.count(), Event.objects.count())
    found = send(world, data)
    assert (found.cells, found.same, found.faults) == (0, len(rows), ())
    assert send(world, changed(data, lambda *_: None)).cells == 0, "saved by another program"
    assert (CellVersion.objects.count(), Event.objects.count()) == before


@pytest.mark.data
def test_figures_of_a_county_come_in_by_one_file(world: World) -> None:
    data = changed(
        prefilled(opened(), world.fill), typed(world, 主导产业产值="1.2亿元", 税收=0, 出口额="—", 从业人数=60)
    )
    found = send(world, data)
    assert (found.cells, found.faults) == (4, ())
    assert [world.cell(code).reported.shown for code in ("output", "tax", "exports", "jobs")] == [
        "12,000",
        "0",
        "不适用",
        "60",
    ]
    assert {cell.origin for cell in Cell.objects.filter(sheet__isnull=False)} == {"excel"}
    assert world.cell("output_per_job").counts.shown == "200", "what is computed follows"
    assert Event.objects.get(action="sheet.upload").after == {"file": "月报.xlsx", "cells": 4}


def test_the_end_of_the_sheet_goes_out_and_comes_in(world: World) -> None:
    with on(OPENS):
        save_footer(sheet=world.sheet(), values={"head": "赵某", "phone": "03551234567"}, by=world.fill)
    data = prefilled(opened(), world.fill)
    assert send(world, data).cells == 0, "a number that begins with 0 is no change"

    def foot(day: str) -> bytes:
        def change(sheet: Worksheet, columns: dict[str, int]) -> None:
            said = {"表末:填表人": "孙某", "表末:报出日期": day, "表末:联系电话": ""}
            for row in range(HEADING + 1, sheet.max_row + 1):
                name = str(sheet.cell(row, columns["指标"]).value)
                if sheet.cell(row, columns["专业镇"]).value == world.towns[0].name and name in said:
                    sheet.cell(row, columns["说明"]).value = said[name]

        return changed(data, change)

    (fault,) = send(world, foot("三号")).faults
    assert (fault.heading, fault.value, fault.reason) == ("说明", "三号", "日期写作 2026-11-03。")
    assert send(world, foot("2026/11/03")).cells == 3
    sheet = world.sheet()
    assert (sheet.head, sheet.filler, sheet.phone, str(sheet.reported_on)) == ("赵某", "孙某", "", "2026-11-03")


def test_one_fault_and_nothing_is_written_each_is_told_with_its_place(world: World) -> None:
    data = prefilled(opened(), world.fill)
    wrong = changed(data, typed(world, 主导产业产值=5, 税收="无", 从业人数="六十", 营业收入="=1/0"))
    found = send(world, wrong)
    told = {(fault.heading, fault.column, fault.value) for fault in found.faults}
    assert {("本期", "F", "无"), ("本期", "F", "六十")} < told
    assert len(found.faults) == 3
    assert all(fault.row > HEADING and fault.reason.endswith("。") and fault.sheet for fault in found.faults)
    assert not Cell.objects.filter(sheet__isnull=False).exists()
    assert world.sheet().work.state == "not_started"


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(world: World) -> None:
    data = prefilled(opened(), world.fill)
    with on(OPENS):
        save_cells(sheet=world.sheet(), entries={"output": Entry("7"), "tax": Entry("8")}, by=world.fill)
    assert send(world, data).faults == (), "rows that nobody touched"
    found = send(world, changed(data, typed(world, 主导产业产值=9)))
    assert "没有覆盖" in found.faults[0].reason
    assert world.cell("output").reported.shown == "7"


def test_rows_of_others_and_files_of_another_period_are_refused(world: World) -> None:
    stranger = factories.actor(Role.COUNTY_FILL)
    data = prefilled(opened(), world.fill)

    def foreign(sheet: Worksheet, columns: dict[str, int]) -> None:
        sheet.cell(HEADING + 1, columns["编号"]).value = "monthly/2026-10/elsewhere/output"
        sheet.cell(HEADING + 1, columns["本期"]).value = 1
        sheet.cell(HEADING + 2, columns["编号"]).value = "x"

    reasons = [fault.reason for fault in send(world, changed(data, foreign)).faults]
    assert ["不归您填报" in reasons[0], "不要增加行" in reasons[1]] == [True, True]

    def older(sheet: Worksheet, columns: dict[str, int]) -> None:
        sheet.cell(HEADING + 1, columns["编号"]).value = "monthly/2026-09/elsewhere/output"

    with pytest.raises(WorkbookRefusedError, match="2026-09"):
        send(world, changed(data, older))
    with pytest.raises(WorkbookRefusedError):
        send(world, b"no workbook")
    with pytest.raises(Refused, match="没有由您填报"):
        prefilled(opened(), stranger)
    with on(OPENS), pytest.raises(NotAllowed):
        upload(opened=opened(), data=data, name="月报.xlsx", by=world.office)
