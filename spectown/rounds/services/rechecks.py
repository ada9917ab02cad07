"""Who is rechecked (复核): titles that expire, or a random sample by a published seed; a draft case for each."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction

from django.db import transaction
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.certification.models import Application
from spectown.core.rounds.rechecking import Sample, sample
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.rounds.models import Case, RecheckSample, Round, Title
from spectown.rounds.services.cases import ENTERED_IN
from spectown.rounds.services.rounds import current_rules

WARN = datetime.timedelta(days=180)  # 建议值: half a year before the end, as core.rounds.titles


def in_force() -> list[Title]:
    """Titles of the city in force, with town and county, by number."""
    rows = Title.objects.filter(state="valid", level="city").select_related(
        "town__territory", "town__responsible_unit", "case__unit"
    )
    return list(rows.order_by("number"))


def expiring(titles: Sequence[Title], on: datetime.date) -> list[Title]:
    """Those whose validity ends within half a year, or has ended."""
    return [title for title in titles if title.valid_to is not None and title.valid_to - on < WARN]


@transaction.atomic
def draw(*, round_: Round, seed: str, share: int, by: Actor) -> RecheckSample:
    """Draw `share` per cent of the titles of each county, at least one, and keep all candidates. Raises Refused."""
    by.require(Permission.ROUND_MANAGE)
    _require_recheck(round_)
    if not seed.strip() or "\n" in seed.strip() or not 1 <= share <= 100:
        raise Refused("请填写事先公布的随机种子(一行),抽取比例为 1 至 100。")
    strata: dict[str, list[str]] = {}
    for title in in_force():
        strata.setdefault(str(title.town.territory or "市本级"), []).append(title.number)
    if not strata:
        raise Refused("没有在有效期内的市级称号,不能抽样。")
    found = sample(seed.strip(), strata, Fraction(share, 100))
    made = RecheckSample.objects.create(
        round=round_, seed=found.seed, result=_result(found, strata, share), made_by_id=by.person
    )
    after = {"seed": found.seed, "share": share, "drawn": list(found.numbers)}
    audit.record(by=by, action="recheck.draw", obj=made, after=after)
    return made


def _result(found: Sample, strata: dict[str, list[str]], share: int) -> dict[str, object]:
    drawn = {name: list(numbers) for name, numbers in found.drawn.items()}
    return {"share": share, "candidates": strata, "drawn": drawn}


@transaction.atomic
def call(*, round_: Round, titles: Sequence[Title], by: Actor) -> list[Case]:
    """Open a case for each title, with an application that the county fills anew. Raises Refused."""
    by.require(Permission.ROUND_MANAGE)
    _require_recheck(round_)
    if round_.state not in ENTERED_IN:
        raise Refused(f"“{round_.name}”现在不接受申报({round_.get_state_display()})。")
    return [_called(round_, title, by) for title in titles if not _has_case(round_, title)]


def _has_case(round_: Round, title: Title) -> bool:
    return Case.objects.filter(round=round_, town=title.town_id).exists()


def _called(round_: Round, title: Title, by: Actor) -> Case:
    unit = title.case.unit if title.case else title.town.responsible_unit
    if unit is None:
        raise Refused(f"{title.town.name}没有登记责任主体,请先登记,才能通知复核。")
    now = timezone.now()
    application = Application.objects.create(
        version=round_.version,
        unit=unit,
        town=title.town,
        town_name=title.town.name,
        leading_industry=title.town.leading_industry,
        category=title.town.category,
        made_by_id=by.person,
        changed_by_id=by.person,
        changed_at=now,
        is_demo=title.town.is_demo,
    )
    made = Case.objects.create(
        round=round_,
        rules=current_rules(round_),
        application=application,
        unit=unit,
        town=title.town,
        changed_by_id=by.person,
        is_demo=title.town.is_demo,
    )
    audit.record(by=by, action="recheck.call", obj=made, after={"title": title.number})
    return made


def _require_recheck(round_: Round) -> None:
    if round_.kind != "recheck":
        raise Refused("只有复核批次才能抽样和通知复核。")
