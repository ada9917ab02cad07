"""Large workbooks, read back with calamine and openpyxl: nothing lost, nothing run, the look of an official table."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import fastexcel
import openpyxl
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectown.lib.excel.bulk import MAX_ROWS, BulkColumn, BulkSheet, check_rows, stream_workbook, write_workbook
from spectown.lib.excel.bulk.limits import MAX_TEXT, check_bytes
from spectown.lib.excel.bulk.text import safe
from spectown.lib.excel.escape import plain_text, safe_text
from spectown.lib.refusal import Refused

COLUMNS = (
    BulkColumn("code", "统一社会信用代码", "code", locked=True, width=20),
    BulkColumn("name", "企业名称", required=True, hint="营业执照上的全称", maximum=50),
    BulkColumn("town", "专业镇", "reference", options=("甲镇", "=乙镇")),
    BulkColumn("other", "其他镇", "reference", options=("甲镇", "=乙镇"), strict=False),
    BulkColumn("output", "产值(万元)", "decimal", total=True, minimum=0),
    BulkColumn("staff", "从业人员(人)", "integer", total=True),
    BulkColumn("founded", "成立日期", "date", minimum=date(1949, 10, 1)),
    BulkColumn("above", "规上", "flag"),
    BulkColumn("inner", "内部编号", hidden=True),
)
SHEET = BulkSheet(
    name="企业/清单",
    title="长治市企业清单",
    columns=COLUMNS,
    meta=("填报单位:长治市", "单位:万元"),
    instructions=(("项目", "说明"), ("企业名称", "=全称")),
    properties={"ledger": "enterprises", "layout": "a1b2"},
    protect=True,
    spare_rows=3,
    totals=True,
)
ROW: dict[str, Any] = {
    "code": "911404000000000012",
    "name": "山西甲有限公司",
    "town": "甲镇",
    "other": None,
    "output": Decimal("0.10"),
    "staff": 3,
    "founded": date(2020, 2, 29),
    "above": True,
    "inner": "",
}
TYPES = {
    "code": pl.String, "name": pl.String, "town": pl.String, "other": pl.String, "output": pl.Decimal(14, 2),
    "staff": pl.Int64, "founded": pl.Date, "above": pl.Boolean, "inner": pl.String,
}  # fmt: skip


def frame(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame([{**ROW, **row} for row in rows], schema=TYPES)


def written(sheet: BulkSheet, *frames: pl.DataFrame) -> bytes:
    target = BytesIO()
    write_workbook(sheet, frames, target)
    return target.getvalue()


def texts(data: bytes, sheet: int = 0, skip: int = 3) -> list[tuple[str | None, ...]]:
    """All cells as text, as the import reads them."""
    options: Any = {"header_row": None, "skip_rows": skip, "dtypes": "string"}
    return fastexcel.read_excel(data).load_sheet(sheet, **options).to_polars().rows()


@pytest.fixture(scope="module")
def book() -> Any:
    rows = frame({}, {"name": "=1+1", "output": Decimal("0.20"), "staff": None, "above": False, "founded": None})
    return openpyxl.load_workbook(BytesIO(written(SHEET, rows, frame({"code": None}))))


def test_rows_totals_and_empty_cells_stand_where_they_should(book: Any) -> None:
    rows = list(book.worksheets[0].values)
    assert rows[0][0] == "长治市企业清单"
    assert rows[1][0] == "填报单位:长治市\u3000\u3000单位:万元"
    assert rows[2] == tuple(column.heading for column in COLUMNS)
    day = datetime(2020, 2, 29)
    assert rows[3] == ("911404000000000012", "山西甲有限公司", "甲镇", None, 0.1, 3, day, "是", None)
    assert rows[4][1:8] == ("'=1+1", "甲镇", None, 0.2, None, None, "否")
    assert rows[5][0] is None
    assert rows[6:9] == [(None,) * 9] * 3
    assert rows[9] == ("合计", None, None, None, 0.4, 6, None, None, None)
    assert len(rows) == 10


def test_look_of_an_official_table(book: Any) -> None:
    sheet = book.worksheets[0]
    assert book.sheetnames == ["企业 清单", "填写说明", "_选项"]
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:I1", "A2:I2"}
    assert (sheet["B3"].comment.text, sheet["A3"].comment) == ("必填\n营业执照上的全称", None)
    assert sheet.freeze_panes == "B4"
    assert sheet.auto_filter.ref == "A3:I9"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.oddFooter.center.text == "第 &P 页,共 &N 页"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.column_dimensions["I"].hidden
    assert sheet.column_dimensions["A"].width == pytest.approx(20, abs=1)
    formats = [sheet.cell(4, column).number_format for column in (1, 5, 6, 7)]
    assert formats == ["@", "#,##0.00", "#,##0", "yyyy-mm-dd"]
    assert sheet["D4"].border.left.style == sheet["A9"].border.left.style == "thin"
    assert book.worksheets[1]["B2"].value == "'=全称"


def test_key_columns_are_locked_in_existing_rows_only(book: Any) -> None:
    sheet = book.worksheets[0]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert [sheet[cell].protection.locked for cell in ("A4", "B4", "A7", "A3")] == [True, False, False, True]


def test_rules_cover_body_and_spare_rows_and_equal_lists_are_shared(book: Any) -> None:
    rules = {str(rule.sqref): rule for rule in book.worksheets[0].data_validations.dataValidation}
    assert {area: rule.type for area, rule in rules.items()} == {
        "B4:B9": "textLength", "C4:C9": "list", "D4:D9": "list", "E4:E9": "decimal",
        "F4:F9": "whole", "G4:G9": "date", "H4:H9": "list",
    }  # fmt: skip
    assert rules["C4:C9"].formula1 == rules["D4:D9"].formula1 == "options_1"
    assert (rules["C4:C9"].errorStyle, rules["D4:D9"].errorStyle) == (None, "warning")
    assert rules["E4:E9"].formula1 == "0"
    assert book.defined_names["options_1"].attr_text == "'_选项'!$A$1:$A$2"
    assert [row[0] for row in book["_选项"].values] == ["甲镇", "'=乙镇"]
    assert book["_选项"].sheet_state == "hidden"


def test_file_tells_what_it_is(book: Any) -> None:
    told = {item.name: item.value for item in book.custom_doc_props.props}
    assert told == {"rows": 3, "heading_row": 3, "first_row": 4, "ledger": "enterprises", "layout": "a1b2"}


def test_a_property_that_does_not_fit_is_an_error() -> None:
    for properties in ({"ledger": "x" * 256}, {"rows": "1"}):
        with pytest.raises(ValueError, match="property"):
            written(BulkSheet("甲", "甲", COLUMNS[:1], properties=properties))


def test_without_rows_it_is_still_a_workbook() -> None:
    sheet = BulkSheet("甲", "甲", COLUMNS)
    for frames in ([], [frame()]):
        assert texts(written(sheet, *frames), skip=1) == [tuple(column.heading for column in COLUMNS)]


def test_one_column_without_meta() -> None:
    data = written(BulkSheet("甲", "甲表", COLUMNS[1:2]), frame({}))
    assert texts(data, skip=0) == [("甲表",), ("企业名称",), ("山西甲有限公司",)]


@pytest.mark.parametrize(("name", "tab"), [("[甲]:乙*?/\\", "甲  乙"), ("'" * 3, "表"), ("长" * 40, "长" * 31)])
def test_names_of_tabs_are_made_legal(name: str, tab: str) -> None:
    assert fastexcel.read_excel(written(BulkSheet(name, "甲", COLUMNS[:1]))).sheet_names == [tab]


NASTY = ["=", "+", "-", "@", "'", "\t", "\r", "\n", " ", "&", "<", ">", '"', "_x000D_", "_x", "_X000d_", "]]>", "\x00"]
NASTY += ["\x0b", "\x1f", "\x7f", "\x85", "\ufffe", "\uffff", "\u3000", "\u2028", "\ufeff", "𠮷", "镇", "x0041_", "0"]
NO_CHARACTERS = dict.fromkeys((0xFFFE, 0xFFFF))
TEXT = st.one_of(st.none(), st.text(max_size=8), st.lists(st.sampled_from(NASTY), max_size=8).map("".join))


@given(st.lists(st.text(max_size=6) | st.lists(st.sampled_from(NASTY), max_size=5).map("".join), min_size=1))
def test_a_column_is_escaped_as_one_text_is(values: list[str]) -> None:
    assert pl.DataFrame({"t": values}).select(safe(pl.col("t"))).to_series().to_list() == [safe_text(v) for v in values]


DATES = st.dates(min_value=date(1900, 3, 1), max_value=date(9999, 12, 31))
AMOUNTS = st.decimals(min_value=Decimal("-9999999999.99"), max_value=Decimal("9999999999.99"), places=2)
ANY_ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "code": TEXT,
            "name": TEXT,
            "output": st.none() | AMOUNTS,
            "staff": st.none() | st.integers(-(2**63), 2**63 - 1),
            "founded": st.none() | DATES,
            "above": st.none() | st.booleans(),
        }
    ),
    max_size=12,
)


@settings(max_examples=50)
@given(ANY_ROWS)
def test_what_is_written_is_read_back(rows: list[dict[str, Any]]) -> None:
    """Read as the import reads it: as text. An empty text is an empty cell."""
    sheet = BulkSheet("甲", "甲", tuple(c for c in COLUMNS if c.field not in ("town", "other", "inner")))
    marker = {
        "code": "end",
        "name": "end",
        "output": Decimal(1),
        "staff": 1,
        "founded": date(2000, 1, 1),
        "above": True,
    }
    schema = {column.field: TYPES[column.field] for column in sheet.columns}
    read = texts(written(sheet, pl.DataFrame([*rows, marker], schema=schema)), skip=2)
    assert len(read) == len(rows) + 1
    for row, cells in zip(rows, read, strict=False):
        code, name, output, staff, founded, above = cells
        kept = [(row[field] or "").translate(NO_CHARACTERS) for field in ("code", "name")]
        assert [plain_text(code or ""), plain_text(name or "")] == kept
        # the reader's own parsing is off by one in the 16th digit now and then; a spreadsheet keeps 15
        assert (Decimal(f"{float(output):.15g}") if output else None) == row["output"]
        assert (int(staff) if staff else None) == row["staff"]
        assert (founded[:10] if founded else None) == (row["founded"].isoformat() if row["founded"] else None)
        assert above == {True: "是", False: "否", None: None}[row["above"]]


def test_numbers_and_dates_beyond_a_spreadsheet_become_text() -> None:
    data = written(SHEET, frame({"staff": 10**15, "founded": date(1899, 12, 31)}, {"staff": 10**15 - 1}))
    sheet = openpyxl.load_workbook(BytesIO(data)).worksheets[0]
    assert [sheet[cell].value for cell in ("F4", "F5", "G4")] == ["1000000000000000", 999999999999999, "1899-12-31"]
    assert sheet["F9"].value == "1999999999999999"  # the sum, exact


def test_texts_in_columns_of_numbers_and_dates_come_as_found() -> None:
    found = {"output": ["12.50", "-5", "1e3", "007", "１２", "1" * 16], "founded": ["2024-01-02", "2024-02-30", "昨天"]}
    rows = pl.DataFrame({"output": found["output"], "founded": found["founded"] + ["2024-01-02 00:00:00", None, ""]})
    sheet = BulkSheet("甲", "甲", tuple(column for column in COLUMNS if column.field in rows.columns))
    values = list(openpyxl.load_workbook(BytesIO(written(sheet, rows))).worksheets[0].values)[2:]
    assert [row[0] for row in values] == [12.5, -5, "1e3", "007", "１２", "1" * 16]
    assert [row[1] for row in values] == [datetime(2024, 1, 2), "2024-02-30", "昨天", datetime(2024, 1, 2), None, None]


def test_sums_are_exact_and_missing_is_not_zero() -> None:
    columns = (BulkColumn("n", "名称"), BulkColumn("a", "甲", "decimal", total=True), COLUMNS[4])
    rows = pl.DataFrame({"n": ["x"] * 10, "a": [0.1] * 10, "output": [None] * 10})
    assert texts(written(BulkSheet("甲", "甲", columns, totals=True), rows), skip=12) == [("合计", "1", None)]


def test_a_number_that_is_none_is_an_error() -> None:
    rows = pl.DataFrame({"output": [1.0, float("nan")]})
    with pytest.raises(ValueError, match="not-a-number"):
        written(BulkSheet("甲", "甲", COLUMNS[4:5]), rows)


def test_a_moment_keeps_its_minutes() -> None:
    rows = pl.DataFrame({"at": [datetime(2026, 6, 30, 17, 45), datetime(1890, 1, 1)]})
    data = written(BulkSheet("甲", "甲", (BulkColumn("at", "时间", "moment"),)), rows)
    values = [row[0] for row in openpyxl.load_workbook(BytesIO(data)).worksheets[0].values][2:]
    assert values == [datetime(2026, 6, 30, 17, 45), "1890-01-01 00:00:00"]


def test_a_text_too_long_for_a_cell_is_refused_with_its_place() -> None:
    fits = "𠮷" * (MAX_TEXT // 2)
    assert texts(written(SHEET, frame({"name": fits})))[0][1] == fits
    with pytest.raises(Refused, match="第 5 行“企业名称”有 32,768 个字符"):
        written(SHEET, frame({}, {"name": f"={'x' * (MAX_TEXT - 1)}"}))


def test_more_rows_than_a_sheet_has_are_refused() -> None:
    room = MAX_ROWS - 3 - 3 - 1
    check_rows(SHEET, room)
    with pytest.raises(Refused, match="请先筛选"):
        check_rows(SHEET, room + 1)
    with pytest.raises(Refused, match="Excel 打不开"):
        check_bytes(SHEET, 2_000_000_001)


def test_rows_are_refused_while_streaming_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spectown.lib.excel.bulk.limits.MAX_ROWS", 10)
    with pytest.raises(Refused):
        written(SHEET, frame(*[{}] * 2), frame(*[{}] * 2))


def test_it_streams_one_block_at_a_time() -> None:
    """Pieces leave while the rows still come, none is empty (that would end a response), none holds the table."""
    asked: list[int] = []

    def feed() -> Any:
        for number in range(20):
            asked.append(number)
            names = pl.int_range(number * 2_000, (number + 1) * 2_000, eager=True).hash().cast(pl.String)
            yield frame({}).select(pl.all().repeat_by(2_000).explode()).with_columns(names.alias("name"))

    pieces = stream_workbook(SHEET, feed())
    assert asked == []
    first = next(pieces)
    assert asked in ([], [0])
    sizes = [len(first), *(len(piece) for piece in pieces)]
    assert len(asked) == 20
    assert min(sizes) > 0
    assert max(sizes) < sum(sizes) / 8


def test_the_same_rows_are_the_same_file() -> None:
    assert written(SHEET, frame({})) == written(SHEET, frame({}))


@pytest.mark.parametrize(
    ("width", "paper", "pages"), [(20, 9, 1), (30, 8, 1), (70, 8, 3)], ids=["A4", "A3", "three of A3"]
)
def test_wide_tables_are_printed_large_enough_to_read(width: int, paper: int, pages: int) -> None:
    columns = tuple(BulkColumn(f"c{n}", f"栏{n}", width=width) for n in range(10))
    content = written(BulkSheet("表", "表", columns), pl.DataFrame({f"c{n}": ["x"] for n in range(10)}))
    sheet = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    assert (sheet.page_setup.paperSize, int(sheet.page_setup.fitToWidth or 1)) == (paper, pages)
    assert (sheet.print_title_cols is not None) == (pages > 1)
