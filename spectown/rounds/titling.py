"""Changes of titles (称号), each with the town's level history and the log; moves as core.rounds.lifecycles.TITLE."""

from __future__ import annotations

import datetime

from spectown.audit import services as audit
from spectown.certification.counted import towns_of
from spectown.core.rounds.lifecycles import TITLE
from spectown.core.rounds.titles import last_day
from spectown.core.workflow import Move
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.plans.models import PlanVersion
from spectown.rounds.models import Case, Title
from spectown.towns import services as towns
from spectown.towns.enums import Level
from spectown.towns.models import LevelRecord, Town

IN_FORCE = ("valid", "rectification")


def grant(*, case: Case, years: int, on: datetime.date, by: Actor) -> Title:
    """A title of the round's level from `on`; the town is registered where it was not. Raises Refused."""
    town, level = town_of(case), Level(case.rules.rules.level)
    if Title.objects.filter(town=town, level=level, state__in=IN_FORCE).exists():
        raise Refused(f"{town.name}已有在有效期内的{level.label}称号,不能重复认定。")
    number = next_number(case.round.version_id, level, on.year)
    record = _record(town, towns.Award(level, on, f"{case.round.name},证书编号 {number}"[:200]), by)
    title = Title.objects.create(
        town=town, level=level, number=number, granted_on=on, valid_to=last_day(on, years), case=case, record=record
    )
    audit.record(by=by, action="title.grant", obj=title, after={"number": number, "valid_to": title.valid_to})
    return title


def town_of(case: Case) -> Town:
    """The registered town of a case; made from the application where there is none, and kept with the case."""
    application = case.application
    town = case.town or towns_of([application]).get(application.pk)
    if town is None:
        town = Town.objects.create(
            code=f"case-{case.pk}",
            name=application.town_name,
            category=application.category,
            leading_industry=application.leading_industry,
            territory=case.unit.territory,
            responsible_unit=case.unit,
            is_demo=case.is_demo,
        )
    if case.town_id != town.pk:
        case.town = town
        case.save(update_fields=["town"])
    return town


def next_number(version: int, level: Level, year: int) -> str:
    """市级〔2026〕001号: the next of its level and year. Locks the plan version, so that no number comes twice."""
    PlanVersion.objects.select_for_update().only("pk").get(pk=version)
    head = f"{level.label}〔{year}〕"
    taken = Title.objects.filter(number__startswith=head).values_list("number", flat=True)
    last = max((int(number.removeprefix(head).removesuffix("号")) for number in taken), default=0)
    return f"{head}{last + 1:03}号"


def _record(town: Town, award: towns.Award, by: Actor) -> LevelRecord:
    """The step in the town's history; a town that has had the level since the plan was loaded keeps its step."""
    running = town.levels.filter(level=award.level, valid_to__isnull=True).first()
    return running or towns.add_level(town=town, award=award, by=by)


def extend(*, title: Title, years: int, on: datetime.date, by: Actor) -> None:
    """Another period: from the end of the running one, from `on` where that is over. Raises Refused."""
    _require_move(title, "renew")
    before = title.valid_to
    title.valid_to = last_day(max(before or on, on), years)
    title.save(update_fields=["valid_to"])
    audit.record(
        by=by, action="title.renew", obj=title, before={"valid_to": before}, after={"valid_to": title.valid_to}
    )


def _require_move(title: Title, code: str) -> Move:
    move = TITLE.move(code)
    if title.state not in move.sources:
        raise Refused(f"称号现在是“{title.get_state_display()}”,不能{move.label}。")
    return move


def turn(*, title: Title, code: str, by: Actor, reason: str = "") -> None:
    """Move a title as its table allows. Raises Refused."""
    move = _require_move(title, code)
    before, title.state = title.state, move.target
    title.save(update_fields=["state"])
    after = {"state": title.state}
    audit.record(by=by, action=f"title.{code}", obj=title, before={"state": before}, after=after, reason=reason)


def end(*, title: Title, state: str, reason: str, last: datetime.date, by: Actor) -> None:
    """Withdrawn, given up or expired: `last` is the last day on which the town has the level."""
    code = {"withdrawn": "withdraw", "given_up": "give_up", "expired": "expire"}[state]
    turn(title=title, code=code, by=by, reason=reason)
    title.ended_reason = reason
    title.save(update_fields=["ended_reason"])
    if title.record and title.record.valid_to is None:
        title.record.valid_to = max(last, title.record.valid_from)
        title.record.save(update_fields=["valid_to"])


def restore(*, title: Title, reason: str, by: Actor) -> None:
    """An appeal was right: title and level as they were, without a gap."""
    turn(title=title, code="restore", by=by, reason=reason)
    title.ended_reason = ""
    title.save(update_fields=["ended_reason"])
    if title.record and not title.town.levels.filter(valid_from__gt=title.record.valid_from).exists():
        title.record.valid_to = None
        title.record.save(update_fields=["valid_to"])


def promote(*, title: Title, document: str, case: Case, on: datetime.date, by: Actor) -> Title:
    """The province's title by its document; the city's is taken over by it."""
    turn(title=title, code="supersede", by=by, reason=document)
    record = towns.add_level(town=title.town, award=towns.Award(Level.PROVINCE, on, document[:200]), by=by)
    number = next_number(case.round.version_id, Level.PROVINCE, on.year)
    made = Title.objects.create(
        town=title.town, level=Level.PROVINCE, number=number, granted_on=on, case=case, record=record
    )
    audit.record(by=by, action="title.grant", obj=made, after={"number": number, "document": document})
    return made


def revive(*, title: Title, document: str, reason: str, on: datetime.date, by: Actor) -> None:
    """The higher title is lost: the city's is in force again, with a new step in the town's history."""
    turn(title=title, code="revive", by=by, reason=reason)
    title.record = towns.add_level(town=title.town, award=towns.Award(Level(title.level), on, document[:200]), by=by)
    title.save(update_fields=["record"])
