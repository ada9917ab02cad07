"""Settings of supervision notices as data: dated groups under `notices` of plans/<plan>/supervision.yaml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from spectown.core.projects.settings import day_of
from spectown.core.supervision.settings import SettingsFault

TRIGGERS = ("slow", "project", "measure", "inspection", "evaluation")
HAND, HAND_LABEL = "hand", "领导小组办公室提出"


@dataclass(frozen=True, slots=True)
class Trigger:
    """What may call for a notice. `after`: working days it must have lasted; `count_from`, `share_from`: how many.

    `unavailable`: why nothing can come of it yet; empty where it is in use.
    """

    code: str
    label: str
    clause: str
    source: str
    after: int = 0
    count_from: int = 1
    share_from: int = 0
    unavailable: str = ""


@dataclass(frozen=True, slots=True)
class NoticeSettings:
    """One group, in force from a day on. `cap`: notices a unit and year; `demands`: demands a notice; days worked.

    `look_after` counts calendar days from 销号.
    """

    valid_from: date
    clause: str
    cap: int
    demands: int
    cap_source: str
    sign_days: int
    plan_days: int
    term_days: int
    days_source: str
    look_after: int
    look_source: str
    triggers: Mapping[str, Trigger]

    def label_of(self, trigger: str) -> str:
        """The trigger in words; by hand too."""
        found = self.triggers.get(trigger)
        return found.label if found else HAND_LABEL if trigger == HAND else trigger


def notice_settings_on(groups: Sequence[NoticeSettings], day: date) -> NoticeSettings | None:
    """The group in force on a day; None before the first."""
    return max((g for g in groups if g.valid_from <= day), key=lambda g: g.valid_from, default=None)


def read_notice_settings(data: Sequence[Mapping[str, Any]]) -> tuple[NoticeSettings, ...]:
    """The groups under `notices` of supervision.yaml (or of its JSON). Raises SettingsFault."""
    groups = []
    for number, group in enumerate(data, start=1):
        try:
            groups.append(_group(group))
        except (KeyError, TypeError, ValueError) as fault:
            reason = f"缺少 {fault}" if isinstance(fault, KeyError) else str(fault)
            raise SettingsFault(f"supervision.yaml 中 notices 的第 {number} 组有误:{reason}") from fault
    if len({group.valid_from for group in groups}) < len(groups):
        raise SettingsFault("supervision.yaml 中 notices 有两组从同一天起用,请只留一组。")
    return tuple(groups)


def _group(group: Mapping[str, Any]) -> NoticeSettings:
    numbers = {
        name: int(group[name]) for name in ("cap", "demands", "sign_days", "plan_days", "term_days", "look_after")
    }
    wrong = [name for name, value in numbers.items() if value < 1]
    if wrong:
        raise ValueError(f"{'、'.join(wrong)} 应为 1 以上的整数")
    if not numbers["sign_days"] <= numbers["plan_days"] <= numbers["term_days"]:
        raise ValueError("sign_days、plan_days、term_days 应由小到大")
    return NoticeSettings(
        valid_from=day_of(group["from"]),
        clause=str(group["clause"]),
        cap_source=str(group["cap_source"]),
        days_source=str(group["days_source"]),
        look_source=str(group["look_source"]),
        triggers=_triggers(group["triggers"]),
        **numbers,
    )


def _triggers(rows: Sequence[Mapping[str, Any]]) -> dict[str, Trigger]:
    found = [Trigger(**{name: row[name] for name in row}) for row in rows]
    unknown = [each.code for each in found if each.code not in TRIGGERS]
    if unknown:
        raise ValueError(f"triggers 中有不认识的 code:{'、'.join(unknown)}")
    if len({each.code for each in found}) < len(found):
        raise ValueError("triggers 中有重复的 code")
    return {each.code: each for each in found}
