"""Towns with a city title against the rules of a recommendation: the newest checked figures of each."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from spectown.certification.counted import counted_of, with_counts
from spectown.certification.enums import State
from spectown.certification.facts import answers_of, criteria_of, value_of
from spectown.certification.models import Application
from spectown.core.certification.answers import Answers
from spectown.core.certification.check import check
from spectown.core.certification.fields import form_fields
from spectown.core.rounds.ruleparts import Province
from spectown.core.rounds.rules import Rules
from spectown.core.rounds.selection import Candidate, recommendation_refusals, settled_refusals
from spectown.core.rounds.whatif import checked_only
from spectown.plans.models import PlanVersion
from spectown.rounds.facts import Facts
from spectown.rounds.models import Title
from spectown.rounds.standing import in_force

ASKED = Province()


@dataclass(frozen=True, slots=True)
class Choice:
    """A title that might be recommended: the application with its newest figures, and what stands against it."""

    title: Title
    application: Application | None
    figures: Mapping[str, Decimal | None]
    refusals: Sequence[str]
    barred: Sequence[str]  # why its county is not even asked; what is only not known yet comes with its application


def choices_of(version: PlanVersion, rules: Rules, on: datetime.date) -> list[Choice]:
    """All city titles in force, in a fixed number of queries."""
    titles = in_force()
    newest = _newest([title.town_id for title in titles], version)
    counted = counted_of(list(newest.values()), on)
    criteria, names = checked_only(criteria_of(version), rules), figure_names(version)
    found = []
    for title in titles:
        application = newest.get(title.town_id)
        answers = None
        if application is not None:
            answers = with_counts(answers_of(application), counted[application.pk], application.unreadable)
        result = check(answers, criteria, on=on) if answers else None
        figures = _figures(answers, rules.province or ASKED)
        candidate = Candidate(title.state == "valid", title.granted_on, title.valid_to, result, figures)
        refusals, asked = against(candidate, rules, on, names), rules.province or ASKED
        barred = settled_refusals(candidate, asked, on, names)
        found.append(Choice(title, application, figures, refusals, barred))
    return found


def against(candidate: Candidate, rules: Rules, on: datetime.date, names: Mapping[str, str]) -> list[str]:
    """What stands against a candidate; without rules of the province only title and criteria count."""
    return recommendation_refusals(candidate, rules.province or ASKED, on, names)


def _newest(towns: Sequence[int], version: PlanVersion) -> dict[int, Application]:
    """The newest checked application of each town under the plan version."""
    rows = Application.objects.filter(town__in=towns, version=version, state=State.CHECKED).with_material()
    return {row.town_id: row for row in rows.order_by("checked_at", "pk") if row.town_id is not None}


def _figures(answers: Answers | None, asked: Province) -> dict[str, Decimal | None]:
    return {field: _decimal(value_of(answers, field)) if answers else None for field in asked.least}


def _decimal(value: object) -> Decimal | None:
    return Decimal(value) if isinstance(value, int | Decimal) else None


def _pinned(value: object) -> Decimal | None:
    """A figure of a pinned version, which is a text or a number."""
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation:
        return None


def figure_names(version: PlanVersion) -> dict[str, str]:
    """Figures of the form by code, with their units."""
    return {field.code: field.heading for field in form_fields(criteria_of(version))}


def refusals_of(facts: Facts) -> list[str]:
    """What stands against recommending a case: its title now, the figures as they were sent."""
    title, rules, sent = facts.title, facts.rules, facts.version
    known = {**sent.content.get("counts", {}), **sent.content["fields"]} if sent else {}
    asked = rules.province or ASKED
    figures = {name: _pinned(known.get(name)) for name in asked.least}
    if title is None:
        return ["本镇没有市级称号。"]
    candidate = Candidate(title.state == "valid", title.granted_on, title.valid_to, facts.result, figures)
    return against(candidate, rules, facts.on, figure_names(facts.case.application.version))
