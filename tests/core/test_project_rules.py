"""Lights and rates of projects: tables of cases that an official can read, and what holds for all of them."""

import datetime
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from spectown.core.lights import Level, overall
from spectown.core.projects.lights import Facts, lights
from spectown.core.projects.months import Look, last_day, months_after
from spectown.core.projects.rates import Period, Row, rates
from spectown.core.projects.settings import SettingsFault, read_settings, settings_on
from spectown.core.projects.stages import STAGES, left_out, needs_reason

HERE = Path(__file__).parent
FOLDER = HERE.parent.parent / "plans" / "changzhi-2023"
SETTINGS = yaml.safe_load((FOLDER / "lights.yaml").read_text("utf-8"))["projects"]
GROUPS = read_settings(SETTINGS)


def cases(name: str) -> list[Any]:
    found = yaml.safe_load((HERE / name).read_text("utf-8"))
    assert len({case["case"] for case in found}) == len(found)
    return [pytest.param(case, id=case["case"]) for case in found]


def month_of(text: str) -> tuple[int, int]:
    year, month = map(int, str(text).split("-"))
    return year, month


def money(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def facts_of(case: dict[str, Any]) -> Facts:
    return Facts(
        stage=case["stage"],
        course=case.get("course", "active"),
        halt=case.get("halt", ""),
        dates=case.get("dates", {}),
        planned_start=case.get("plan_start"),
        planned=money(case.get("planned")),
        months={month_of(month): money(value) for month, value in case.get("months", {}).items()},
        registered=case.get("registered"),
    )


@pytest.mark.parametrize("case", cases("project_lights.yaml"))
def test_lights(case: dict[str, Any]) -> None:
    look = Look(*month_of(case["month"]), case["today"])
    found = lights(facts_of(case), look, settings_on(GROUPS, look.day))
    levels = {light.rule: str(light.level) for light in found} | {"overall": str(overall(found).level)}
    assert levels == case["expect"], [light.reason for light in found]
    for rule, text in case.get("say", {}).items():
        assert text in next(light.reason for light in found if light.rule == rule)


@pytest.mark.parametrize("case", cases("project_rates.yaml"))
def test_rates(case: dict[str, Any]) -> None:
    rows = [
        Row(key, {s: row.get(s) for s in STAGES}, money(row.get("plan")), money(row.get("output")))
        for key, row in enumerate(case["rows"])
    ]
    found = rates(rows, Period(case["until"], case.get("since")))
    got = {r.code: [r.numerator, r.denominator, r.percent] for r in found}
    assert got == {code: [money(value) for value in figures] for code, figures in case["expect"].items()}
    left = {r.code: {reason: len(keys) for reason, keys in r.left_out.items()} for r in found if r.left_out}
    assert left == case.get("left", {})


days = st.dates(datetime.date(2023, 1, 1), datetime.date(2027, 12, 31))
amounts = st.none() | st.decimals(0, 10**6, places=2)
dates = st.fixed_dictionaries({stage: st.none() | days for stage in STAGES[2:]})
months = st.dictionaries(st.tuples(st.integers(2023, 2026), st.integers(1, 12)), amounts)
projects = st.builds(
    Facts, st.sampled_from(STAGES), st.just("active"), st.just(""), dates, st.none() | days, amounts, months
)
looks = st.builds(Look, st.integers(2024, 2026), st.integers(1, 12), days)


@given(projects, looks)
def test_missing_is_never_green(facts: Facts, look: Look) -> None:
    """A green project has all that the lights ask for; every light says why and by which setting."""
    found = lights(facts, look, GROUPS[0])
    assert all(light.reason.endswith("。") and light.word and light.source for light in found)
    if overall(found).level == Level.GREEN:
        assert not any(light.level == Level.GREY for light in found)
        assert facts.planned is not None or facts.stage not in {"signed", "landed", "started"} or "达效" in str(found)


@given(projects, looks, st.decimals(0, 10**6, places=2))
def test_reporting_more_never_makes_a_light_worse(facts: Facts, look: Look, more: Decimal) -> None:
    """Filling in a month that lacked, or investing more, does not turn yellow into red."""
    key = (look.year, look.month)
    better = replace(facts, months={**facts.months, key: (facts.months.get(key) or Decimal(0)) + more})
    before, after = (lights(f, look, GROUPS[0])[1] for f in (facts, better))
    if before.level == Level.GREEN and facts.months.get(key) is not None:
        assert after.level == Level.GREEN


@given(st.lists(st.tuples(dates, amounts, amounts), max_size=30), days, st.none() | days)
def test_rates_count_what_they_list(rows: list[Any], until: datetime.date, since: datetime.date | None) -> None:
    known = [Row(key, *row) for key, row in enumerate(rows)]
    start, produce, full = rates(known, Period(until, since))
    for rate in (start, produce):
        assert (rate.numerator, rate.denominator) == (len(rate.part), len(rate.whole))
        assert set(rate.part) <= set(rate.whole)
        assert rate.percent is None if not rate.whole else 0 <= rate.percent <= 100
    assert set(full.whole).isdisjoint(key for keys in full.left_out.values() for key in keys)
    assert full.denominator == sum(
        (r.planned_output for r in known if r.key in full.whole and r.planned_output), Decimal(0)
    )


@given(days, st.integers(0, 800))
def test_months_between(start: datetime.date, gap: int) -> None:
    day = start + datetime.timedelta(days=gap)
    full = months_after(start, day)
    assert 0 <= full <= gap // 28
    assert months_after(start, last_day((day.year, day.month))) >= full


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"report_day": 0}, "report_day 应为 1 至 31"),
        ({"report_from": "soon"}, "report_from 应为"),
        ({"behind": {"yellow_from": 40, "red_above": 30, "source": "x"}}, "黄灯线"),
        ({"behind": {"yellow_from": 10, "source": "x"}}, "缺少 'red_above'"),
        ({"late_start": {"yellow_from": "一", "red_from": 3, "source": "x"}}, "第 1 组有误"),
        ({"from": "明天"}, "第 1 组有误"),
    ],
)
def test_settings_that_cannot_be_used(change: dict[str, Any], message: str) -> None:
    with pytest.raises(SettingsFault, match=message):
        read_settings([{**SETTINGS[0], **change}])


def test_settings_have_dates() -> None:
    later = {**SETTINGS[0], "from": "2026-01-01", "report_day": 10}
    groups = read_settings([*SETTINGS, later])
    assert settings_on(groups, datetime.date(2025, 12, 31)) == GROUPS[0]
    assert settings_on(groups, datetime.date(2026, 1, 1)) == groups[1]
    assert settings_on(groups, datetime.date(2020, 1, 1)) is None
    with pytest.raises(SettingsFault, match="同一天"):
        read_settings([later, later])


def test_every_setting_says_that_it_is_a_suggestion() -> None:
    assert all(b.source.startswith("建议值") for b in (GROUPS[0].late_start, GROUPS[0].behind, GROUPS[0].unreported))


@pytest.mark.parametrize("case", cases("project_moves.yaml"))
def test_moves(case: dict[str, Any]) -> None:
    way = (case["from"], case["to"], case["dates"])
    assert (list(left_out(*way)), needs_reason(*way)) == (case["left_out"], case["reason"])
