"""Cells that hold no plain value, and the marked copy."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.formula import ArrayFormula

from spectown.lib.excel.faults import CellFault
from spectown.lib.excel.marks import FAULT_FILL, MARK, mark_faults
from spectown.lib.excel.reader import read_form
from tests.lib.excel.declared import BOOK, FIELDS, empty, filled


def read(data):
    return read_form(data, FIELDS, form_id=BOOK.form_id)


def typed(**cells):
    book = load_workbook(BytesIO(empty()))
    for reference, value in cells.items():
        book["表一"][reference] = value
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("=1+1", "填写的是公式“=1+1”"),
        ("=HYPERLINK(1)", "公式"),
        (ArrayFormula("C5", "=SUM(1)"), "公式“=SUM(1)”"),
        ("#DIV/0!", "错误值“#DIV/0!”"),
        (date(2022, 3, 1), "日期"),
    ],
)
def test_no_plain_value(value, reason):
    reading = read(typed(C5=value))
    (fault,) = reading.faults
    assert reason in fault.reason
    assert fault.message.startswith("第2张表“表一”单元格 C5“金额(万元)”")
    assert "amount" not in reading.values


def test_numbers_are_those_that_are_shown():
    reading = read(typed(C5=0.1 + 0.2, C6=7.0, C4=12345678901234, C10=1.5))
    assert reading.values["amount"] == Decimal("0.3")
    assert reading.values["number"] == 7
    assert reading.values["name"] == "12345678901234"
    assert reading.values["text"] == "1.5"
    assert read(typed(C5=True)).values["amount"] is True


def faults_of(data):
    place = read(data).places["amount"]
    return [CellFault("amount", place, "=约两千", "应为数字,现为“=约两千”,请填写阿拉伯数字")]


def test_marked_copy():
    data = filled({"amount": "约两千", "name": "某镇"})
    book = load_workbook(BytesIO(mark_faults(data, faults_of(data))))
    cell = book["表一"]["C5"]
    assert cell.fill.start_color.rgb.endswith(FAULT_FILL)
    assert cell.comment.text.startswith(f"{MARK}应为数字")
    assert not book["表一"]["C4"].fill.start_color.rgb.endswith(FAULT_FILL)
    listed = list(book["问题清单"].iter_rows(values_only=True))
    assert listed[0] == ("序号", "表", "单元格", "项目", "现在的内容", "问题和处理办法")
    assert listed[1][:5] == (1, "表一", "C5", "金额(万元)", "'=约两千")
    assert book["问题清单"]["E2"].data_type == "s"
    assert book.active.title == "问题清单"
    assert book["表一"].data_validations.dataValidation
    assert book["表一"].protection.sheet


def test_the_marked_copy_can_be_filled_in_and_sent_again():
    data = filled({"amount": "约两千", "name": "某镇"})
    once = mark_faults(data, faults_of(data))
    assert read(once).values["name"] == "某镇"
    twice = load_workbook(BytesIO(mark_faults(mark_faults(once, faults_of(once)), [])))
    assert twice["表一"]["C5"].comment is None
    assert not twice["表一"]["C5"].fill.start_color.rgb.endswith(FAULT_FILL)
    assert "例:某某" in twice["表一"]["C4"].comment.text
    assert [row[0] for row in twice["问题清单"].iter_rows(values_only=True)] == ["序号"]


def test_a_note_of_the_template_survives_the_marking():
    data = filled({"name": "某镇"})
    place = read(data).places["name"]
    marked = mark_faults(data, [CellFault("name", place, "某镇", "过短"), CellFault("name", place, "某镇", "不全")])
    assert "过短;不全" in load_workbook(BytesIO(marked))["表一"]["C4"].comment.text
    again = load_workbook(BytesIO(mark_faults(marked, [])))
    assert again["表一"]["C4"].comment.text == "全称\n例:某某"
