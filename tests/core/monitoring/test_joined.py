"""1—2月合并报送: what is opened, read, compared, checked."""

from typing import Any

import pytest

from spectown.core.monitoring.checks import Change
from spectown.core.monitoring.comparing import with_last, with_year_ago, ytd_with_year_ago
from spectown.core.monitoring.computing import Lookup
from spectown.core.monitoring.forms import burden
from spectown.core.monitoring.plandata import PlanData, read_plan_data
from spectown.core.monitoring.reading import MonitoringFault
from spectown.core.monitoring.values import MISSING, Value, figure
from spectown.core.periods import Period, of_code
from tests.core.monitoring.data import COMMON, cases, entry
from tests.core.monitoring.test_forms import form

BEFORE = form("monthly", "output", "jobs", since="2025-01")
JOINED = form("monthly", "output", "jobs", since="2026-01", together=2)
RULE = {"code": "c", "kind": "change", "severity": "warning", "says": "变动", "against": "last", "percent": 10}


def read(formula: str = "output + 0", every: str = "month") -> PlanData:
    unit = "人" if "jobs" in formula else "万元"
    asked = entry(
        "asked", "所求", formula=formula, unit=unit, every=every, since="2025" if every == "year" else "2025-01"
    )
    asked["since"] = "2025-Q1" if every == "quarter" else "2025-01"
    return read_plan_data({"indicators": [*COMMON, asked], "forms": [BEFORE, JOINED], "checks": [RULE]})


def lookup_of(figures: dict[str, dict[str, Any]]) -> Lookup:
    def lookup(code: str, period: Period) -> Value:
        found = figures.get(code, {}).get(period.code)
        return MISSING if found is None else figure(str(found))

    return lookup


@pytest.mark.parametrize("case", cases("joined.yaml"))
def test_formulas_agree_with_joined_months(case: dict[str, Any]) -> None:
    period = of_code(case["at"])
    computation = read(case["asks"], period.every.value).catalogue.computation("asked", period)
    value = computation.value(lookup_of(case["figures"]))
    if isinstance(case["is"], int):
        assert value == figure(str(case["is"]))
    else:
        assert case["is"] in value.reason


def test_comparisons_compare_like_with_like() -> None:
    catalogue = read().catalogue
    figures = {"2025-01": 10, "2025-02": 14, "2025-12": 9, "2026-02": 30, "2026-03": 20, "2025-03": 10, "2027-02": 33}
    lookup = lookup_of({"output": figures, "jobs": {"2025-12": 100, "2026-02": 110}})
    february, march = of_code("2026-02"), of_code("2026-03")
    assert with_year_ago(catalogue, "output", february, lookup).shown == "+25.0%"
    assert ytd_with_year_ago(catalogue, "output", march, lookup).base.number == 34
    assert with_year_ago(catalogue, "output", of_code("2027-02"), lookup).shown == "+10.0%"
    assert "与单月不可比" in with_last(catalogue, "output", march, lookup).reason
    assert "与单月不可比" in with_last(catalogue, "output", february, lookup).reason
    assert with_last(catalogue, "jobs", february, lookup).shown == "+10.0%"


def test_january_is_not_opened_and_february_tells_both() -> None:
    data = read()
    (before, joined), catalogue = data.forms, data.catalogue
    assert [before.covers(of_code("2025-01")), joined.covers(of_code("2026-01"))] == [True, False]
    assert [joined.months(of_code(f"2026-0{month}")) for month in (2, 3)] == [2, 1]
    assert catalogue.joins.span("output", of_code("2026-02")).days == (
        *of_code("2026-01").days[:1],
        of_code("2026-02").days[1],
    )
    assert burden(joined, catalogue, of_code("2026-03"), {"food": 1}).periods == 11
    assert isinstance(data.rules[0], Change)


@pytest.mark.parametrize(
    ("more", "says"),
    [({"since": "2026-02"}, "应从 1 月起"), ({"together": 5}, "2 至 3"), ({"together": 1}, "2 至 3")],
)
def test_what_cannot_be_joined(more: dict[str, Any], says: str) -> None:
    with pytest.raises(MonitoringFault, match=says):
        read_plan_data({"indicators": COMMON, "forms": [{**JOINED, **more}]})
