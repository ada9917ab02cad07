"""Changes to towns: facts, aliases, levels. The event is about the town, so that its history reads in one place."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.organisations.models import Unit
from spectown.plans.models import Category, PlanVersion
from spectown.towns.enums import Level
from spectown.towns.models import LevelRecord, Town, TownAlias

FACTS = ("leading_industry", "category", "operator")


def _locked(town: Town, by: Actor) -> Town:
    by.require(Permission.TOWN_CHANGE)
    return Town.objects.select_for_update().get(pk=town.pk)


@transaction.atomic
def change_facts(
    *, town: Town, leading_industry: str, category: str, operator: Unit | None, reason: str, by: Actor
) -> Town:
    """Set leading industry, category and operator; the event names only what changed."""
    locked = _locked(town, by)
    known = Category.objects.filter(version__is_current=True, code=category)
    if category != locked.category and not known.exists():
        raise Refused("现行方案的类别表中没有这个类别,请从列表中选择。")
    before = audit.snapshot(locked, FACTS)
    locked.leading_industry, locked.category, locked.operator = leading_industry.strip(), category, operator
    old, new = audit.differences(before, audit.snapshot(locked, FACTS))
    if not new:
        raise Refused("没有任何改动。")
    if not reason.strip():
        raise Refused("请填写变更理由或依据。")
    locked.save(update_fields=FACTS)
    audit.record(by=by, action="town.change", obj=locked, before=old, after=new, reason=reason.strip())
    return locked


@transaction.atomic
def add_alias(*, town: Town, name: str, source: str, by: Actor, since: datetime.date | None = None) -> TownAlias:
    """Register another name of the town; no two towns share a name."""
    locked = _locked(town, by)
    name, source = "".join(name.split()), source.strip()
    if not name or not source:
        raise Refused("请填写别名和出处。")
    taken = Town.objects.filter(name=name).first() or Town.objects.filter(aliases__name=name).first()
    if taken is not None:
        raise Refused(f"“{name}”已是{taken.name}的名称或别名。")
    alias = TownAlias.objects.create(town=locked, name=name, source=source, valid_from=since)
    audit.record(by=by, action="town.alias_add", obj=locked, after=_alias(alias))
    return alias


@transaction.atomic
def end_alias(*, alias: TownAlias, until: datetime.date, reason: str, by: Actor) -> TownAlias:
    """Say until when (that day included) the name was in use."""
    locked = _locked(alias.town, by)
    alias = TownAlias.objects.select_for_update().get(pk=alias.pk)
    if alias.valid_to is not None:
        raise Refused(f"“{alias.name}”已于 {alias.valid_to} 停用。")
    if alias.valid_from and until < alias.valid_from:
        raise Refused(f"停用日期不能早于启用日期 {alias.valid_from}。")
    if not reason.strip():
        raise Refused("请填写停用理由。")
    before = _alias(alias)
    alias.valid_to = until
    alias.save(update_fields=["valid_to"])
    audit.record(by=by, action="town.alias_end", obj=locked, before=before, after=_alias(alias), reason=reason.strip())
    return alias


def _alias(alias: TownAlias) -> dict[str, object]:
    return audit.snapshot(alias, ("name", "source", "valid_from", "valid_to"))


@dataclass(frozen=True, slots=True)
class Award:
    """A level given by a document: `since` first day; `clause` of the current plan, where it rests on one."""

    level: Level
    since: datetime.date
    document: str
    clause: str = ""


@transaction.atomic
def add_level(*, town: Town, award: Award, by: Actor) -> LevelRecord:
    """Register the next level; the one before ends the day before."""
    locked = _locked(town, by)
    if not award.document.strip():
        raise Refused("请填写授予层级的文件。")
    version = PlanVersion.objects.current()
    if award.clause and not (version and version.clauses.filter(ref=award.clause).exists()):
        raise Refused(f"现行方案中没有条款“{award.clause}”,请核对条款号,如 二(三)。")
    last = locked.levels.select_for_update().order_by("-valid_from", "-pk").first()
    if last is not None:
        _end_level(last, award)
    record = LevelRecord.objects.create(
        town=locked,
        level=award.level,
        valid_from=award.since,
        document=award.document.strip(),
        version=version if award.clause else None,
        clause_ref=award.clause,
    )
    before = {"level": last.level, "valid_from": last.valid_from} if last else {}
    audit.record(by=by, action="town.level", obj=locked, before=before, after=_level(record))
    return record


def _end_level(last: LevelRecord, award: Award) -> None:
    running = last.valid_to is None or last.valid_to >= award.since
    if running and last.level == award.level:
        raise Refused(f"该专业镇自 {last.valid_from} 起已是{award.level.label}。")
    if award.since <= last.valid_from:
        raise Refused(f"起始日期应晚于上一层级({last.get_level_display()})的起始日期 {last.valid_from}。")
    if running:
        last.valid_to = award.since - datetime.timedelta(days=1)
        last.save(update_fields=["valid_to"])


def _level(record: LevelRecord) -> dict[str, object]:
    return audit.snapshot(record, ("level", "valid_from", "document", "clause_ref"))
