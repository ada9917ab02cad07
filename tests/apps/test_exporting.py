"""A list as a workbook: look, words, order, drop-downs, protection; both databases."""

import datetime
import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from spectown.accounts.permissions import Role
from spectown.lists.declaration import Ledger
from spectown.lists.exporting import export, frames, layout, template, template_sheet
from spectown.lists.exporting.sheet import NUMBER, VERSION
from spectown.lists.registry import ledgers
from spectown.organisations.actors import Actor
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.data]
DAY = datetime.date(2026, 11, 24)
LEDGER: Ledger = next(ledger for ledger in ledgers() if ledger.slug == "enterprises")


@pytest.fixture
def office() -> Actor:
    return factories.actor(Role.OFFICE)


def opened(pieces: Any) -> Worksheet:
    book = openpyxl.load_workbook(io.BytesIO(b"".join(pieces)))
    assert book.sheetnames[:2] == ["企业清单", "填写说明"]
    return book.worksheets[0]


def rows() -> Any:
    return LEDGER.model._default_manager.order_by("pk")


def test_export_looks_official(office: Actor) -> None:
    place = factories.TerritoryFactory.create(name="沁县")
    factories.EnterpriseFactory.create(
        name="=甲农场", territory=place, capital=Decimal("1200.50"), chain_role="leading"
    )
    factories.EnterpriseFactory.create(name="乙农场", territory=place, capital=800, established=DAY)
    sheet = opened(export(LEDGER, rows(), by=office, day=DAY))
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[0][0] == "企业清单"
    assert all(
        word in cells[1][0] for word in (f"填报单位:{office.unit_name}", "填报人:", "审核人:", "2026-11-24", "万元")
    )
    assert cells[2] == ["编号", *(column.heading for column in LEDGER.bound), "版本"]
    heads = {heading: place for place, heading in enumerate(cells[2])}
    first, second, total = cells[3], cells[4], cells[5]
    assert first[heads["名称"]] == "'=甲农场"
    assert (first[heads["链上角色"]], first[heads["属地"]], first[heads["规上"]]) == ("龙头", "沁县", "否")
    assert second[heads["成立日期"]].date() == DAY
    assert second[heads["链上角色"]] is None
    assert (total[0], total[heads["注册资本(万元)"]]) == ("合计", 2000.5)
    assert sheet.column_dimensions["U"].hidden


def test_template_is_locked_where_nothing_may_change(office: Actor) -> None:
    factories.EnterpriseFactory.create()
    sheet = opened(template(LEDGER, rows(), by=office, day=DAY))
    assert sheet.protection.sheet
    assert sheet["A4"].protection.locked
    assert not sheet["C4"].protection.locked
    assert not sheet["A5"].protection.locked
    assert sheet.max_row == 4 + 300
    assert sheet["C3"].comment is not None
    assert all(row[0].value != "合计" for row in sheet.iter_rows())


def test_drop_downs_are_what_the_person_may_use() -> None:
    county = factories.TerritoryFactory.create()
    own, other = factories.TownFactory.create(territory=county), factories.TownFactory.create()
    for town in (own, other):
        factories.LevelRecordFactory.create(town=town)
    filler = factories.actor(Role.COUNTY_FILL, unit=factories.UnitFactory.create(territory=county))
    columns = {column.field: column for column in template_sheet(LEDGER, filler, DAY).columns}
    assert columns["town"].options == (own.name,)
    assert columns["territory"].options == (county.name,)
    assert columns["status"].options == ("在营", "停产停业", "已注销")


def test_instructions_name_every_column(office: Actor) -> None:
    lines = template_sheet(LEDGER, office, DAY).instructions
    assert {column.heading for column in LEDGER.bound} <= {line[0] for line in lines}
    assert len({len(line) for line in lines}) == 1


def test_order_and_keys_are_kept(office: Actor) -> None:
    made = [factories.EnterpriseFactory.create(name=name) for name in ("乙", "甲", "丙")]
    (frame,) = frames(LEDGER, LEDGER.model._default_manager.order_by("-pk"))
    assert frame["name"].to_list() == ["丙", "甲", "乙"]
    assert frame[NUMBER].to_list() == [LEDGER.number(row.pk) for row in reversed(made)]
    assert frame[VERSION].to_list() == [1, 1, 1]


def test_no_rows_give_an_empty_table(office: Actor) -> None:
    assert list(frames(LEDGER, rows())) == []
    assert opened(export(LEDGER, rows(), by=office, day=DAY))["A3"].value == "编号"


def test_layout_tells_forms_apart() -> None:
    assert len({layout(ledger) for ledger in ledgers()}) == len(ledgers())
