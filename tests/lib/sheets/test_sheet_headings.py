"""Headings, units, totals, signatures, blank rows: sheets.yaml, case by case."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from spectown.lib.excel.faults import WorkbookRefusedError
from tests.lib.sheets.books import table
from tests.lib.sheets.list_of_sheets import checked

CASES = yaml.safe_load(Path(__file__).with_name("sheets.yaml").read_text("utf-8"))
READ = [pytest.param(case, id=case["case"]) for case in CASES if "read" in case]
REFUSED = [pytest.param(case, id=case["case"]) for case in CASES if "refused" in case]


def data_of(case: dict[str, Any]) -> bytes:
    return table(*(tuple("" if cell is None else cell for cell in row) for row in case["rows"]))


def test_every_case_says_what_becomes_of_it() -> None:
    assert len(READ) + len(REFUSED) == len(CASES)


@pytest.mark.parametrize("case", READ)
def test_sheet_is_read(case: dict[str, Any]) -> None:
    result = checked(data_of(case))
    assert result.faults.is_empty()
    rows = result.frame.select("_row", "code", "name", "output").rows()
    assert {row: [code, name, str(output)] for row, code, name, output in rows} == case["read"]
    told = "".join(result.notices)
    assert [part for part in case.get("said", []) if part not in told] == []
    assert [part for part in case.get("silent", []) if part in told] == []


@pytest.mark.parametrize("case", REFUSED)
def test_sheet_is_refused(case: dict[str, Any]) -> None:
    with pytest.raises(WorkbookRefusedError) as refused:
        checked(data_of(case))
    assert [part for part in case["refused"] if part not in str(refused.value)] == []
