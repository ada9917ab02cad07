"""Changing entries: what is refused, what is left out, in which words; who uses a figure."""

from typing import Any

import pytest

from spectown.core.monitoring import editing
from spectown.core.monitoring.consequences import loads, uses
from spectown.core.monitoring.formreading import read_forms
from spectown.core.monitoring.forms import form_on
from spectown.core.monitoring.plandata import read_plan_data
from spectown.core.monitoring.reading import MonitoringFault
from spectown.core.periods import of_code
from tests.core.monitoring.data import COMMON, OUTPUT, cases, catalogue, entry
from tests.core.monitoring.test_forms import form


@pytest.mark.parametrize("case", cases("editing.yaml"))
def test_a_version_never_reaches_back(case: dict[str, Any]) -> None:
    changed = editing.put(OUTPUT, case["changed"])
    refusals = editing.version_refusals(OUTPUT, changed, of_code(case["taken"]) if case["taken"] else None)
    assert bool(refusals) is bool(case["says"])
    for words in case["says"]:
        assert words in "".join(refusals)


def test_an_end_is_no_earlier_than_what_was_opened() -> None:
    until, taken = of_code("2026-10"), of_code("2026-11")
    assert editing.end_refusals(OUTPUT, taken, taken) == []
    assert "2026年11月已经开期" in editing.end_refusals(OUTPUT, until, taken)[0]
    assert "起始期" in editing.end_refusals(OUTPUT, of_code("2024-12"), None)[0]


def test_what_is_empty_or_the_default_is_left_out() -> None:
    made = editing.put({"code": "a", "decimals": 2}, {"decimals": 0, "signed": False, "formula": "", "warn": 0})
    assert made == {"code": "a", "decimals": 0, "warn": 0}
    assert editing.differing({"unit": "万元", "warn": 1}, {"unit": "亿元", "good": 2}) == (
        {"计量单位": "万元", "警戒": 1},
        {"计量单位": "亿元", "较好": 2},
    )


def test_faults_are_told_in_the_words_of_the_pages() -> None:
    said = editing.plainly("indicators.yaml 的 output(2026 起):warn 和 good 要么都写并写明 direction,要么都不写")
    assert said == "指标目录 的 output(2026 起):警戒 和 较好 要么都写并写明 方向,要么都不写"


def test_a_later_form_ends_the_one_before() -> None:
    shown = catalogue()
    first, later = form("monthly", "output"), form("monthly", "output", "sales", since="2026-12")
    forms = read_forms([first, later], shown)
    asked = {code: form_on(forms, "monthly", of_code(code)) for code in ("2026-11", "2026-12", "2030-01")}
    assert [len(found.codes) if found else 0 for found in asked.values()] == [1, 2, 2]
    assert forms[0].until == of_code("2026-11")
    with pytest.raises(MonitoringFault, match="报送频率不能改"):
        read_forms([first, form("monthly", "land", every="year", since="2027")], shown)


def test_who_uses_a_figure_and_what_a_form_asks_more() -> None:
    share = entry("share", "占比", formula="exports / sales", unit="%")
    indicators = [*COMMON, share, entry("more", "占比增加", unit="%", formula="share - last(share)")]
    rule = {"code": "below", "kind": "balance", "severity": "error", "says": "出口不大于营收"}
    rule |= {"left": "exports", "operator": "<=", "right": "sales"}
    before = read_plan_data({"indicators": indicators, "forms": [form("monthly", "exports")], "checks": [rule]})
    used = uses(before, "exports")
    assert (used.forms, used.formulas, used.rules) == (("monthly表",), ("占比", "占比增加"), ("出口不大于营收",))
    forms = [form("monthly", "exports"), form("monthly", "exports", "sales", since="2026-12")]
    after = read_plan_data({"indicators": indicators, "forms": forms, "checks": []})
    (load,) = loads(before, after, of_code("2026-12"), {"farming": 10})
    assert (load.before, load.after, load.more) == (
        "一年 12 期、10 个镇,共 120 格。",
        "一年 12 期、10 个镇,共 240 格。",
        120,
    )
    assert loads(before, after, of_code("2026-11"), {"farming": 10}) == []
