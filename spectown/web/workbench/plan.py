"""What the plan asks of the actor: check-up and data to review, own duties, targets against what is."""

from __future__ import annotations

import datetime
from collections import Counter
from decimal import Decimal

from django.db.models import Q

from spectown.accounts.permissions import Permission, Role
from spectown.core.attainment import Verdict, attainment
from spectown.organisations.actors import Actor
from spectown.organisations.models import Unit
from spectown.plans.models import Duty, PlanVersion, Target
from spectown.towns.facts import counts_by_level, plan_checkup
from spectown.web.nav import address
from spectown.web.workbench.parts import SHOWN, Item, Part, when

WORDS = {">=": "不少于 ", ">": "多于 ", "<=": "不超过 ", "<": "少于 ", "approx": "约 "}
TONES = {Verdict.ATTAINED: "green", Verdict.SHORT: "yellow", Verdict.UNKNOWN: "neutral"}


def checkup(actor: Actor, today: datetime.date) -> list[Part]:
    """Open points of the plan, for the office."""
    version = PlanVersion.objects.current()
    if actor.role != Role.OFFICE or version is None:
        return []
    counted = Counter(finding.kind for finding in plan_checkup(version, today))
    url = address("plans:checkup")
    items = [Item(title=kind.label, url=f"{url}#{kind.value}", note=f"{count} 处") for kind, count in counted.items()]
    return [Part("方案体检中的未决问题", items, len(items), url=url, link="打开方案体检")]


def version_notices(actor: Actor, today: datetime.date) -> list[Part]:
    """What could not be read, or is odd, in the current plan: one thing to do, the list is on the check-up page."""
    version = PlanVersion.objects.current()
    if actor.role != Role.OFFICE or version is None or not version.problems:
        return []
    item = Item(
        title=f"核对装入方案时发现的 {len(version.problems)} 处内容",
        url=address("plans:checkup"),
        note=str(version),
        ball=actor.unit_name,
        since=when(version.loaded_at),
    )
    return [Part("方案装入", [item], 1)]


def unreviewed(actor: Actor, today: datetime.date) -> list[Part]:
    """Units found in a plan that nobody has looked at yet."""
    if actor.role != Role.OFFICE:
        return []
    rows = Unit.objects.filter(reviewed=False)
    items = [Item(title=unit.name, note=unit.get_kind_display()) for unit in rows[:SHOWN]]
    return [Part("待核对的单位名称", items, rows.count())]


def duties(actor: Actor, today: datetime.date) -> list[Part]:
    """The actor's unit in the tasks of the plan, its own marks and those of the collectives it belongs to."""
    if actor.unit_id is None or not actor.may(Permission.PLAN_VIEW):
        return []
    own = Q(unit_id=actor.unit_id) | Q(unit__members=actor.unit_id)
    rows = Duty.objects.filter(own, task__version__is_current=True).select_related("task__clause").distinct()
    items = [
        Item(title=duty.task.title, clause=duty.task.clause.ref, state=str(duty.get_kind_display())) for duty in rows
    ]
    return [Part("本单位在方案中的任务", items, len(items), False, address("plans:matrix"), "打开责任矩阵")]


def targets(actor: Actor, today: datetime.date) -> list[Part]:
    """Targets of the plan against the number of towns today."""
    if actor.role not in {Role.LEADER, Role.OFFICE}:
        return []
    counts = counts_by_level(today)
    rows = Target.objects.filter(version__is_current=True).select_related("clause")
    items = [_target(target, counts) for target in rows]
    return [Part("目标完成情况", items, len(items), False, address("plans:targets"), "打开目标")]


def _target(target: Target, counts: dict[str, int]) -> Item:
    actual = Decimal(counts[target.level]) if target.level in counts else None
    answer = attainment(target.comparator, target.low, target.high, actual)
    now = f"现有 {actual} {target.unit}" if actual is not None else "没有实际数"
    year = f"{target.year} 年目标," if target.year else ""
    values = "–".join(dict.fromkeys(f"{value:f}" for value in (target.low, target.high)))
    wanted = f"{target.subject} {WORDS.get(target.comparator, '')}{values} {target.unit}"
    tone = TONES[answer.verdict]
    return Item(title=wanted, clause=target.clause.ref, state=answer.verdict.label, tone=tone, note=f"{year}{now}")
