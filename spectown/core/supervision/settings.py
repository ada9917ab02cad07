"""Settings of dated work as data: dated groups, each figure with its source (plans/<plan>/supervision.yaml)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import InvalidOperation
from typing import Any

from spectown.core.projects.settings import Bounds, bounds_of, day_of
from spectown.core.supervision.reminders import Level, Step, Unit

KINDS = ("measure", "report", "problem", "notice", "sheet")


class SettingsFault(ValueError):
    """The settings cannot be used; the message says where and why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One group of settings, in force from a day on. `soon`, `milestone_red` in working days, `tolerance` in points.

    `confirm`: reminders of what waits to be confirmed, from the day of answer or verification on; `sign`: of what waits
    to be signed for, from the day on which it was given out; none where not given.
    """

    valid_from: date
    clause: str
    report_day: int
    tolerance: int
    tolerance_source: str
    soon: int
    soon_source: str
    milestone_red: int
    milestone_source: str
    behind: Bounds
    unreported: Bounds
    reminders: Mapping[str, tuple[Step, ...]]
    confirm: tuple[Step, ...]
    sign: tuple[Step, ...]
    reminders_source: str


def settings_on(groups: Sequence[Settings], day: date) -> Settings | None:
    """The group in force on a day; None before the first."""
    return max((g for g in groups if g.valid_from <= day), key=lambda g: g.valid_from, default=None)


def read_settings(data: Sequence[Mapping[str, Any]]) -> tuple[Settings, ...]:
    """The groups under `settings` of supervision.yaml (or of its JSON). Raises SettingsFault."""
    groups = []
    for number, group in enumerate(data, start=1):
        try:
            groups.append(_group(group))
        except (KeyError, TypeError, ValueError, InvalidOperation) as fault:
            reason = f"缺少 {fault}" if isinstance(fault, KeyError) else str(fault)
            raise SettingsFault(f"supervision.yaml 中 settings 的第 {number} 组有误:{reason}") from fault
    if len({group.valid_from for group in groups}) < len(groups):
        raise SettingsFault("supervision.yaml 中 settings 有两组从同一天起用,请只留一组。")
    return tuple(groups)


def _group(group: Mapping[str, Any]) -> Settings:
    report_day, soon = int(group["report_day"]), int(group["soon"])
    if not 1 <= report_day <= 31:
        raise ValueError(f"report_day 应为 1 至 31,现为 {report_day}")
    if soon < 0 or int(group["tolerance"]) < 0:
        raise ValueError("soon 和 tolerance 不能小于 0")
    return Settings(
        valid_from=day_of(group["from"]),
        clause=str(group["clause"]),
        report_day=report_day,
        tolerance=int(group["tolerance"]),
        tolerance_source=str(group["tolerance_source"]),
        soon=soon,
        soon_source=str(group["soon_source"]),
        milestone_red=int(group["milestone"]["red_above"]),
        milestone_source=str(group["milestone"]["source"]),
        behind=bounds_of(group, "behind"),
        unreported=bounds_of(group, "unreported"),
        reminders={kind: _steps(kind, group["reminders"][kind]) for kind in KINDS},
        confirm=_steps("confirm", group["reminders"].get("confirm", ())),
        sign=_steps("sign", group["reminders"].get("sign", ())),
        reminders_source=str(group["reminders_source"]),
    )


def _steps(kind: str, rows: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    steps = tuple(Step(str(r["code"]), int(r["offset"]), Unit(r["unit"]), Level(r["level"])) for r in rows)
    if len({step.code for step in steps}) < len(steps):
        raise ValueError(f"reminders 的 {kind} 中有重复的 code")
    if list(steps) != sorted(steps, key=lambda step: step.offset) or len({step.unit for step in steps}) > 1:
        raise ValueError(f"reminders 的 {kind} 应按 offset 从小到大排列,且只用一种 unit")
    return steps
