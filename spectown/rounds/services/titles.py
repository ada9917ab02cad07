"""What the office does with a title by itself: given up, expired, revived, plaque, titles older than the system."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.core.rounds.lifecycles import TITLE
from spectown.core.workflow import Attempt, Move
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.plans.models import PlanVersion
from spectown.rounds import titling
from spectown.rounds.models import Title
from spectown.rounds.standing import under_recheck
from spectown.towns.enums import Level
from spectown.towns.models import LevelRecord

BY_HAND = ("give_up", "expire", "revive")  # every other move of a title follows from a move of a case
TITLED = (Level.CITY, Level.PROVINCE)


def open_moves(*, title: Title, by: Actor) -> list[tuple[Move, list[str]]]:
    """Moves that the office may make by hand, each with what still stands against it."""
    mine = [TITLE.move(code) for code in BY_HAND if title.state in TITLE.move(code).sources]
    attempt = _attempt(title, by, "x", "x")
    return [(m, TITLE.refusals(m.code, title.state, attempt, asking=True)) for m in mine if by.may(m.permission)]


@transaction.atomic
def move(*, title: Title, code: str, by: Actor, reason: str = "", document: str = "") -> Title:
    """Note that a title was given up, has expired, or comes back; `document`: on which paper. Raises Refused."""
    found = Title.objects.select_for_update(of=("self",)).select_related("town", "record").get(pk=title.pk)
    if code not in BY_HAND:
        raise Refused("这一变动由认定、复核、推荐各环节带出,不能单独登记。")
    if reasons := TITLE.refusals(code, found.state, _attempt(found, by, reason, document)):
        raise Refused("".join(reasons))
    said = ":".join(part for part in (document.strip(), reason.strip()) if part)
    if code == "revive":
        titling.revive(title=found, document=document, reason=said, on=timezone.localdate(), by=by)
    else:
        yesterday = timezone.localdate() - datetime.timedelta(days=1)
        last = yesterday if found.valid_to is None or code == "give_up" else found.valid_to
        titling.end(title=found, state=TITLE.move(code).target, reason=said or "有效期满", last=last, by=by)
    return found


def _attempt(title: Title, by: Actor, reason: str, document: str) -> Attempt:
    held = frozenset(str(permission) for permission in by.permissions)
    conditions = {
        "title_decision": () if document.strip() else ("请填写书面申请或决定的名称、文号。",),
        "validity_over": _validity_over(title),
        "higher_title_lost": _higher_title_lost(title, document),
    }
    return Attempt(held, by.user_id, {}, reason, conditions)


def _validity_over(title: Title) -> tuple[str, ...]:
    if title.valid_to is None:
        return ("没有登记有效期,不会到期。",)
    if timezone.localdate() <= title.valid_to:
        return (f"有效期至 {title.valid_to},还没有期满。",)
    return ("复核正在办理,办结之前不登记到期。",) if under_recheck(title.town_id) else ()


def _higher_title_lost(title: Title, document: str) -> tuple[str, ...]:
    if not document.strip():
        return ("请填写省级称号终止的文件名称、文号。",)
    higher = Title.objects.filter(town=title.town_id, level=Level.PROVINCE, state__in=titling.IN_FORCE).first()
    return (f"省级称号 {higher.number} 还在有效期内。",) if higher else ()


@transaction.atomic
def hand_over_plaque(*, title: Title, on: datetime.date | None, by: Actor) -> Title:
    """Note on which day the town was given its plaque (授牌), or put that day right. Raises Refused."""
    by.require(Permission.TITLE_MANAGE)
    found = Title.objects.select_for_update(of=("self",)).select_related("town", "record").get(pk=title.pk)
    last = found.record.valid_to if found.record else None
    if on is None:
        raise Refused("请填写授牌日期。")
    if on < found.granted_on:
        raise Refused(f"授牌日期不能早于授予日期 {found.granted_on}。")
    if on > timezone.localdate():
        raise Refused("授牌日期不能晚于今天。")
    if last is not None and on > last:
        raise Refused(f"称号的最后有效日是 {last},授牌不能在这以后。")
    before, found.plaque_on = found.plaque_on, on
    found.save(update_fields=["plaque_on"])
    audit.record(by=by, action="title.plaque", obj=found, before={"plaque_on": before}, after={"plaque_on": on})
    return found


@transaction.atomic
def adopt(*, record: LevelRecord, valid_to: datetime.date | None, by: Actor) -> Title:
    """Give a number and a validity to a level that was published before the system kept titles. Raises Refused."""
    by.require(Permission.TITLE_MANAGE)
    found = LevelRecord.objects.select_for_update(of=("self",)).select_related("town").get(pk=record.pk)
    level, version = Level(found.level), PlanVersion.objects.current()
    if version is None or level not in TITLED or found.valid_to is not None:
        raise Refused("只有现行的市级、省级层级可以补登称号。")
    if Title.objects.filter(town=found.town_id, level=level, state__in=titling.IN_FORCE).exists():
        raise Refused(f"{found.town.name}已有{level.label}称号。")
    if valid_to is not None and valid_to < found.valid_from:
        raise Refused(f"有效期不能早于授予日期 {found.valid_from}。")
    number = titling.next_number(version.pk, level, found.valid_from.year)
    made = Title.objects.create(
        town=found.town, level=level, number=number, granted_on=found.valid_from, valid_to=valid_to, record=found
    )
    audit.record(by=by, action="title.adopt", obj=made, after={"number": number, "valid_to": valid_to})
    return made


def adoptable() -> list[LevelRecord]:
    """Levels in force of city and province without a title."""
    rows = LevelRecord.objects.filter(level__in=TITLED, valid_to__isnull=True, title__isnull=True)
    return list(rows.select_related("town__territory").order_by("valid_from", "town__order", "pk"))
