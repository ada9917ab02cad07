"""Faults at their cells: merges, duplicates in the file, rules across columns, what may be saved, the report."""

from typing import Any

import polars as pl

from spectown.lib.sheets.checking import Rule
from tests.lib.sheets.books import book, table
from tests.lib.sheets.list_of_sheets import checked

HEAD = ("代码", "名称", "产值", "备注")


def told(result: Any) -> list[tuple[Any, ...]]:
    return result.faults.rows()  # type: ignore[no-any-return]


def test_merged_cells_are_faults_at_every_cell_they_cover() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.merge_range("B1:D1", "清单")
        sheet.write_row(1, 1, HEAD)
        for row in (2, 3, 4):
            sheet.write_row(row, 1, (f"A{row}", f"名{row}", row))
        sheet.merge_range("C3:C4", "甲")

    result = checked(book(fill))
    assert [(row, field, value) for row, field, value, _ in told(result)] == [(3, "name", "甲"), (4, "name", "名3")]
    assert {reason for *_, reason in told(result)} == {"这一格在合并单元格中,请取消合并,每行都填写。"}
    assert result.report()["column"].to_list() == ["C", "C"]
    assert result.clean["code"].to_list() == ["A4"]


def test_merged_totals_and_signatures_are_no_faults() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ("A1", "甲", 1))
        sheet.merge_range("A3:B3", "合计")
        sheet.merge_range("A4:D4", "填报人:张三")

    result = checked(book(fill))
    assert (result.faults.height, result.frame.height) == (0, 1)


def test_duplicates_name_each_other() -> None:
    data = table(HEAD, ("A1", "甲", 1), ("A2", "乙", 1), (" A1", "丙", 1), ("", "丁", 1), ("", "戊", 1))
    result = checked(data, unique=[["code"]])
    assert told(result) == [
        (2, "code", "A1", "“代码”与第 4 行重复,请只保留一行。"),
        (4, "code", " A1", "“代码”与第 2 行重复,请只保留一行。"),
    ]
    assert result.clean["name"].to_list() == ["乙", "丁", "戊"]  # blank keys are nobody's twins


def test_duplicates_of_several_columns() -> None:
    data = table(HEAD, ("A1", "甲", 1), ("A1", "乙", 1), ("A1", "甲", 2))
    result = checked(data, unique=[["code", "name"], ["code", "absent"]])
    assert told(result) == [
        (2, "code", "A1", "“代码、名称”与第 4 行重复,请只保留一行。"),
        (4, "code", "A1", "“代码、名称”与第 2 行重复,请只保留一行。"),
    ]


def test_many_duplicates_are_told_shortly() -> None:
    result = checked(table(HEAD, *(("A1", "甲", 1) for _ in range(20))), unique=[["code"]])
    assert result.faults.height == 20
    assert told(result)[0][3] == "“代码”与第 3、4、5、6、7、8、9、10、11、12 行等重复,请只保留一行。"


def test_rules_across_columns() -> None:
    rule = Rule("output", (pl.col("note") != "停产") | (pl.col("output") == 0), "停产的产值应为 0")
    data = table(
        HEAD, ("A1", "甲", "1,5.0", "停产"), ("A2", "乙", " 3.50 ", "停产"), ("A3", "丙", 0, "停产"), ("A4", "丁", 5)
    )
    result = checked(data, rules=[rule])
    assert [(row, value, reason[:7]) for row, _, value, reason in told(result)] == [
        (2, "1,5.0", "这一格不是数字"),  # not understood: the rule cannot be decided and says nothing
        (3, " 3.50 ", "停产的产值应为"),
    ]
    assert checked(table(HEAD[:3], ("A1", "甲", 1)), rules=[rule]).faults.is_empty()  # no column 备注


def test_report_shows_every_value_exactly_as_written() -> None:
    """Cleaning works on copies: what was typed is never overwritten in place."""
    written = [" '=1 ", "　甲　乙丙丁戊己 ", "約 3000", "-１.5", "'-x 甲乙丙丁"]
    rows = [("A1", written[1], written[2]), ("A2", written[4], written[3]), ("A3", "好", "2")]
    result = checked(table(("企业",), HEAD, *rows))
    report = result.report()
    assert report.columns == ["sheet", "row", "column", "heading", "field", "value", "reason"]
    assert report.select("sheet", "row", "column", "heading", "value").rows() == [
        ("数据", 3, "B", "名称", written[1]),
        ("数据", 3, "C", "产值", written[2]),
        ("数据", 4, "B", "名称", written[4]),
        ("数据", 4, "C", "产值", written[3]),
    ]
    texts = result.located.frame
    assert texts["name"].to_list() == [written[1], written[4], "好"]
    assert texts["output"].to_list() == [written[2], written[3], "2"]
    assert result.clean.rows() == [(5, "A3", "好", result.frame["output"][2], None)]


def test_column_that_the_file_lacks_is_absent_and_a_blank_is_null() -> None:
    result = checked(table(HEAD[:3], ("A1", "甲", "")))
    assert result.frame.columns == ["_row", "code", "name", "output"]
    assert result.frame.rows() == [(2, "A1", "甲", None)]
