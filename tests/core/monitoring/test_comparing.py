"""同比, 环比, targets; who has reported; whether everything hangs together."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectown.core.monitoring.catalogue import Catalogue
from spectown.core.monitoring.checkreading import read_rules
from spectown.core.monitoring.comparing import (
    against_target,
    completion,
    with_last,
    with_year_ago,
    ytd_with_year_ago,
)
from spectown.core.monitoring.completeness import Expected, figures, filled, spoken
from spectown.core.monitoring.formreading import read_forms
from spectown.core.monitoring.integrity import Setup, issues
from spectown.core.monitoring.panel import column_of
from spectown.core.monitoring.tree import parse
from spectown.core.monitoring.values import MISSING, figure
from spectown.core.periods import of_code
from tests.core.monitoring.data import JOBS, cases, catalogue, entry, value
from tests.core.monitoring.test_plan import catalogue as plan_catalogue
from tests.core.monitoring.test_plan import forms as plan_forms
from tests.core.monitoring.test_plan import known as plan_known
from tests.core.monitoring.test_plan import rules as plan_rules

CATALOGUE = catalogue(
    entry("share", "占比", kind="ratio", unit="%"),
    entry("sales", "营收", unit="亿元", since="2026-01", decimals=4),
    JOBS | {"since": "2026-01", "definition": "含个体户和家庭农场的从业人数"},
)
WAYS = {"last": with_last, "year_ago": with_year_ago, "ytd": ytd_with_year_ago}
DUE = date(2026, 12, 7)


@pytest.mark.parametrize("case", cases("comparisons.yaml"))
def test_a_comparison_or_why_there_is_none(case: dict[str, Any]) -> None:
    values = {tuple(key.split("@")): value(each) for key, each in case["values"].items()}
    period = of_code(str(case.get("period", "2026-11")))
    found = WAYS[case["kind"]](CATALOGUE, case["code"], period, lambda code, p: values[code, p.code])
    assert (found.shown, found.reason) == (case["expect"], case.get("reason", ""))


def test_a_target_is_reached_or_not_known() -> None:
    assert against_target(figure(31), ">=", Decimal(30), Decimal(30)).verdict == "attained"
    assert against_target(figure(2), "range", Decimal(3), Decimal(5)).gap == 1
    assert against_target(MISSING, ">=", Decimal(30), Decimal(30)).verdict == "unknown"
    assert (completion(figure(10), Decimal(30)), completion(figure(10), Decimal(0))) == (Decimal("33.3"), None)


SHEETS = [
    Expected("甲镇", "潞州区", DUE, date(2026, 12, 7)),
    Expected("乙镇", "潞州区", DUE, date(2026, 12, 8)),
    Expected("丙镇", "上党区", DUE, date(2026, 12, 8), excepted_until=date(2026, 12, 9)),
    Expected("丁镇", "上党区", DUE),
    Expected("戊镇", "沁县", DUE, excepted_until=date(2026, 12, 9)),
]


def test_who_has_reported() -> None:
    on = date(2026, 12, 8)
    assert [sheet.state(on) for sheet in SHEETS] == ["on_time", "late", "excepted", "missing", "open"]
    found = figures(SHEETS, on)
    assert (found.reported, found.completeness, found.timeliness) == (3, Decimal("60.0"), Decimal("50.0"))
    assert spoken("专业镇运行月报", "2026年11月", SHEETS, on) == (
        "截至12月8日,2026年11月专业镇运行月报应报5个镇,已报3个,其中按期1个、例外期内1个、逾期1个;"
        "未报2个:上党区(丁镇)、沁县(戊镇)。"
    )
    assert spoken("月报", "2026年11月", SHEETS[:1], on).endswith("已报1个,其中按期1个,全部报齐。")
    assert figures([], on).completeness is None
    assert (SHEETS[0].state(date(2026, 12, 6)), SHEETS[3].state(DUE)) == ("open", "open")
    cells = column_of([figure(0), value("不适用"), MISSING, MISSING])
    assert filled(cells, np.array([True, True, True, False])).completeness == Decimal("66.7")


days = st.dates(date(2026, 12, 1), date(2026, 12, 20))


@given(st.lists(st.builds(Expected, st.just("镇"), st.just("县"), days, st.none() | days, st.none() | days)), days)
def test_states_make_the_whole(sheets: list[Expected], on: date) -> None:
    found = figures(sheets, on)
    assert found.reported + found.missing + found.open == found.expected == len(sheets)


def setup(known: Catalogue, **more: Any) -> Setup:
    rules = read_rules([{"code": "r", "severity": "error", "says": "范围", "kind": "range", "low": 0}], known)
    return Setup(known, (), rules, {"tongji"}, of_code("2026-11"), **more)


def test_the_shipped_plan_hangs_together() -> None:
    units = plan_known().units or ()
    found = issues(Setup(plan_catalogue(), plan_forms(), plan_rules(), units, of_code("2026-11")))
    assert [issue for issue in found if issue.weight != "hint"] == []


def test_what_does_not_hang_together_is_found_with_what_to_do() -> None:
    ended = entry("old", "旧指标", until="2026-06")
    known = catalogue(ended, entry("lonely", "没人用", formula="output * 2"))
    form = {"code": "m", "name": "月报", "every": "month", "clause": "二", "filled_by": "town", "since": "2026-01"}
    form |= {"window": {"opens": 1, "due": 2, "closes": 3}, "groups": [{"name": "组", "indicators": ["output"]}]}
    rules = [
        {"code": "gone", "severity": "error", "says": "旧", "kind": "range", "low": 0, "indicators": ["old"]},
        {"code": "past", "severity": "error", "says": "过期", "kind": "magnitude", "until": "2026-06"},
    ]
    base = replace(setup(known), forms=read_forms([form], known), rules=read_rules(rules, known))
    found = issues(replace(base, units=(), last_sent={"m": of_code("2026-06")}))
    told = {(issue.weight.value, issue.about) for issue in found}
    assert {("error", "output"), ("error", "sales"), ("warning", "lonely"), ("warning", "gone")} <= told
    assert {("warning", "m"), ("hint", "past")} <= told
    assert ("warning", "lonely") not in {(i.weight.value, i.about) for i in issues(replace(base, elsewhere={"lonely"}))}
    assert all(issue.what and issue.todo for issue in found)
    assert [issue.weight for issue in found] == sorted((issue.weight for issue in found), key="error warning hint".find)
    assert ("warning", "m") not in {
        (i.weight, i.about) for i in issues(replace(base, last_sent={"m": of_code("2026-09")}))
    }


def test_what_was_made_wrong_later_is_found() -> None:
    """In the system a catalogue is edited entry by entry: a circle or a lost derivation is found afterwards."""
    good = catalogue(entry("a", "甲", formula="output"), entry("b", "乙", formula="a"))
    circle = replace(good, trees=good.trees | {("a", of_code("2025-01")): parse("b")})
    assert "公式循环引用" in issues(setup(circle))[0].what
    lost = entry("rated", "取数", kind="count", unit="户", decimals=0, obtained="derived", derivation="above_scale")
    known = catalogue(lost)
    broken = replace(known.versions["rated"][0], derivation="nothing")
    found = issues(setup(replace(known, versions={**known.versions, "rated": (broken,)})))
    assert any("没有 nothing 这个取数办法" in issue.what for issue in found)
