"""An evaluation begun from the scheme in force, and the items that people enter before the freeze."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from spectown.accounts.models import Installation
from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.core.evaluation.sharing import suffix_of
from spectown.core.evaluation.yearscheme import GENERAL, YearScheme
from spectown.evaluation import schemes
from spectown.evaluation.models import Evaluation, EvaluationEntry
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.plans.models import PlanVersion
from spectown.towns.models import Town


@transaction.atomic
def begin(*, year: int, by: Actor, code: str = GENERAL) -> Evaluation:
    """Begin the evaluation of a year by a scheme that is in force for it. Raises Refused."""
    by.require(Permission.EVALUATION_MANAGE)
    version, entry = PlanVersion.objects.current(), schemes.in_force(year, code)
    if version is None or entry is None:
        raise Refused(f"没有 {year} 年度可用的评估方案,请先在“评估方案”中拟定并审定。")
    name = name_of(year, entry)
    if Evaluation.objects.filter(year=year, code=code).exists():
        raise Refused(f"{name}已经建立。")
    made = Evaluation.objects.create(
        year=year,
        code=code,
        name=name,
        version=version,
        scheme=entry,
        since=timezone.localdate(),
        made_by_id=by.person,
        is_demo=Installation.is_demo(),
    )
    audit.record(
        by=by, action="evaluation.begin", obj=made, after={"year": year, "scheme": code, "plan": version.number}
    )
    return made


def name_of(year: int, entry: Mapping[str, Any]) -> str:
    """What the evaluation of a year by a scheme is called."""
    return f"{year}年度市级专业镇评估{suffix_of(entry)}"


def newer_scheme(evaluation: Evaluation) -> dict[str, Any] | None:
    """The scheme in force where it is not the one that a draft evaluation has; None where there is nothing to take."""
    now = (
        schemes.in_force(evaluation.year, evaluation.code)
        if (evaluation.state, evaluation.round) == ("draft", 1)
        else None
    )
    return now if now is not None and now != evaluation.scheme else None


@transaction.atomic
def adopt(*, evaluation: Evaluation, by: Actor) -> Evaluation:
    """Take the scheme that is in force now into an evaluation that is not frozen yet. Raises Refused."""
    by.require(Permission.EVALUATION_MANAGE)
    found = Evaluation.objects.select_for_update().get(pk=evaluation.pk)
    now = newer_scheme(found)
    if now is None:
        raise Refused("数据已冻结,或者所用的已是现行方案。")
    found.scheme, found.name = now, name_of(found.year, now)
    if lost := {entry.code for entry in found.entries.all()} - items_of(found.rules).keys():
        raise Refused(f"已登记的事项 {'、'.join(sorted(lost))} 现行方案中没有,请先删除。")
    found.save(update_fields=["scheme", "name"])
    audit.record(by=by, action="evaluation.adopt", obj=found, after={"scheme": now["name"], "from": now["year"]})
    return found


@transaction.atomic
def enter(*, evaluation: Evaluation, town: Town, code: str, amount: Decimal, reason: str, by: Actor) -> EvaluationEntry:
    """Enter a bonus, deduction or veto of a town. Raises Refused after the freeze or without a reason."""
    by.require(Permission.EVALUATION_MANAGE)
    found = _draft(evaluation)
    labels = items_of(found.rules)
    if code not in labels:
        raise Refused("评估方案中没有这一事项。")
    if not reason.strip() or amount <= 0:
        raise Refused("请写明依据,次数应大于 0。")
    made = EvaluationEntry.objects.create(
        evaluation=found, town=town, code=code, amount=amount, reason=reason.strip()[:300], made_by_id=by.person
    )
    after = {"town": town.name, "item": labels[code], "amount": amount}
    audit.record(by=by, action="evaluation.enter", obj=made, after=after, reason=reason)
    return made


@transaction.atomic
def strike(*, entry: EvaluationEntry, reason: str, by: Actor) -> None:
    """Take an item out again before the freeze. Raises Refused."""
    by.require(Permission.EVALUATION_MANAGE)
    found = _draft(entry.evaluation)
    if not reason.strip():
        raise Refused("请写明删除的理由。")
    before = {
        "town": entry.town.name,
        "item": items_of(found.rules).get(entry.code, entry.code),
        "amount": entry.amount,
    }
    audit.record(by=by, action="evaluation.strike", obj=entry, before=before, reason=reason)
    entry.delete()


def items_of(rules: YearScheme) -> dict[str, str]:
    """Items and vetoes of a scheme: code and label."""
    return {each.code: each.label for each in rules.items} | {each.code: each.label for each in rules.vetoes}


def _draft(evaluation: Evaluation) -> Evaluation:
    found = Evaluation.objects.select_for_update().get(pk=evaluation.pk)
    if found.state != "draft":
        raise Refused("数据冻结后不能再改加减分和否决事项;需要修改的,请先退回拟定。")
    return found
