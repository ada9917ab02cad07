"""The marked copy of a large upload: what was sent comes back, coloured where it is wrong, with the reasons."""

from io import BytesIO
from typing import Any

import openpyxl
import polars as pl
import pytest

from spectown.lib.excel.bulk import BulkColumn, BulkSheet, marked, write_marked

SHEET = BulkSheet(
    name="企业清单",
    title="长治市企业清单",
    columns=(
        BulkColumn("name", "企业名称", locked=True),
        BulkColumn("output", "产值(万元)", "decimal", total=True),
        BulkColumn("founded", "成立日期", "date"),
    ),
    meta=("单位:万元",),
    properties={"ledger": "enterprises"},
    protect=True,
    totals=True,
)
TEXTS = pl.DataFrame(
    {
        "name": ["甲公司", "=HYPERLINK()", "丙公司"],
        "output": ["12.5", "一百", None],
        "founded": ["2024-01-02", "2024-02-30", "x"],
    }
)
FAULTS = pl.DataFrame(
    {
        "row": [2, 1, 1, 2],
        "field": ["founded", "output", "founded", None],
        "reason": ["不是日期", "应为数字", "没有这一天", "与第 4 行重复"],
    }
)
RED = "FFFFC7CE"


def written(sheet: BulkSheet, texts: pl.DataFrame, faults: pl.DataFrame, **more: Any) -> Any:
    target = BytesIO()
    write_marked(sheet, texts, faults, target, **more)
    return openpyxl.load_workbook(target)


@pytest.fixture(scope="module")
def book() -> Any:
    return written(SHEET, TEXTS, FAULTS, source_rows=pl.Series([4, 5, 9]))


def test_every_faulty_cell_is_coloured_and_no_other(book: Any) -> None:
    sheet = book["企业清单"]
    coloured = {cell.coordinate for row in sheet["A4:D6"] for cell in row if cell.fill.start_color.rgb == RED}
    assert coloured == {"B5", "C5", "C6"}


def test_everything_can_be_corrected_even_the_key_of_an_added_row(book: Any) -> None:
    assert not book["企业清单"].protection.sheet


def test_the_rows_come_back_with_their_reasons(book: Any) -> None:
    rows = [[cell.value for cell in row] for row in book["企业清单"]["A3:D6"]]
    assert rows[0] == ["企业名称", "产值(万元)", "成立日期", "问题"]
    assert rows[1][:2] == ["甲公司", 12.5]
    assert rows[1][2].isoformat() == "2024-01-02T00:00:00"
    assert rows[1][3] is None
    assert rows[2] == ["'=HYPERLINK()", "一百", "2024-02-30", "产值(万元):应为数字;成立日期:没有这一天"]
    assert rows[3] == ["丙公司", None, "x", "成立日期:不是日期;与第 4 行重复"]
    assert book["企业清单"].max_row == 6  # no totals
    assert book["企业清单"]["A2"].value.startswith("共 4 处问题")


def test_the_list_names_every_fault_in_order(book: Any) -> None:
    rows = list(book["问题清单"].values)
    assert rows[2] == ("序号", "表", "原文件行号", "本文件单元格", "项目", "现在的内容", "问题和处理办法")
    assert rows[3:] == [
        (1, "企业清单", 5, "B5", "产值(万元)", "一百", "应为数字"),
        (2, "企业清单", 5, "C5", "成立日期", "2024-02-30", "没有这一天"),
        (3, "企业清单", 9, "A6", "整行", None, "与第 4 行重复"),
        (4, "企业清单", 9, "C6", "成立日期", "x", "不是日期"),
    ]


def test_it_is_still_the_same_template(book: Any) -> None:
    told = {item.name: item.value for item in book.custom_doc_props.props}
    assert told == {"rows": 3, "heading_row": 3, "first_row": 4, "ledger": "enterprises"}
    assert [str(rule.sqref) for rule in book["企业清单"].data_validations.dataValidation] == ["B4:B6", "C4:C6"]


def test_a_long_text_is_cut_visibly_and_the_list_says_where_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marked, "LISTED", 2)
    book = written(SHEET, TEXTS.with_columns(pl.lit("长" * 40_000).alias("name")), FAULTS)
    assert book["企业清单"]["A4"].value == "长" * 16_000 + "…(过长,已截去)"
    assert book["问题清单"]["A2"].value == "共 4 处,此处列出前 2 处"
    assert book["问题清单"].max_row == 5
    assert book["企业清单"]["C6"].fill.start_color.rgb == RED  # the rest is still coloured


def test_a_file_without_faults_and_columns_without_type() -> None:
    texts = pl.DataFrame({"name": ["甲"], "output": [None], "founded": [None]})
    none = pl.DataFrame(schema={"row": pl.Int64, "field": pl.String, "reason": pl.String})
    book = written(SHEET, texts, none)
    assert [cell.value for cell in book["企业清单"][4]] == ["甲", None, None, None]
    assert book["问题清单"].max_row == 3
