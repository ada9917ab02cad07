"""Settings of notices as stored with the plan in force."""

from __future__ import annotations

import datetime

from spectown.core.supervision.noticesettings import NoticeSettings, notice_settings_on, read_notice_settings
from spectown.lib.refusal import Refused
from spectown.plans.models import PlanVersion


def stored_settings(day: datetime.date) -> NoticeSettings | None:
    """The group in force on a day; None where no plan has any. One query."""
    stored = PlanVersion.objects.filter(is_current=True).values_list("supervision", flat=True).first() or {}
    return notice_settings_on(read_notice_settings(stored.get("notices", [])), day)


def notice_settings(day: datetime.date) -> NoticeSettings:
    """The same. Raises Refused where the plan has none."""
    found = stored_settings(day)
    if found is None:
        raise Refused(
            f"方案文件夹的 supervision.yaml 中没有 {day} 起用的督办通知书口径,请系统管理员补上后重新装入方案。"
        )
    return found


def label_of(trigger: str, day: datetime.date) -> str:
    """A trigger in words; its code where the plan has no settings."""
    found = stored_settings(day)
    return found.label_of(trigger) if found else trigger
