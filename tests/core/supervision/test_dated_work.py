"""Deadlines, lights and reminders: tables of cases that an official can read."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from spectown.core.lights import overall
from spectown.core.periods import Every, Period, period_of, periods
from spectown.core.supervision.deadlines import Extension, Term, asking_refusals
from spectown.core.supervision.lights import Facts, Milestone, lights
from spectown.core.supervision.periods import missing
from spectown.core.supervision.reminders import event, to_send
from spectown.core.supervision.settings import SettingsFault, read_settings, settings_on
from spectown.core.workdays import Pause
from tests.core.supervision.data import CALENDAR, RAW, SETTINGS, cases


def term_of(case: dict[str, Any]) -> Term:
    extensions = tuple(Extension(*each) for each in case.get("extensions", ()))
    return Term(case["first"], extensions, tuple(Pause(*each) for each in case.get("pauses", ())))


@pytest.mark.parametrize("case", cases("deadlines.yaml"))
def test_deadlines(case: dict[str, Any]) -> None:
    term = term_of(case)
    assert (term.due(CALENDAR, case["at"]), term.overdue(CALENDAR, case["at"])) == (case["due"], case["overdue"])


@pytest.mark.parametrize("case", cases("lights.yaml"))
def test_lights(case: dict[str, Any]) -> None:
    pauses = (Pause(case["pause"]),) if "pause" in case else ()
    last = period_of(case["at"], Every.MONTH)
    gaps = periods(date(2025, 1, 1), case["at"], Every.MONTH)[::-1][1 : 1 + case.get("missing", 0)]
    facts = Facts(
        start=date(2026, 7, 1),
        term=Term(date(2026, 12, 31), pauses=pauses),
        ended=case.get("ended", ""),
        milestones=tuple(Milestone(*each) for each in case.get("milestones", ())),
        percent=case.get("percent"),
        asked=case.get("asked", False),
        missing=tuple(gaps),
    )
    assert all(gap < last for gap in gaps)
    found = lights(facts, SETTINGS, CALENDAR, case["at"])
    levels = {light.rule: str(light.level) for light in found} | {"overall": str(overall(found).level)}
    assert levels == case["expect"], [light.reason for light in found]
    for rule, text in case.get("say", {}).items():
        assert text in next(light.reason for light in found if light.rule == rule)


@pytest.mark.parametrize("case", cases("reminders.yaml"))
def test_reminders(case: dict[str, Any]) -> None:
    steps = SETTINGS.reminders[case["kind"]]
    by_code = {step.code: step for step in steps}
    sent = {event(case["anchor"], by_code[code]) for code in case.get("sent", ())}
    sent |= {event(day, by_code[code]) for day, codes in case.get("sent_of", {}).items() for code in codes}
    found = to_send(case["anchor"], steps, sent, CALENDAR, case["at"], case.get("given"))
    assert (found.code if found else None) == case["expect"]


DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("new", "on", "more", "said"),
    [
        (date(2026, 12, 15), DAY, {}, ""),
        (date(2026, 12, 15), date(2026, 11, 30), {}, ""),
        (date(2026, 12, 15), date(2026, 12, 1), {}, "已经过了"),
        (date(2026, 11, 30), DAY, {}, "应晚于"),
        (date(2026, 12, 12), DAY, {}, "不是工作日,请选择工作日,如 2026-12-14"),
        (date(2026, 12, 15), DAY, {"extensions": (Extension(date(2026, 11, 18), date(2026, 12, 10)),)}, "尚未答复"),
        (date(2026, 12, 15), DAY, {"pauses": (Pause(date(2026, 11, 16)),)}, "已暂停"),
    ],
)
def test_asking_for_an_extension(new: date, on: date, more: dict[str, Any], said: str) -> None:
    found = asking_refusals(Term(date(2026, 11, 30), **more), new, CALENDAR, on)
    assert (said in "".join(found)) if said else found == []


def test_reports_of_a_measure() -> None:
    quarters = periods(date(2026, 2, 3), date(2026, 8, 1), Every.QUARTER)
    assert [each.label for each in quarters] == ["2026年第1季度", "2026年第2季度", "2026年第3季度"]
    assert periods(date(2026, 2, 3), date(2026, 2, 1), Every.MONTH) == []
    months = periods(date(2026, 8, 15), date(2026, 12, 31), Every.MONTH)
    assert [each.label for each in months][::4] == ["2026年8月", "2026年12月"]
    assert months[0].due(5, CALENDAR) == date(2026, 9, 7)  # the 5th is a Saturday
    assert Period((2026, 1)).due(31, CALENDAR) == date(2026, 2, 28)  # shorter, and a day worked in exchange
    assert missing(months, [], 5, CALENDAR, date(2026, 9, 7)) == []  # on the day itself nobody is late
    assert missing(months, [], 5, CALENDAR, date(2026, 10, 10))[::-1] == months[:2]
    assert missing(months, [months[1]], 5, CALENDAR, date(2026, 10, 10)) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"report_day": 40}, "report_day"),
        ({"soon": -1}, "soon"),
        ({"behind": {"yellow_from": 30, "red_above": 10, "source": ""}}, "behind"),
        ({"reminders": {}}, "measure"),
    ],
)
def test_settings_that_cannot_be_used(change: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingsFault, match=said):
        read_settings([{**RAW[0], **change}])


def test_steps_stand_in_order_and_once() -> None:
    for change in ({"offset": 99}, {"code": "over"}):
        group = deepcopy(RAW[0])
        group["reminders"]["measure"][0] |= change
        with pytest.raises(SettingsFault, match="measure"):
            read_settings([group])
    with pytest.raises(SettingsFault, match="同一天"):
        read_settings([RAW[0], RAW[0]])
    assert settings_on([SETTINGS], date(2020, 1, 1)) is None
