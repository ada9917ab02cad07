"""Which sheet of a workbook is read, what is said about the others, hidden rows, formulas."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest

from spectown.lib.excel.faults import WorkbookRefusedError
from spectown.lib.sheets.formulas import NO_RESULT
from tests.lib.sheets.books import book
from tests.lib.sheets.list_of_sheets import checked, located

HEAD = ("代码", "名称", "产值", "说法")
RESULT_MISSING = "没有保存计算结果"


def with_sheets(*names: str, hidden: tuple[str, ...] = ()) -> bytes:
    def fill(workbook: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, HEAD[:3])
        sheet.write_row(1, 0, ("A1", "甲", 1))
        for name in names:
            other = workbook.add_worksheet(name)
            other.write_row(0, 0, ("表", "名称", "问题"))
            if name in hidden:
                other.hide()

    return book(fill)


def test_sheet_with_the_headings_is_chosen_wherever_it_stands() -> None:
    workbook = openpyxl.Workbook()
    workbook.active.title = "封面"
    workbook["封面"]["A1"] = "名称"
    for name, rows in {"汇总": [["名称"]], "清单": [HEAD[:3], ("A1", "甲", 1)]}.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    found = located(saved(workbook))
    assert (found.sheet, found.number, found.frame["code"].to_list()) == ("清单", 3, ["A1"])
    assert found.notices == ("只读取了表“清单”,没有读取“封面”“汇总”。",)


def test_two_sheets_alike_are_refused_by_name() -> None:
    workbook = openpyxl.Workbook()
    for name in ("一季度", "二季度"):
        workbook.create_sheet(name).append(HEAD[:3])
    with pytest.raises(WorkbookRefusedError, match="表“一季度”“二季度”都有同样的标题行"):
        located(saved(workbook))


def test_sheets_of_the_system_are_not_spoken_of() -> None:
    assert located(with_sheets("填写说明", "_选项", "问题清单", hidden=("_选项",))).notices == ()
    told = located(with_sheets("填写说明", "旧表", "算法", hidden=("算法",))).notices
    assert told == ("隐藏的表“算法”没有读取。", "只读取了表“数据”,没有读取“旧表”。")


def test_list_of_faults_with_all_headings_is_never_the_list() -> None:
    workbook = openpyxl.Workbook()
    workbook.active.title = "问题清单"
    for sheet in (workbook["问题清单"], workbook.create_sheet("清单")):
        sheet.append(HEAD[:3])
        sheet.append(("A1", "甲", 1))
    assert located(saved(workbook)).sheet == "清单"


def test_hidden_rows_are_read_and_said() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, HEAD[:3])
        sheet.write_row(1, 0, ("A1", "甲", 1))
        sheet.write_row(2, 0, ("A2", "乙", 2))
        sheet.set_row(1, None, None, {"hidden": True})

    result = checked(book(fill))
    assert result.frame["code"].to_list() == ["A1", "A2"]
    assert "有 1 个隐藏行(第 2 行)" in result.notices[0]


def test_formulas_count_by_their_stored_result() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, HEAD[:3])
        sheet.write_row(1, 0, ("A1", "甲"))
        sheet.write_formula(1, 2, "=1+1.5", None, 2.5)

    result = checked(book(fill))
    assert str(result.frame["output"][0]) == "2.50"
    assert result.notices == ("有 1 个公式,按文件保存时的计算结果读取。",)


def saved(workbook: openpyxl.Workbook) -> bytes:
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def with_formula(cell: str, sheet: str = "") -> bytes:
    """openpyxl writes formulas without results."""
    workbook = openpyxl.Workbook()
    page = workbook.active
    for row in (("清单",), HEAD, ("A1", "甲", 1, "x"), ("A2", "乙", 2, "y"), ("合计", None, 3, None)):
        page.append(row)
    target = workbook.create_sheet(sheet) if sheet else page
    target[cell] = "=1+1"
    return saved(workbook)


@pytest.mark.parametrize("cell", ["A3", "C4"])
def test_formula_without_result_in_a_column_that_is_read(cell: str) -> None:
    (fault,) = checked(with_formula(cell)).report().to_dicts()
    assert f"{fault['column']}{fault['row']}" == cell
    assert fault["value"] == NO_RESULT
    assert f"公式{RESULT_MISSING}" in fault["reason"]
    assert "粘贴为数值" in fault["reason"]


def test_row_of_nothing_but_a_formula_without_result_is_not_lost() -> None:
    workbook = openpyxl.Workbook()
    for row in (HEAD, ("A1", "甲", 1, "x"), (None, None, "=1+1", None)):
        workbook.active.append(row)
    assert [(f["row"], f["heading"]) for f in checked(saved(workbook)).report().to_dicts()] == [(3, "产值")]


@pytest.mark.parametrize(
    ("cell", "sheet"),
    [("D3", ""), ("B1", ""), ("C5", ""), ("F4", ""), ("A1", "汇总")],
    ids=["column not read", "above the headings", "totals row", "no heading", "other sheet"],
)
def test_formula_without_result_elsewhere(cell: str, sheet: str) -> None:
    assert located(with_formula(cell, sheet)).frame["code"].to_list() == ["A1", "A2"]


def test_workbook_of_nothing_but_formulas_without_result() -> None:
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "=1+1"
    with pytest.raises(WorkbookRefusedError, match=RESULT_MISSING):
        located(saved(workbook))
