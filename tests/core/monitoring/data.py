"""Indicators to test with, and the cases of this folder."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from spectown.core.monitoring.catalogue import Catalogue
from spectown.core.monitoring.reading import read_catalogue
from spectown.core.monitoring.values import MISSING, NOT_APPLICABLE, Value, figure

HERE = Path(__file__).parent
PLAN = HERE.parents[2] / "plans" / "changzhi-2023"
BASE = {
    "definition": "镇内主导产业企业本期合计",
    "group": "测试",
    "clause": "二(四)",
    "kind": "flow",
    "every": "month",
    "source": "tongji",
    "since": "2025-01",
    "unit": "万元",
    "decimals": 2,
}


def entry(code: str, name: str, **more: Any) -> dict[str, Any]:
    """One entry of indicators.yaml; what the case does not say is of no matter to it."""
    computed = {"obtained": "computed"} if "formula" in more else {}
    return {**BASE, "code": code, "name": name, **computed, **more}


OUTPUT = entry("output", "产值")
SALES = entry("sales", "营收")
JOBS = entry("jobs", "从业人数", kind="stock", unit="人", decimals=0)
FIRMS = entry("firms", "规上户数", kind="count", unit="户", decimals=0)
EXPORTS = entry("exports", "出口额", unit="亿元", decimals=4)
LAND = entry("land", "用地", kind="stock", unit="亩", every="year", since="2025")
COMMON = [OUTPUT, SALES, JOBS, FIRMS, EXPORTS, LAND]


def catalogue(*entries: dict[str, Any]) -> Catalogue:
    """A catalogue with the usual ones and these."""
    return read_catalogue([*COMMON, *entries])


def value(written: Any) -> Value:
    """A value as a case writes it: a figure, null (未报), 不适用."""
    if written is None:
        return MISSING
    return NOT_APPLICABLE if written == "不适用" else figure(str(written))


def cases(name: str) -> list[Any]:
    """The cases of a file, each with its own name."""
    found = yaml.safe_load((HERE / name).read_text("utf-8"))
    assert len({case["case"] for case in found}) == len(found)
    return [pytest.param(case, id=case["case"]) for case in found]
