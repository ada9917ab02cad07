"""The table of cells, case by case: cells.yaml."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from spectown.lib.sheets.columns import Kind, Spec
from spectown.lib.sheets.kinds import outcome_of

COLUMNS = yaml.safe_load(Path(__file__).with_name("cells.yaml").read_text("utf-8"))


def spec_of(column: dict[str, Any]) -> Spec:
    limits = {
        name: Decimal(value) if column["spec"]["kind"] in ("decimal", "percent", "integer") else value
        for name, value in column["spec"].items()
        if name in ("minimum", "maximum")
    }
    return Spec(
        field="f", heading=column["column"], **{**column["spec"], "kind": Kind(column["spec"]["kind"]), **limits}
    )


def cases(part: str) -> list[Any]:
    return [
        pytest.param(spec_of(column), text, wanted, id=f"{column['column'][:6]}-{text!r}")
        for column in COLUMNS
        for text, wanted in column[part].items()
    ]


@pytest.mark.parametrize(("spec", "text", "wanted"), cases("good"))
def test_cell_is_understood(spec: Spec, text: str, wanted: object) -> None:
    outcome = outcome_of(pl.Series("f", [text]), spec, spec.unit)
    assert outcome.reasons.to_list() == [None]
    value = outcome.values.to_list()[0]
    assert (str(value) if isinstance(value, Decimal) else value) == wanted


@pytest.mark.parametrize(("spec", "text", "wanted"), cases("faults"))
def test_cell_is_refused(spec: Spec, text: str, wanted: str) -> None:
    outcome = outcome_of(pl.Series("f", [text]), spec, spec.unit)
    reason = outcome.reasons.to_list()[0]
    assert wanted in reason
    assert reason.endswith("。")  # a whole sentence: what is wrong, what to do
    assert reason[:2] not in {
        "不是",
        "不能",
        "不在",
        "含有",
        "超过",
        "应填",
        "应为",
        "最多",
        "是科",
        "带有",
        "缺少",
        "的单",
    }


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column["column"])
def test_whole_column_gives_the_same_as_its_cells(column: dict[str, Any]) -> None:
    spec, texts = spec_of(column), [*column["good"], *column["faults"], None]
    whole = outcome_of(pl.Series("f", texts), spec, spec.unit)
    single = [outcome_of(pl.Series("f", [text], dtype=pl.String), spec, spec.unit) for text in texts]
    assert whole.reasons.to_list() == [outcome.reasons[0] for outcome in single]
    right = whole.reasons.is_null()
    alone = [outcome.values[0] for outcome in single]
    assert whole.values.filter(right).to_list() == pl.Series(alone, dtype=whole.values.dtype).filter(right).to_list()


def test_heading_in_other_unit_converts() -> None:
    spec = Spec(field="f", heading="产值", kind=Kind.DECIMAL, unit="万元")
    outcome = outcome_of(pl.Series("f", ["12345600", "3万元", "1"]), spec, "元")
    assert outcome.values.to_list()[:2] == [Decimal("1234.56"), Decimal(3)]
    assert outcome.reasons.to_list()[2].startswith("小数位数太多,最多保留")


def test_references_may_be_a_function() -> None:
    asked: list[str] = []

    def lookup(names: pl.Series) -> pl.Series:
        asked.extend(names.to_list())
        return pl.Series([7 if name == "甲" else None for name in names], dtype=pl.Int64)

    spec = Spec(field="f", heading="企业", kind=Kind.REFERENCE, references=lookup)
    outcome = outcome_of(pl.Series("f", ["甲", "乙", "甲", None]), spec, "")
    assert outcome.values.to_list() == [7, None, 7, None]
    assert [reason is None for reason in outcome.reasons] == [True, False, True, True]
    assert sorted(asked) == ["乙", "甲"]


def test_percent_column_of_ratios_is_pointed_out() -> None:
    spec = Spec(field="f", heading="占比", kind=Kind.PERCENT)
    assert "0.35%" in outcome_of(pl.Series("f", ["0.35", "0.5"]), spec, "%").notices[0]
    assert outcome_of(pl.Series("f", ["0.35%", "0.5"]), spec, "%").notices == ()


def test_line_breaks_stay_where_the_column_has_several_lines() -> None:
    spec = Spec(field="f", heading="说明", multiline=True)
    assert outcome_of(pl.Series("f", [" 甲 \r\n 乙　丙 "]), spec, "").values.to_list() == ["甲\n乙 丙"]
