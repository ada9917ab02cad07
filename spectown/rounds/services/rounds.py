"""Rounds: made from the plan's samples, changed version by version, published by a second person."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from spectown.accounts.models import Installation
from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.core.rounds.rulediff import differences
from spectown.core.rounds.rules import Rules, RulesFault, rules_of
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.organisations.models import Unit
from spectown.plans.models import PlanVersion
from spectown.rounds.models import LateEntry, Round, RulesVersion


def sample_of(version: PlanVersion, kind: str, opens: datetime.date, closes: datetime.date) -> dict[str, Any]:
    """The plan's sample of rules (建议值) with a window. Raises Refused where the plan has none of this kind."""
    sample = version.round_samples.get(kind)
    if sample is None:
        raise Refused("方案文件夹中没有这类批次的规则样本(rounds.yaml),请与系统管理员联系。")
    window = {"opens": opens.isoformat(), "closes": closes.isoformat()}
    return {**sample, "criteria_version": version.digest, "window": window}


def current_rules(round_: Round) -> RulesVersion:
    """The newest published version, of a draft the newest."""
    versions = round_.rules_versions.order_by("number")
    found = versions.filter(published_at__isnull=False).last() or versions.last()
    if found is None:
        raise Refused("这个批次还没有规则。")
    return found


@transaction.atomic
def create(*, name: str, version: PlanVersion, content: Mapping[str, Any], by: Actor) -> Round:
    """A new draft round. Raises Refused."""
    by.require(Permission.ROUND_MANAGE)
    rules = _read(content)
    if not name.strip():
        raise Refused("请填写批次名称。")
    if Round.objects.filter(name=name.strip()).exists():
        raise Refused(f"已有名为“{name.strip()}”的批次,请换一个名称。")
    found = Round.objects.create(
        kind=rules.kind,
        name=name.strip(),
        version=version,
        made_by_id=by.person,
        changed_by_id=by.person,
        is_demo=Installation.is_demo(),
    )
    RulesVersion.objects.create(round=found, number=1, content=rules.model_dump(mode="json"), made_by_id=by.person)
    audit.record(by=by, action="round.create", obj=found, after={"kind": rules.kind, "rules": 1})
    return found


@transaction.atomic
def change(*, round_: Round, content: Mapping[str, Any], revision: int, reason: str, by: Actor) -> RulesVersion:
    """Change the rules: of a draft in place, of a published round as a new version that a second person publishes."""
    by.require(Permission.ROUND_MANAGE)
    found = Round.objects.select_for_update().get(pk=round_.pk)
    if found.revision != revision:
        raise Refused(f"您打开之后,{found.changed_by.name}又修改过规则。请重新打开再改。")
    rules, latest = _read(content), found.rules_versions.order_by("number").last()
    if rules.kind != found.kind or latest is None:
        raise Refused("批次的类别不能改。")
    told = [difference.sentence for difference in differences(latest.rules, rules)]
    if not told:
        return latest
    if latest.published_at is None:
        latest.content, latest.made_by_id = rules.model_dump(mode="json"), by.person
        latest.differences, latest.reason = _against_published(found, rules), reason.strip() or latest.reason
        latest.save()
    elif not reason.strip():
        raise Refused("规则已经发布,修改须写明理由。")
    else:
        latest = RulesVersion.objects.create(
            round=found,
            number=latest.number + 1,
            content=rules.model_dump(mode="json"),
            differences=told,
            reason=reason.strip(),
            made_by_id=by.person,
        )
    found.revision, found.changed_at, found.changed_by_id = found.revision + 1, timezone.now(), by.person
    found.save()
    audit.record(
        by=by, action="round.change", obj=found, after={"rules": latest.number, "differences": told}, reason=reason
    )
    return latest


@transaction.atomic
def allow_late(*, round_: Round, unit: Unit, until: datetime.date, reason: str, by: Actor) -> LateEntry:
    """Record that a unit may hand in until a later day. Raises Refused."""
    by.require(Permission.ROUND_MANAGE)
    if not reason.strip() or until < timezone.localdate():
        raise Refused("请写明理由,并选择今天或以后的日期。")
    made = LateEntry.objects.create(round=round_, unit=unit, until=until, reason=reason.strip(), made_by_id=by.person)
    audit.record(
        by=by, action="round.allow_late", obj=round_, after={"unit": unit.name, "until": until}, reason=reason.strip()
    )
    return made


def _read(content: Mapping[str, Any]) -> Rules:
    try:
        return rules_of(content)
    except RulesFault as fault:
        raise Refused(f"{fault}。") from fault


def _against_published(round_: Round, rules: Rules) -> list[str]:
    published = round_.rules_versions.filter(published_at__isnull=False).order_by("number").last()
    return [each.sentence for each in differences(published.rules, rules)] if published else []
