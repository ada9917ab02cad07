"""Recommendation to the province (省级推荐): who is asked to apply."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.rounds.models import Case, Round, Title
from spectown.rounds.selecting import choices_of
from spectown.rounds.services.calling import called
from spectown.rounds.services.cases import ENTERED_IN
from spectown.rounds.services.rounds import current_rules


@transaction.atomic
def call(*, round_: Round, titles: Sequence[Title], by: Actor) -> list[Case]:
    """Ask the counties of these titles to apply; those that do not meet the rules are refused. Raises Refused."""
    by.require(Permission.ROUND_MANAGE)
    if round_.kind != "recommendation" or round_.state not in ENTERED_IN:
        raise Refused(f"“{round_.name}”现在不接受推荐申报。")
    known = {
        each.title.pk: each for each in choices_of(round_.version, current_rules(round_).rules, timezone.localdate())
    }
    inside = set(Case.objects.filter(round=round_).values_list("town", flat=True))
    wanted = [title for title in titles if title.town_id not in inside]
    if not wanted:
        raise Refused("请勾选要通知申报的专业镇;已在本批次的不再通知。")
    bad = [f"{t.town.name}:{''.join(known[t.pk].barred)}" for t in wanted if t.pk in known and known[t.pk].barred]
    if bad:
        raise Refused("".join(bad))
    return [_called(round_, title, by) for title in wanted]


def _called(round_: Round, title: Title, by: Actor) -> Case:
    step = called(round_, title, label="通知申报", by=by)
    audit.record(by=by, action="recommendation.call", obj=step.case, after={"title": title.number})
    return step.case
