"""A project moves to another stage, stops, or goes on."""

from __future__ import annotations

import datetime
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from spectown.core.projects.stages import left_out
from spectown.core.workflow import Attempt, Workflow
from spectown.lib.refusal import Refused
from spectown.lists.scope import changeable
from spectown.lists.services import records
from spectown.organisations.actors import Actor
from spectown.projects.enums import Course, Stage
from spectown.projects.lists import PROJECTS
from spectown.projects.lists.projects import DATED
from spectown.projects.models import Project
from spectown.projects.workflow import COURSES, ORDER, STAGES, stage_move


@transaction.atomic
def advance(
    *, pk: int, to: str, on: datetime.date | None, evidence: str, version: int, by: Actor, skipping: str = ""
) -> Project:
    """Move a project to another stage: forward with date and evidence, back with a reason (`evidence` then is it).

    `skipping`: why stages between are left out; their dates stay empty, which is 未报.

    Raises Refused (also lists.services.records.Stale); ValidationError by argument (all that is missing at once), or
    by column where the dates do not fit.
    """
    project = _own(pk, by)
    if to not in ORDER or to == project.stage:
        raise Refused("请选择另一个阶段。")
    move = stage_move(project.stage, to)
    if project.course != Course.ACTIVE:
        raise Refused(f"项目已{project.get_course_display()},恢复推进后才能变更阶段。")
    _require(STAGES, move.code, project.stage, by, evidence)
    faults = {} if move.reason else _missing(project.stage, to, on, evidence, skipping)
    if faults:
        raise ValidationError(faults)
    values = _back(to) if move.reason else _forward(to, on)
    said = evidence.strip() + ("" if move.reason else _skipped(project.stage, to, skipping))
    return _changed(pk, {"stage": to, **values}, version, by, said)


@transaction.atomic
def change_course(*, pk: int, code: str, reason: str, version: int, by: Actor) -> Project:
    """暂停, 终止 or 恢复推进, with a reason. Raises Refused."""
    project = _own(pk, by)
    _require(COURSES, code, project.course, by, reason)
    target = COURSES.move(code).target
    kept = "" if target == Course.ACTIVE else reason.strip()
    return _changed(pk, {"course": target, "halt_reason": kept}, version, by, reason)


def _own(pk: int, by: Actor) -> Project:
    found: Project | None = changeable(PROJECTS, by).filter(pk=pk).first()
    if found is None:
        raise Refused("没有这个项目,或者它不由您维护。")
    return found


def _require(flow: Workflow, code: str, state: str, by: Actor, reason: str) -> None:
    held = frozenset(str(permission) for permission in by.permissions)
    refusals = flow.refusals(code, state, Attempt(held, by.user_id, {}, reason))
    if refusals:
        raise Refused("".join(refusals))


def _missing(source: str, to: str, on: datetime.date | None, evidence: str, skipping: str) -> dict[str, str]:
    """What a move forward lacks, by argument. 储备 needs neither date nor evidence."""
    faults, label = {}, Stage(to).label
    if to in DATED and on is None:
        faults["on"] = f"请填写{label}日期。"
    elif to in DATED and on and on > timezone.localdate():
        faults["on"] = f"{label}日期不能晚于今天;还没有发生的请填在计划日期中。"
    if to in DATED and not evidence.strip():
        faults["evidence"] = f"请写明{label}的依据,如合同、开工令、投产报告的名称和文号。"
    if (stages := _left_out(source, to)) and not skipping.strip():
        way = f"从“{Stage(source).label}”直接到“{label}”跳过了{stages}"
        faults["skipping"] = f"{way}。请逐个阶段变更;确实没有经过的,写明跳过的理由,所跳阶段的日期记为“未报”。"
    return faults


def _forward(to: str, on: datetime.date | None) -> dict[str, Any]:
    """Date of the stage. 储备 has none."""
    return {DATED[to][0]: on} if to in DATED else {}


def _left_out(source: str, to: str) -> str:
    """A project has no date of a stage that is still to come."""
    return "、".join(str(Stage(stage).label) for stage in left_out(source, to, {}))


def _skipped(source: str, to: str, why: str) -> str:
    """What the log says of the stages left out."""
    stages = _left_out(source, to)
    return f";跳过{stages}:{why.strip()}" if stages else ""


def _back(to: str) -> dict[str, Any]:
    """The dates of the stages left behind go."""
    return {name: None for stage, (name, _) in DATED.items() if ORDER.index(stage) > ORDER.index(to)}


def _changed(pk: int, values: dict[str, Any], version: int, by: Actor, reason: str) -> Project:
    return cast(Project, records.change(ledger=PROJECTS, pk=pk, values=values, version=version, by=by, reason=reason))
