"""The columns that the tests of headings, rows and checks expect (sheets.yaml says them in words)."""

from decimal import Decimal
from typing import Any

from spectown.lib.sheets.checking import Checked, check
from spectown.lib.sheets.columns import Kind, Spec, headings_of
from spectown.lib.sheets.headings import Located, locate_in
from spectown.lib.sheets.reading import read_sheets

SPECS = [
    Spec(field="code", heading="代码", key=True),
    Spec(field="name", heading="名称", aliases=("单位名称",), column_required=True, max_length=5),
    Spec(field="output", heading="产值", kind=Kind.DECIMAL, unit="万元", minimum=Decimal(0)),
    Spec(field="note", heading="备注"),
]


def located(data: bytes) -> Located:
    """The sheet of a workbook that has the headings."""
    return locate_in(read_sheets(data, "清单.xlsx"), headings_of(SPECS))


def checked(data: bytes, **more: Any) -> Checked:
    """The workbook, checked."""
    return check(located(data), SPECS, **more)
