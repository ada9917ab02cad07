"""What rechecks and recommendations to the province need beyond the rest."""

from __future__ import annotations

import datetime

from spectown.core.rounds.conditions import named
from spectown.core.rounds.quotas import Claim, over_quota
from spectown.rounds.conditions.intake import closes_of
from spectown.rounds.course import ball_of
from spectown.rounds.enums import GOOD, NoteKind
from spectown.rounds.facts import Facts
from spectown.rounds.models import Case
from spectown.rounds.selecting import refusals_of


def _is_over(facts: Facts) -> bool:
    """Tell whether the term of the present state has passed; a state without a term has none that could."""
    clock = ball_of(facts.case, facts.steps, facts.calendar, facts.on).clock
    return clock is not None and clock.over > 0


def _noted(facts: Facts, kind: NoteKind, since: str) -> bool:
    """Tell whether such a note was made after the case last came into a state."""
    begun = facts.entered(since)
    return begun is not None and facts.case.notes.filter(kind=kind, made_at__gte=begun.at).exists()


def report_overdue(facts: Facts) -> tuple[str, ...]:
    """The window for self-reports is over, for this unit too."""
    closes = closes_of(facts)
    late = facts.case.round.late_entries.filter(unit=facts.case.unit_id).order_by("-until").first()
    last: datetime.date = max(closes, late.until) if late else closes
    return () if facts.on > last else (f"自查报送至 {last} 截止,还没有到期。",)


def inspector_silent(facts: Facts) -> tuple[str, ...]:
    """The term of the examination or of the verification is over and no item was found at fault."""
    faults = [each for each in facts.verdicts.values() if each.verdict not in GOOD]
    return named("inspector_silent", holds=_is_over(facts) and not faults)


def statement_heard(facts: Facts) -> tuple[str, ...]:
    """The county has spoken since the formal phase began, or the term of that phase is over.

    After a rectification that failed it must be heard once more, about that.
    """
    begun, failed = facts.entered("second_phase"), facts.entered("rectification")
    if failed is not None and (begun is None or failed.pk > begun.pk):
        return named("statement_heard", holds=_noted(facts, NoteKind.STATEMENT, "deciding"))
    if begun is None:
        return named("statement_heard", holds=facts.case.notes.filter(kind=NoteKind.STATEMENT).exists())
    term = facts.rules.terms.get("second_phase", 0)
    over = facts.on > facts.calendar.add(begun.on, term)
    return named("statement_heard", holds=over or _noted(facts, NoteKind.STATEMENT, "second_phase"))


def rectification_set(facts: Facts) -> tuple[str, ...]:
    """The decision names what to put right, the rules give the term."""
    items = facts.decision.decided_reasons if facts.decision else []
    return named("rectification_set", holds=bool(items) and "rectification" in facts.rules.terms)


def rectification_reported(facts: Facts) -> tuple[str, ...]:
    """The county has reported since it was told."""
    return named("rectification_reported", holds=_noted(facts, NoteKind.RECTIFIED, "rectification"))


def rectification_overdue(facts: Facts) -> tuple[str, ...]:
    """The term given by the last decision is over; it stood while reports were being verified."""
    return named("rectification_overdue", holds=_is_over(facts))


def appeal_in_time(facts: Facts) -> tuple[str, ...]:
    """The term to appeal still runs."""
    return named("appeal_in_time", holds="appeal" in facts.rules.terms and not _is_over(facts))


def appeal_over(facts: Facts) -> tuple[str, ...]:
    """It has run out without an appeal."""
    return named("appeal_over", holds=_is_over(facts))


def title_valid(facts: Facts) -> tuple[str, ...]:
    """The town holds a title of the city that is in force today."""
    title = facts.title
    in_force = title is not None and title.state == "valid"
    return named(
        "title_valid", holds=in_force and (title is None or title.valid_to is None or facts.on <= title.valid_to)
    )


def within_quota(facts: Facts) -> tuple[str, ...]:
    """With this one, no quota is exceeded by those recommended already."""
    done = ("recommended", "province_awarded", "province_declined")
    before = Case.objects.filter(round=facts.case.round_id, state__in=done).select_related(
        "unit__territory", "application"
    )
    groups = [[claim_of(each)] for each in (*before.order_by("pk"), facts.case)]
    over = over_quota(groups, facts.rules.quota).get(str(facts.case.pk))
    return over.reasons if over else ()


def province_rules(facts: Facts) -> tuple[str, ...]:
    """Title and figures are what the rules of the recommendation ask for."""
    return tuple(refusals_of(facts))


def claim_of(case: Case) -> Claim:
    """The quota that a case uses."""
    territory = case.unit.territory
    return Claim(str(case.pk), territory.name if territory else case.unit.name, case.application.category)


def province_document(facts: Facts) -> tuple[str, ...]:
    """The document of the province is noted."""
    return named("province_document", holds=_noted(facts, NoteKind.PROVINCE, "recommended"))


RECHECK = {
    "report_overdue": report_overdue,
    "inspector_silent": inspector_silent,
    "statement_heard": statement_heard,
    "rectification_set": rectification_set,
    "rectification_reported": rectification_reported,
    "rectification_overdue": rectification_overdue,
    "appeal_in_time": appeal_in_time,
    "appeal_over": appeal_over,
    "title_valid": title_valid,
    "within_quota": within_quota,
    "province_rules": province_rules,
    "province_document": province_document,
}
