"""Moves of a round itself, as core.rounds.lifecycles.ROUND allows them."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from spectown.audit import services as audit
from spectown.certification.facts import criteria_of
from spectown.core.certification.fields import form_fields
from spectown.core.rounds.lifecycles import ROUND
from spectown.core.rounds.rulefaults import faults
from spectown.core.rounds.states import CASES
from spectown.core.rounds.words import RoundKind
from spectown.core.workflow import Attempt, Move
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.rounds.models import Round, RulesVersion
from spectown.rounds.services.rounds import current_rules

PUBLISHING = ("publish", "change_published", "change_open", "reopen")
BEFORE_DECIDING = frozenset(
    {"submitted", "formal_check", "correction", "correction_check", "accepted", "expert_review", "site_visit"}
)


def refusals(*, round_: Round, code: str, by: Actor, reason: str = "", asking: bool = False) -> list[str]:
    """Why the actor cannot make the move now; empty = can."""
    held = frozenset(str(permission) for permission in by.permissions)
    conditions = {need: CONDITIONS[need](round_) for need in ROUND.move(code).needs}
    attempt = Attempt(held, by.user_id, {"changed": round_.changed_by_id}, reason, conditions)
    return ROUND.refusals(code, round_.state, attempt, asking=asking)


def open_moves(*, round_: Round, by: Actor) -> list[tuple[Move, list[str]]]:
    """Moves from the present state, each with what still stands against it."""
    mine = [move for move in ROUND.moves if round_.state in move.sources and by.may(move.permission)]
    return [(move, refusals(round_=round_, code=move.code, by=by, asking=True)) for move in mine]


@transaction.atomic
def move(*, round_: Round, code: str, by: Actor, reason: str = "") -> Round:
    """Make a move. Raises Refused with everything that stands against it."""
    found = Round.objects.select_for_update().get(pk=round_.pk)
    chosen = ROUND.move(code)
    reasons = refusals(round_=found, code=code, by=by, reason=reason)
    if reasons:
        raise Refused("".join(reasons))
    before, found.state = found.state, chosen.target
    found.seed = found.seed or secrets.token_hex(16)
    if code in PUBLISHING:
        newest = _newest(found)
        newest.published_at, newest.published_by_id = timezone.now(), by.person
        newest.save(update_fields=["published_at", "published_by"])
    found.save()
    audit.record(
        by=by, action=f"round.{code}", obj=found, before={"state": before}, after={"state": found.state}, reason=reason
    )
    return found


def _newest(round_: Round) -> RulesVersion:
    return round_.rules_versions.order_by("-number")[:1].get()


def rules_faults(round_: Round) -> tuple[str, ...]:
    """What is wrong with the newest rules, seen with the plan's clauses, categories and criteria."""
    version, criteria = round_.version, criteria_of(round_.version)
    clauses = version.clauses.values_list("ref", flat=True)
    categories, codes = ([each.code for each in found] for found in (criteria.categories, criteria.criteria))
    figures = [each.code for each in form_fields(criteria)]
    rules = _newest(round_).rules
    return tuple(faults(rules, clauses=set(clauses), fields=categories, criteria=codes, figures=figures))


def _differences_recorded(round_: Round) -> tuple[str, ...]:
    newest = _newest(round_)
    if newest.published_at is not None:
        return ("没有未发布的规则修改。",)
    return () if newest.differences else ("与已发布的规则没有差异。",)


def _window_started(round_: Round) -> tuple[str, ...]:
    opens = current_rules(round_).rules.window.opens
    return () if opens <= timezone.localdate() else (f"申报自 {opens} 开始。",)


def _window_ended(round_: Round) -> tuple[str, ...]:
    closes = current_rules(round_).rules.window.closes
    return () if closes < timezone.localdate() else (f"申报至 {closes} 截止,还没有到期。",)


def _window_extended(round_: Round) -> tuple[str, ...]:
    newest = _newest(round_)
    if newest.published_at is None and newest.rules.window.closes >= timezone.localdate():
        return ()
    return ("延长申报须先在“修改规则”中把申报截止日改到今天或以后,再由另一人在这里发布。",)


def _no_applications(round_: Round) -> tuple[str, ...]:
    number = round_.cases.count()
    return (f"已有 {number} 件申报。",) if number else ()


def _all_reviewed(round_: Round) -> tuple[str, ...]:
    number = round_.cases.filter(state__in=BEFORE_DECIDING).count()
    return (f"还有 {number} 件没有评审完毕。",) if number else ()


def _all_settled(round_: Round) -> tuple[str, ...]:
    table = CASES[RoundKind(round_.kind)]
    ends = set(table.labels) - {source for move in table.moves for source in move.sources}
    number = round_.cases.exclude(state__in=ends).count()
    return (f"还有 {number} 件没有办结。",) if number else ()


CONDITIONS: dict[str, Callable[[Round], tuple[str, ...]]] = {
    "rules_sound": rules_faults,
    "differences_recorded": _differences_recorded,
    "window_started": _window_started,
    "window_ended": _window_ended,
    "window_extended": _window_extended,
    "no_applications": _no_applications,
    "all_reviewed": _all_reviewed,
    "all_settled": _all_settled,
}
