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
from spectown.core.rounds.rechecking import sample
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.organisations.models import Unit
from spectown.rounds.models import Case, DueDocument, RecheckSample, Round, Step, Title
from spectown.rounds.samples import by_county, record_of
from spectown.rounds.services.cases import ENTERED_IN
from spectown.rounds.services.rounds import current_rules
from spectown.rounds.services.titles import SETTLED, under_recheck
from spectown.towns.models import Town

WARN = datetime.timedelta(days=180)  # 建议值: half a year before the end, as core.rounds.titles


def in_force() -> list[Title]:
    """Titles of the city in force, with town and county, by number."""
    rows = Title.objects.filter(state="valid", level="city").select_related(
        "town__territory", "town__responsible_unit__territory", "case__unit__territory"
    )
    return list(rows.order_by("number"))


def expiring(titles: Sequence[Title], on: datetime.date) -> list[Title]:
    """Those whose validity ends within half a year, or has ended."""
    return [title for title in titles if title.valid_to is not None and title.valid_to - on < WARN]


def running(towns: Sequence[int]) -> dict[int, Case]:
    """Rechecks that are not settled, by town."""
    rows = Case.objects.filter(round__kind="recheck", town__in=towns).exclude(state__in=SETTLED)
    return {case.town_id: case for case in rows.select_related("round") if case.town_id is not None}


@transaction.atomic
def draw(*, round_: Round, seed: str, source: str, share: int, by: Actor) -> RecheckSample:
    """Draw `share` per cent of the titles of each county, at least one, and keep all candidates. Raises Refused.

    `source`: when and where the seed was published. The record is public from now on (public:sample).
    """
    by.require(Permission.ROUND_MANAGE)
    _require_recheck(round_)
    if not seed.strip() or len(seed.strip().splitlines()) != 1 or len(seed.strip()) > 64:
        raise Refused("请填写事先公布的随机种子,一行,最长 64 个字符。")
    if not source.strip() or not 1 <= share <= 100:
        raise Refused("请写明种子在什么时候、从哪里公布,抽取比例为 1 至 100。")
    titles = in_force()
    strata = by_county(titles)
    if not strata:
        raise Refused("没有在有效期内的市级称号,不能抽样。")
    found = sample(seed.strip(), strata, Fraction(share, 100))
    made = RecheckSample.objects.create(
        round=round_, seed=found.seed, result=record_of(found, titles, share, source), made_by_id=by.person
    )
    after = {"seed": found.seed, "source": source.strip(), "share": share, "drawn": list(found.numbers)}
    audit.record(by=by, action="recheck.draw", obj=made, after=after)
    return made


@transaction.atomic
def call(*, round_: Round, titles: Sequence[Title], by: Actor) -> list[Case]:
    """Open a case for each title, with an application that the county fills anew. Raises Refused.

    Titles whose recheck is on its way, in this round or another, are left out.
    """
    by.require(Permission.ROUND_MANAGE)
    _require_recheck(round_)
    if round_.state not in ENTERED_IN:
        raise Refused(f"“{round_.name}”现在不接受申报({round_.get_state_display()})。")
    made = [_called(round_, title, by) for title in titles if not _has_case(round_, title)]
    if not made:
        raise Refused("请勾选要复核的称号;已在复核的不再通知。")
    return made


def _has_case(round_: Round, title: Title) -> bool:
    return Case.objects.filter(round=round_, town=title.town_id).exists() or under_recheck(title.town_id)


def _called(round_: Round, title: Title, by: Actor) -> Case:
    unit = title.case.unit if title.case else title.town.responsible_unit
    if unit is None:
        raise Refused(f"{title.town.name}没有登记责任主体,请先登记,才能通知复核。")
    made = Case.objects.create(
        round=round_,
        rules=current_rules(round_),
        application=_application(round_, title.town, unit, by),
        unit=unit,
        town=title.town,
        changed_by_id=by.person,
        is_demo=title.town.is_demo,
    )
    today = timezone.localdate()
    step = Step.objects.create(
        case=made, move="call", label="通知复核", state="draft", on=today, by_id=by.person, unit_name=by.unit_name[:100]
    )
    DueDocument.objects.create(case=made, step=step, kind="recheck_notice")
    audit.record(by=by, action="recheck.call", obj=made, after={"title": title.number})
    return made


def _application(round_: Round, town: Town, unit: Unit, by: Actor) -> Application:
    """A new one, with nothing but who and what it is about."""
    return Application.objects.create(
        version=round_.version,
        unit=unit,
        town=town,
        town_name=town.name,
        leading_industry=town.leading_industry,
        applicant_county=unit.territory.name if unit.territory else "",
        category=town.category,
        made_by_id=by.person,
        changed_by_id=by.person,
        is_demo=town.is_demo,
    )


def _require_recheck(round_: Round) -> None:
    if round_.kind != "recheck":
        raise Refused("只有复核批次才能抽样和通知复核。")
