"""Supervision notices: what calls for one, what is known, the cap, the way up, what it changed."""

from copy import deepcopy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import yaml

from spectown.core.lights import Level
from spectown.core.supervision.burden import Burden, cap_refusals
from spectown.core.supervision.deadlines import Extension, Term
from spectown.core.supervision.escalation import red_above, stages
from spectown.core.supervision.lights import Facts, lights
from spectown.core.supervision.noticesettings import notice_settings_on, read_notice_settings
from spectown.core.supervision.outcome import Answer, Better, outcome
from spectown.core.supervision.reminders import event
from spectown.core.supervision.settings import SettingsFault
from spectown.core.supervision.triggers import Known, Matter, proposals
from tests.core.supervision.data import CALENDAR, PLAN, SETTINGS, cases

RAW: list[dict[str, Any]] = yaml.safe_load((PLAN / "supervision.yaml").read_text("utf-8"))["notices"]
NOTICES = read_notice_settings(RAW)[0]


@pytest.mark.parametrize("case", cases("triggers.yaml"))
def test_proposals(case: dict[str, Any]) -> None:
    matters = [
        Matter(title=m["key"], said="", **({"unit": 1} | m | {"covers": tuple(m.get("covers", ()))}))
        for m in case["matters"]
    ]
    known = Known(case.get("known", {}), case.get("aside", {}))
    found = proposals(matters, NOTICES.triggers, known, CALENDAR, case["at"])
    assert len(found) == len(matters)
    assert [each.matter.key for each in found if each.stands] == case["expect"]
    said = {each.matter.key: "".join(each.against) for each in found}
    for key, text in case.get("say", {}).items():
        assert text in said[key]


def test_a_trigger_that_is_not_in_use_says_why() -> None:
    triggers = {**NOTICES.triggers, "project": replace(NOTICES.triggers["project"], unavailable="还没有月报")}
    found = proposals(
        [Matter("project", "project:1", "甲", 1, "")], triggers, Known({}, {}), CALENDAR, date(2026, 11, 25)
    )
    assert [each.against for each in found] == [("还没有月报。",)]


@pytest.mark.parametrize("case", cases("outcomes.yaml"))
def test_outcomes(case: dict[str, Any]) -> None:
    before, after = (None if v is None else Decimal(v) for v in (case["before"], case["after"]))
    found = outcome(before, after, Better(case["better"]), case["unit"])
    assert found.answer == Answer(case["answer"])
    assert case["say"] in found.said


@pytest.mark.parametrize(
    ("notices", "demands", "reason", "said"),
    [
        (3, 5, "", []),
        (4, 5, "", ["已有 4 件"]),
        (4, 6, "", ["已有 4 件", "整改要求有 6 条"]),
        (4, 6, "市领导批示要求", []),
        (4, 5, "  ", ["已有 4 件"]),
    ],
)
def test_cap(notices: int, demands: int, reason: str, said: list[str]) -> None:
    burden = Burden(notices, 9, NOTICES.cap)
    found = cap_refusals(burden, demands, NOTICES, reason)
    assert len(found) == len(said)
    assert all(word in text for word, text in zip(said, found, strict=True))
    assert (burden.is_full, burden.left) == (notices >= 4, max(4 - notices, 0))


def test_the_way_up() -> None:
    steps, anchor = SETTINGS.reminders["notice"], date(2026, 11, 30)
    found = stages(anchor, steps, {event(anchor, steps[0])}, CALENDAR, date(2026, 12, 2))
    assert [(s.code, str(s.colour), s.level.label, s.day, s.come, s.sent) for s in found] == [
        ("blue", "blue", "承办人", date(2026, 11, 25), True, True),
        ("yellow", "yellow", "单位负责人", date(2026, 12, 1), True, False),
        ("red", "red", "领导小组办公室", date(2026, 12, 3), False, False),
        ("top", "red", "领导小组", date(2026, 12, 14), False, False),
    ]


@pytest.mark.parametrize(
    ("on", "level"),
    [
        (date(2026, 11, 24), Level.GREEN),
        (date(2026, 11, 25), Level.BLUE),
        (date(2026, 11, 30), Level.BLUE),
        (date(2026, 12, 1), Level.YELLOW),
        (date(2026, 12, 2), Level.YELLOW),
        (date(2026, 12, 3), Level.RED),
    ],
)
def test_the_light_follows_the_way_up(on: date, level: Level) -> None:
    days = red_above(SETTINGS.reminders["notice"])
    facts = Facts(date(2026, 11, 2), Term(date(2026, 11, 30)), yellow_days=days)
    assert next(x for x in lights(facts, SETTINGS, CALENDAR, on) if x.rule == "deadline").level == level


def test_an_extension_begins_the_way_up_again() -> None:
    granted = Extension(date(2026, 11, 20), date(2026, 12, 31), date(2026, 11, 23), granted=True)
    due = Term(date(2026, 11, 30), (granted,)).due(CALENDAR, date(2026, 12, 2))
    assert due is not None
    found = stages(due, SETTINGS.reminders["notice"], set(), CALENDAR, date(2026, 12, 2))
    assert not any(stage.come for stage in found)
    assert red_above(SETTINGS.reminders["measure"]) == 0


def test_settings_of_notices() -> None:
    assert notice_settings_on([NOTICES], date(2020, 1, 1)) is None
    assert notice_settings_on([NOTICES], date(2026, 1, 1)) is NOTICES
    assert [NOTICES.label_of(code) for code in ("slow", "hand", "gone")] == [
        "建设进度较慢",
        "领导小组办公室提出",
        "gone",
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"cap": 0}, "cap"),
        ({"plan_days": 99}, "由小到大"),
        ({"triggers": [{"code": "mood"}]}, "triggers|label"),
        ({"triggers": [RAW[0]["triggers"][0] | {"code": "mood"}]}, "mood"),
        ({"triggers": [RAW[0]["triggers"][0]] * 2}, "重复"),
        ({"look_after": "soon"}, "notices"),
    ],
)
def test_settings_that_cannot_be_used(change: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingsFault, match=said):
        read_notice_settings([deepcopy(RAW[0]) | change])


def test_one_group_a_day() -> None:
    with pytest.raises(SettingsFault, match="同一天"):
        read_notice_settings([RAW[0], RAW[0]])
    without = {name: value for name, value in RAW[0].items() if name != "cap"}
    with pytest.raises(SettingsFault, match="缺少"):
        read_notice_settings([without])
