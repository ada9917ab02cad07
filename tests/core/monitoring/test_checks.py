"""Validation rules: each fires and each keeps still; what could not be checked is said."""

from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectown.core.monitoring.checking import check
from spectown.core.monitoring.checkreading import read_rules
from spectown.core.monitoring.findings import Checked, errors, unexplained
from spectown.core.monitoring.panel import Panel, column_of
from spectown.core.monitoring.reading import Known, MonitoringFault
from spectown.core.monitoring.values import figure
from spectown.core.periods import of_code
from tests.core.monitoring.data import cases, catalogue, entry, value

CATALOGUE = catalogue(entry("total", "累计产值", kind="cumulative"))
NOW = of_code("2026-11")


def rule(**data: Any) -> dict[str, Any]:
    return {"code": "fresh", "severity": "warning", "says": "校验", **data}


def panel_of(case: dict[str, Any]) -> Panel:
    now = str(case.get("period", "2026-11"))

    def columns(values: dict[str, list[Any]]) -> dict[Any, Any]:
        keys = {key: key.partition("@") for key in values}
        return {
            (code, of_code(period or now)): column_of(map(value, values[key]))
            for key, (code, _, period) in keys.items()
        }

    count = max(len(each) for each in case["values"].values())
    categories = np.array(case.get("categories", ["manufacturing"] * count))
    others = {name: columns(values) for name, values in case.get("others", {}).items()}
    return Panel(tuple(map(str, range(count))), categories, columns(case["values"]), others)


def run(case: dict[str, Any]) -> Checked:
    rules = read_rules([rule(**case["rule"])], CATALOGUE)
    return check(rules, CATALOGUE, panel_of(case), of_code(str(case.get("period", "2026-11"))))


@pytest.mark.parametrize("case", cases("checks.yaml"))
def test_a_rule_fires_and_keeps_still(case: dict[str, Any]) -> None:
    found = run(case)
    assert [each.town for each in found.findings] == case["finds"]
    for words in case.get("says", []):
        assert words in found.findings[0].message
    told = {town: each.reason for each in found.not_checked for town in each.towns}
    assert case.get("not_checked", {}).items() <= told.items()
    assert all(told.get(each.town) is None for each in found.findings)


@pytest.mark.parametrize("case", cases("rulefaults.yaml"))
def test_a_rule_that_cannot_be_used_is_refused(case: dict[str, Any]) -> None:
    with pytest.raises(MonitoringFault) as refused:
        read_rules([rule(**case["rule"])], CATALOGUE, Known(categories={"agriculture"}))
    for words in ("checks.yaml", *case["says"]):
        assert words in str(refused.value)


figures = st.decimals(Decimal("0.01"), 10**7, places=2)


@given(figures, st.decimals(Decimal("0.35"), 3, places=2), st.sampled_from([1, -1]))
def test_a_jump_of_ten_thousand_is_always_caught(old: Decimal, growth: Decimal, sign: int) -> None:
    """A figure of another unit, whatever has really changed meanwhile, as long as it can be stored."""
    new = (old * growth * Decimal(10000) ** sign).quantize(Decimal("0.0001"))
    case = {
        "rule": {"kind": "magnitude", "indicators": ["output"]},
        "values": {"output": [new], "output@2026-10": [old]},
    }
    found = run(case)
    assert bool(found.findings) == bool(new)


@given(figures, st.decimals(Decimal("0.04"), 25, places=2))
def test_what_is_only_large_is_no_mistaken_unit(old: Decimal, growth: Decimal) -> None:
    rules = {"kind": "magnitude", "indicators": ["output"]}
    new = (old * growth).quantize(Decimal("0.0001"))
    if not new or not Decimal("0.04") <= new / old <= 25:
        return
    assert run({"rule": rules, "values": {"output": [new], "output@2026-10": [old]}}).findings == ()


@given(st.lists(st.tuples(figures, figures), min_size=1, max_size=6), st.integers(0, 300))
def test_a_change_is_judged_on_exact_numbers(pairs: list[tuple[Decimal, Decimal]], percent: int) -> None:
    new, old = ([pair[place] for pair in pairs] for place in (0, 1))
    rules = {"kind": "change", "indicators": ["output"], "against": "last", "percent": percent}
    found = run({"rule": rules, "values": {"output": new, "output@2026-10": old}})
    wrong = [place for place, (now, before) in enumerate(pairs) if abs(now - before) * 100 > percent * before]
    assert [each.town for each in found.findings] == wrong
    assert found.done == len(pairs)


def test_a_figure_in_an_older_unit_is_converted_first() -> None:
    known = catalogue(entry("output", "产值", since="2026-11", unit="亿元", decimals=4))
    rules = read_rules([rule(kind="magnitude", indicators=["output"])], known)
    panel = Panel(
        ("0", "1"),
        np.array(["a", "a"]),
        {
            ("output", NOW): column_of([figure("1.25"), figure("12500")]),
            ("output", of_code("2026-10")): column_of([figure(12000), figure(12000)]),
        },
    )
    assert [each.town for each in check(rules, known, panel, NOW).findings] == [1]


def test_an_error_stops_and_a_warning_asks_for_a_reason() -> None:
    values = {"output": [11]}
    warned = run({"rule": {"kind": "range", "indicators": ["output"], "high": 10}, "values": values}).findings
    refused = run(
        {"rule": {"kind": "range", "indicators": ["output"], "high": 10, "severity": "error"}, "values": values}
    ).findings
    assert (errors(warned), len(unexplained(warned, {}))) == ((), 1)
    assert unexplained(warned, {"fresh:output": "新投产一条线"}) == ()
    assert unexplained(warned, {"fresh:output": " "})
    assert (len(errors(refused)), unexplained(refused, {})) == (1, ())
