"""Settings of dated work as stored with the plan in force."""

from __future__ import annotations

import datetime

from spectown.core.supervision.settings import Settings, read_settings, settings_on
from spectown.lib.refusal import Refused
from spectown.plans.models import PlanVersion


def settings_groups() -> tuple[Settings, ...]:
    """All groups of the current plan; none where it has none. One query."""
    stored = PlanVersion.objects.filter(is_current=True).values_list("supervision", flat=True).first() or {}
    return read_settings(stored.get("settings", []))


def settings_of(day: datetime.date) -> Settings:
    """The group in force on a day. Raises Refused where the plan has none."""
    found = settings_on(settings_groups(), day)
    if found is None:
        raise Refused(f"方案文件夹的 supervision.yaml 中没有 {day} 起用的督办口径,请系统管理员补上后重新装入方案。")
    return found
