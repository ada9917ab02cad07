"""Every cell as an official sees it, every row with its number in the file."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from spectown.lib.sheets.marks import Merge
from spectown.lib.sheets.reading import read_sheets
from tests.lib.sheets.books import book, table, tampered

SHEET = "xl/worksheets/sheet1.xml"
FOLDER = Path(__file__).parent


def test_cells_are_text_as_shown() -> None:
    def fill(workbook: Any, sheet: Any) -> None:
        day, percent = workbook.add_format({"num_format": "yyyy-mm-dd"}), workbook.add_format({"num_format": "0.00%"})
        sheet.write_row(0, 0, [1.0, 1.5, 0.1 + 0.2, 123456789012345, True, " 甲 ", "001"])
        sheet.write(1, 0, datetime(2024, 3, 1), day)
        sheet.write(1, 1, datetime(2024, 3, 1, 12, 30), day)
        sheet.write(1, 2, 0.35, percent)
        sheet.write(1, 3, 911404001234567890)
        sheet.write(1, 4, "911404001234567000")
        sheet.write_formula(1, 5, "=1/0", None, "#DIV/0!")
        sheet.write_formula(1, 6, "=1+1", None, 2)

    sheet = read_sheets(book(fill), "清单.xlsx")[0]
    assert sheet.frame.row(0) == ("1", "1.5", "0.3", "123456789012345", "true", " 甲 ", "001")
    first, second, *rest = sheet.frame.row(1)
    assert (first, second, rest[0]) == ("2024-03-01", "2024-03-01 12:30:00", "35%")
    assert rest[1].startswith("9.114040012345")  # digits that Excel lost are shown as Excel shows them
    assert rest[2:] == ["911404001234567000", "#DIV/0!", "2"]  # … and typed as text they stay
    assert sheet.notices == ("有 2 个公式,按文件保存时的计算结果读取。",)


def test_rows_and_columns_keep_their_place() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write(4, 27, "乙")
        sheet.write(5, 2, "甲")

    sheet = read_sheets(book(fill), "清单.xlsx")[0]
    assert sheet.frame.height == 6
    assert sheet.frame.row(4)[25] == "乙"
    assert (sheet.letters(0), sheet.letters(25)) == ("C", "AB")


def test_hidden_rows_and_columns_are_read_and_said() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_column(0, 0, ["甲", "乙", "丙"])
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_column(3, 3, None, None, {"hidden": True})

    sheet = read_sheets(book(fill), "清单.xlsx")[0]
    assert sheet.frame.height == 3
    assert "1 个隐藏行(第 2 行)" in sheet.notices[0]
    assert sheet.hidden == (4,)


def test_formulas_without_result_are_not_said_to_be_read() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_formula(0, 0, "=1+1", None, 2)
        sheet.write_formula(1, 0, "=1+1", None, 0)

    unsaved = {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b"<v>0</v>", b"<v></v>")}
    sheet = read_sheets(tampered(book(fill), unsaved), "清单.xlsx")[0]
    assert sheet.notices == ("有 1 个公式,按文件保存时的计算结果读取。",)
    assert sheet.unsaved == ((1, 2),)


def test_hidden_sheets_are_not_read_but_said() -> None:
    def fill(workbook: Any, sheet: Any) -> None:
        sheet.write(0, 0, "甲")
        hidden = workbook.add_worksheet("选项")
        hidden.write(0, 0, "乙")
        hidden.hide()
        workbook.add_worksheet("空表")

    sheets = read_sheets(book(fill), "清单.xlsx")
    assert [sheet.name for sheet in sheets] == ["数据"]
    assert sheets[0].notices == ("隐藏的表“选项”没有读取。",)


def test_merged_ranges_are_known() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.merge_range("A1:C1", "标题")
        sheet.merge_range("B3:B5", "甲")

    assert read_sheets(book(fill), "清单.xlsx")[0].merges == (Merge(1, 1, 1, 3), Merge(3, 2, 5, 2))


def test_workbooks_written_with_a_prefix_are_read() -> None:
    """Some exporters write <x:c r=…>: walked element by element."""

    def prefix(data: bytes) -> bytes:
        for tag in (b"c", b"row", b"v"):
            data = data.replace(b"<%s " % tag, b"<x:%s " % tag).replace(b"<%s>" % tag, b"<x:%s>" % tag)
            data = data.replace(b"</%s>" % tag, b"</x:%s>" % tag)
        return data.replace(
            b"<worksheet ", b'<worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        )

    data = tampered(table((1, 2), (3, 4)), {SHEET: prefix})
    assert read_sheets(data, "清单.xlsx")[0].frame.rows() == [("1", "2"), ("3", "4")]


TEXT = '企业清单\r\n代码,名称,产值\r\n\r\n001,"甲,\r\n乙","1,234"\r\n002,丙\r\n'
ROWS = [
    ("企业清单", None, None),
    ("代码", "名称", "产值"),
    (None, None, None),
    ("001", "甲,\n乙", "1,234"),
    ("002", "丙", None),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_csv_in_every_usual_encoding(encoding: str, separator: str) -> None:
    text = TEXT if separator == "," else TEXT.replace("代码,名称,产值", f"代码{separator}名称{separator}产值").replace(
        '001,"', f'001{separator}"').replace('","', f'"{separator}"').replace("002,", f"002{separator}")  # fmt: skip
    sheet = read_sheets(text.encode(encoding), "企业.csv")[0]
    assert (sheet.name, sheet.frame.rows()) == ("企业", ROWS)


def test_old_workbook() -> None:
    """Written by LibreOffice from: 名称 | 成立日期 | 产值 | 代码 in C3 and three rows below."""
    sheet = read_sheets((FOLDER / "old.xls").read_bytes(), "清单.xls")[0]
    assert sheet.frame.row(2) == ("名称", "成立日期", "产值", "代码")
    assert sheet.frame.row(3) == ("甲公司", "2024-03-01", "1234.5", "9.11404e+17")
    assert sheet.frame.row(4)[3] == "91110000600037341L"
    assert sheet.letters(0) == ""
    assert ".xls" in sheet.notices[0]
