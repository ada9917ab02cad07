"""Settings of the lights as data: dated groups, each figure with its source (plans/<plan>/lights.yaml)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from spectown.core.projects.stages import DATED


class SettingsFault(ValueError):
    """The settings cannot be used; the message says where and why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """From which figure on a light is yellow and red; `red_included`: the red bound itself is red."""

    yellow_from: Decimal
    red: Decimal
    red_included: bool
    source: str

    def level(self, value: Fraction | int) -> str:
        """red, yellow or green; exact, so that a third is a third."""
        red = Fraction(self.red)
        if value > red or (self.red_included and value == red):
            return "red"
        return "yellow" if value >= Fraction(self.yellow_from) else "green"


@dataclass(frozen=True, slots=True)
class Settings:
    """One group of settings, in force from a day on."""

    valid_from: datetime.date
    clause: str
    report_day: int
    report_from: str
    late_start: Bounds
    behind: Bounds
    unreported: Bounds


def settings_on(groups: Sequence[Settings], day: datetime.date) -> Settings | None:
    """The group in force on a day; None before the first."""
    return max((g for g in groups if g.valid_from <= day), key=lambda g: g.valid_from, default=None)


def read_settings(data: Sequence[Mapping[str, Any]]) -> tuple[Settings, ...]:
    """The groups under `projects` of lights.yaml (or of its JSON). Raises SettingsFault."""
    groups = []
    for number, group in enumerate(data, start=1):
        try:
            groups.append(_group(group))
        except (KeyError, TypeError, ValueError, InvalidOperation) as fault:
            reason = f"缺少 {fault}" if isinstance(fault, KeyError) else str(fault)
            raise SettingsFault(f"lights.yaml 中 projects 的第 {number} 组有误:{reason}") from fault
    starts = [group.valid_from for group in groups]
    if len(set(starts)) < len(starts):
        raise SettingsFault("lights.yaml 中 projects 有两组从同一天起用,请只留一组。")
    return tuple(groups)


def _group(group: Mapping[str, Any]) -> Settings:
    report_day, report_from = int(group["report_day"]), str(group["report_from"])
    if not 1 <= report_day <= 31:
        raise ValueError(f"report_day 应为 1 至 31,现为 {report_day}")
    if report_from not in DATED:
        raise ValueError(f"report_from 应为 {'、'.join(DATED)} 之一,现为 {report_from}")
    return Settings(
        valid_from=day_of(group["from"]),
        clause=str(group["clause"]),
        report_day=report_day,
        report_from=report_from,
        late_start=bounds_of(group, "late_start"),
        behind=bounds_of(group, "behind"),
        unreported=bounds_of(group, "unreported"),
    )


def bounds_of(group: Mapping[str, Any], name: str) -> Bounds:
    """The bounds under a name of a group. Raises KeyError, ValueError."""
    entry = group[name]
    included = "red_from" in entry
    red = Decimal(str(entry["red_from" if included else "red_above"]))
    bounds = Bounds(Decimal(str(entry["yellow_from"])), red, included, str(entry["source"]))
    if not 0 < bounds.yellow_from <= bounds.red:
        raise ValueError(f"{name} 的黄灯线应大于 0 且不高于红灯线")
    return bounds


def day_of(value: Any) -> datetime.date:
    """A date as YAML or JSON has it. Raises ValueError."""
    return value if isinstance(value, datetime.date) else datetime.date.fromisoformat(str(value))
