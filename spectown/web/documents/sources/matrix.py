"""The responsibility matrix as 责任清单: one row a task of the plan."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from spectown.lib.refusal import Refused
from spectown.organisations.models import Unit
from spectown.plans.enums import DutyKind
from spectown.plans.facts import tasks_with_duties
from spectown.plans.models import PlanVersion, Seat, Task


def responsibility_facts(version: PlanVersion, code: str) -> dict[str, Any]:
    """All tasks, or those in which one unit has a part. Refused for a unit without any."""
    today = timezone.localdate()
    unit = Unit.objects.filter(code=code).first() if code else None
    if code and unit is None:
        raise Refused("没有这个单位。")
    mine = {unit.pk, *unit.collectives.values_list("pk", flat=True)} if unit else set()
    tasks = [task for task in tasks_with_duties(version) if not unit or mine & {d.unit_id for d in task.duties.all()}]
    if not tasks:
        raise Refused(f"方案没有给{unit}分派任务。" if unit else "方案中没有读出任务。")
    posts = {
        seat.post.unit_id: seat.printed_post for seat in Seat.objects.filter(version=version).select_related("post")
    }
    return {
        "year": today.year,
        "scope": unit.name_on(today) if unit else "全市",
        "duties": [_row(task, posts, today) for task in tasks],
    }


def _row(task: Task, posts: dict[int, str], day: datetime.date) -> dict[str, Any]:
    duties = list(task.duties.all())
    leads = [d for d in duties if d.kind == DutyKind.LEAD] or [d for d in duties if d.kind == DutyKind.COLLECTIVE]
    partners = [d for d in duties if d not in leads]
    held = [posts[d.unit_id] for d in leads if d.unit_id in posts]
    row: dict[str, Any] = {
        "clause": task.clause.ref,
        "duty": task.title,
        "content": _content(task),
        "lead": [d.unit.name_on(day) for d in leads],
        "partners": [d.unit.name_on(day) for d in partners],
        "due": "全年",
    }
    return row | ({"post": "、".join(held)} if held else {})


def _content(task: Task) -> str:
    """The first sentence of a task that says more than its title, whole: an official document does not break off."""
    sentences = [part.strip() for part in task.text.split("。") if part.strip()]
    return next((part for part in sentences if task.title not in part), task.title)
