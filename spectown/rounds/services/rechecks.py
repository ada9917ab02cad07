"""Who is rechecked (复核): titles that expire, or a random sample by a published seed; a draft case for each."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from django.db import transaction
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.core.rounds.rechecking import sample
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.rounds.models import Case, DueDocument, RecheckSample, Round, Title
from spectown.rounds.samples import by_county, record_of
from spectown.rounds.services.calling import called
from spectown.rounds.services.cases import ENTERED_IN
from spectown.rounds.standing import drawable, under_recheck


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
    titles = drawable(timezone.localdate())
    strata = by_county(titles)
    if not strata:
        raise Refused("没有可以抽取的市级称号:即将到期的全部复核,在复核的不再抽取。")
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
    step = called(round_, title, label="通知复核", by=by)
    audit.record(by=by, action="recheck.call", obj=step.case, after={"title": title.number})
    DueDocument.objects.create(case=step.case, step=step, kind="recheck_notice")
    return step.case


def _require_recheck(round_: Round) -> None:
    if round_.kind != "recheck":
        raise Refused("只有复核批次才能抽样和通知复核。")
