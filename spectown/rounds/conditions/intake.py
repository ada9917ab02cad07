"""What handing in needs: everything there, and the window open."""

from __future__ import annotations

import datetime

from spectown.certification.enums import State
from spectown.rounds.conditions.worded import Sentences, lacking
from spectown.rounds.facts import Facts
from spectown.rounds.models import LateEntry


def complete(facts: Facts) -> Sentences:
    """The application is checked, every required material is there and none has expired."""
    case, found = facts.case, []
    if case.application.state != State.CHECKED:
        found.append(f"预审申报书还是“{case.application.get_state_display()}”,请先由本单位审核人审核通过。")
    for item in facts.rules.materials:
        file = facts.materials.get(item.code)
        if file is None:
            found += [f"还没有上传“{item.name}”。"] if item.required else []
        elif item.expires and file.expires_on is None:
            found.append(f"“{item.name}”须填写有效期。")
        elif file.expires_on and file.expires_on < facts.on:
            found.append(f"“{item.name}”已于 {file.expires_on} 过期,请换成有效的。")
    return lacking("complete", missing=found)


def closes_of(facts: Facts) -> datetime.date:
    """Last day of the window: that of the case's rules, or a later one to which the round was extended since."""
    published = facts.case.round.rules_versions.filter(published_at__isnull=False).order_by("number").last()
    closes = [facts.rules.window.closes, *([published.rules.window.closes] if published else [])]
    return max(closes)


def window_open(facts: Facts) -> Sentences:
    """Today lies in the window, or an exception was recorded, or the office has sent the case back."""
    window, case, closes = facts.rules.window, facts.case, closes_of(facts)
    if window.opens <= facts.on <= closes or any(step.move == "send_back" for step in facts.steps):
        return ()
    if facts.on < window.opens:
        return lacking("window_open", window=[f"申报自 {window.opens} 开始,现在还不能提交。"])
    if LateEntry.objects.filter(round=case.round_id, unit=case.unit_id, until__gte=facts.on).exists():
        return ()
    over = f"申报已于 {closes} 截止。确需延期的,请联系领导小组办公室登记例外。"
    return lacking("window_open", window=[over])


INTAKE = {"complete": complete, "window_open": window_open}
