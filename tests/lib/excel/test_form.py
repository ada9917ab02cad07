"""The form as written, and read back."""

from decimal import Decimal
from io import BytesIO

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from spectown.lib.excel.escape import plain_text, safe_text
from spectown.lib.excel.reader import read_form
from tests.lib.excel.declared import BOOK, FIELDS, empty, filled

CELL_TEXT = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=60)
RISKY = st.sampled_from(["=1+1", "+86", "-5", "@x", "'=1", "''-1", "\t=1", "'", "普通"])


@given(st.text() | RISKY)
def test_escaping_is_undone(text):
    assert plain_text(safe_text(text)) == text
    assert not safe_text(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def read(data):
    return read_form(data, FIELDS, form_id=BOOK.form_id)


def test_the_empty_form():
    reading = read(empty())
    assert reading.values == dict.fromkeys(field.code for field in FIELDS)
    assert reading.faults == ()
    assert (reading.places["amount"].sheet_number, reading.places["amount"].cell) == (2, "C5")


def test_layout():
    book = load_workbook(BytesIO(empty()))
    sheet = book["表一"]
    assert book.sheetnames == ["填写说明", "表一", "选项"]
    assert book.active.title == "表一"
    assert book["选项"].sheet_state == "hidden"
    assert sheet.freeze_panes == "C3"
    assert sheet.protection.sheet
    assert sheet["B5"].value == "金额(万元)"
    assert sheet["B5"].protection.locked
    assert not sheet["C5"].protection.locked
    assert sheet["A5"].value == "一(一)"
    assert "例:某某" in sheet["C4"].comment.text
    assert sheet["D10"].value == "'=不是公式"
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert (rules["C8"].type, rules["C8"].errorStyle) == ("list", "warning")
    assert (rules["C9"].type, rules["C9"].errorStyle) == ("list", None)
    assert rules["C5"].type == "decimal"
    assert rules["C6"].type == "whole"
    assert [cell.value for cell in book["选项"][8]] == ["一类", "二类,其他"]


VALUES = st.fixed_dictionaries(
    {
        "name": st.none() | CELL_TEXT.filter(bool) | RISKY,
        "amount": st.none() | st.decimals(0, 10**11, places=4) | st.just("12亿"),
        "number": st.none() | st.integers(0, 10**9),
        "sort": st.sampled_from([None, "一类", "三类"]),
        "agreed": st.sampled_from([None, "是", "否"]),
        "text": st.none() | CELL_TEXT.filter(bool) | RISKY,
    }
)


@settings(max_examples=40)
@given(VALUES)
def test_what_is_written_is_read_back(values):
    read_back = read(filled(values)).values
    for code, value in values.items():
        assert read_back[code] == value or Decimal(str(read_back[code])) == value


@settings(max_examples=25)
@given(VALUES)
def test_what_is_typed_into_the_template_is_read(values):
    book = load_workbook(BytesIO(empty()))
    cells = {field.code: book["表一"][f"C{row}"] for field, row in zip(FIELDS, (4, 5, 6, 8, 9, 10), strict=True)}
    for code, value in values.items():
        cells[code].value = value
        if isinstance(value, str):
            cells[code].data_type = "s"
    buffer = BytesIO()
    book.save(buffer)
    read_back = read(buffer.getvalue())
    assert read_back.faults == ()
    for code, value in values.items():
        got = read_back.values[code]
        assert got == (plain_text(value) if isinstance(value, str) else value)
