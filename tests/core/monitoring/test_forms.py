"""Report forms: windows, what is asked, nothing twice."""

from datetime import date
from typing import Any

import pytest

from spectown.core.monitoring.formreading import read_forms
from spectown.core.monitoring.forms import burden
from spectown.core.monitoring.reading import Known, MonitoringFault
from spectown.core.periods import of_code
from tests.core.monitoring.data import cases, catalogue, entry
from tests.core.supervision.data import CALENDAR

CATALOGUE = catalogue(
    entry("farms", "带动农户", unit="户", kind="count", decimals=0, categories=["agriculture"]),
    entry("average", "户均产值", formula="output / firms", unit="万元/户"),
    entry("plan_year", "年度计划", every="year", since="2025"),
)
NOW = of_code("2026-11")
WINDOW = {"opens": 1, "due": 5, "closes": 8}


def form(code: str, *codes: str, **more: Any) -> dict[str, Any]:
    groups = [{"name": "产出", "indicators": list(codes)}]
    base = {"code": code, "name": f"{code}表", "every": "month", "clause": "四(五)", "filled_by": "town"}
    return {**base, "window": WINDOW, "groups": groups, "since": "2026-01", **more}


def test_what_is_known_is_shown_and_not_asked() -> None:
    (found,) = read_forms([form("monthly", "output", "firms", "farms", "average")], CATALOGUE)
    assert [each.code for each in found.items(CATALOGUE, NOW)] == ["output", "firms", "farms", "average"]
    assert [each.code for each in found.asked(CATALOGUE, NOW, "ecommerce")] == ["output", "firms"]
    asked = burden(found, CATALOGUE, NOW, {"agriculture": 10, "ecommerce": 43})
    assert (asked.cells, asked.sentence) == (12 * (30 + 86), "一年 12 期、53 个镇,共 1,392 格。")
    assert found.covers(NOW)
    assert not found.covers(of_code("2025-12"))
    assert not found.covers(of_code("2026-Q4"))


@pytest.mark.parametrize("case", cases("forms.yaml"))
def test_a_form_that_cannot_be_used_is_refused(case: dict[str, Any]) -> None:
    forms = [form("monthly", "output", "firms"), form(**{"code": "other"} | case.get("form", {}))]
    forms[1]["groups"] = [{"name": "组", "indicators": case["asks"]}]
    known = Known(clauses={"四(五)"})
    if not case["says"]:
        assert len(read_forms(forms, CATALOGUE, known)) == 2
        return
    with pytest.raises(MonitoringFault) as refused:
        read_forms(forms, CATALOGUE, known)
    for words in ("reportforms.yaml", *case["says"]):
        assert words in str(refused.value)


def test_a_window_is_dates_by_the_calendar() -> None:
    """November 2026 ends on a Monday; 1 May 2026 begins the holidays."""
    (found,) = read_forms([form("monthly", "output")], CATALOGUE)
    dates = found.window.dates(NOW, CALENDAR)
    assert (dates.opens, dates.due, dates.closes) == (date(2026, 12, 1), date(2026, 12, 7), date(2026, 12, 10))
    assert found.window.dates(of_code("2026-04"), CALENDAR).opens > date(2026, 5, 4)
    assert "2026-12-01 开始填报" in dates.refusals(date(2026, 11, 30))[0]
    assert dates.refusals(date(2026, 12, 10)) == ()
    assert "逾期例外" in dates.refusals(date(2026, 12, 11))[0]
    assert dates.refusals(date(2026, 12, 11), excepted_until=date(2026, 12, 15)) == ()
    assert dates.refusals(date(2026, 12, 16), excepted_until=date(2026, 12, 15))
    assert "锁定" in dates.refusals(date(2026, 12, 9), locked=True)[0]
    assert not dates.is_late(date(2026, 12, 7))
    assert dates.is_late(date(2026, 12, 8))
    assert dates.overdue(CALENDAR, date(2026, 12, 9)) == 2
