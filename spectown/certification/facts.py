"""Rows of an application as the core wants them, and the result of its pre-check."""

from __future__ import annotations

import datetime
from functools import lru_cache

from spectown.certification.models import Application, ApplicationQuerySet, JudgementRecord
from spectown.core.certification.answers import FIGURES, Answers, Judgement
from spectown.core.certification.check import check
from spectown.core.certification.criteria import CriteriaSet, criteria_from_mapping
from spectown.core.certification.fields import Field, form_fields
from spectown.core.certification.outcomes import Outcome
from spectown.core.certification.result import CheckResult
from spectown.core.certification.validate import read_answers
from spectown.organisations.enums import TerritoryKind
from spectown.organisations.models import Territory
from spectown.plans.models import PlanVersion

TEXTS = ("town_name", "leading_industry", "applicant_county", "category", "counties_reason")


def criteria_of(version: PlanVersion) -> CriteriaSet:
    """Criteria of a version, read once per process: a version never changes. Raises CriteriaError."""
    return _criteria(version.pk, version.digest)


@lru_cache(maxsize=16)
def _criteria(pk: int, _digest: str) -> CriteriaSet:
    return criteria_from_mapping(PlanVersion.objects.only("criteria").get(pk=pk).criteria)


def fields_of(version: PlanVersion) -> tuple[Field, ...]:
    """The form of a version, with the counties of the city to choose from."""
    return form_fields(criteria_of(version), county_names())


def county_names() -> list[str]:
    """Names of the counties in their order."""
    return list(Territory.objects.filter(kind=TerritoryKind.COUNTY).values_list("name", flat=True))


def with_answers(rows: ApplicationQuerySet) -> ApplicationQuerySet:
    """Fetch all that `answers_of` needs with a fixed number of queries."""
    return rows.select_related("version", "unit", "town", "submitted_by", "checked_by").prefetch_related(
        "evidence", "honours", "files", "judgements__judged_by"
    )


def answers_of(application: Application) -> Answers:
    """The stored answers; an empty column is None (not reported)."""
    texts = {name: getattr(application, name) or None for name in TEXTS}
    figures = {name: getattr(application, name) for name in FIGURES}
    return Answers(
        **texts,
        **figures,
        counties=tuple(application.counties),
        traditional_origin=application.traditional_origin,
        evidence=_evidence(application),
        honours={row.factor: row.number for row in application.honours.all()},
        judgements={
            row.criterion: _judgement(row) for row in application.judgements.all() if in_force(row, application)
        },
    )


def _evidence(application: Application) -> dict[str, str]:
    """What is said of each criterion; files alone are evidence too, by their names."""
    named: dict[str, list[str]] = {}
    for file in application.files.all():
        named.setdefault(file.criterion, []).append(file.name)
    attached = {criterion: f"见附件:{'、'.join(names)}" for criterion, names in named.items()}
    return attached | {row.criterion: row.text for row in application.evidence.all()}


def in_force(row: JudgementRecord, application: Application) -> bool:
    """A judgement holds for the revision that was read; what was changed since must be judged again."""
    return row.revision == application.revision


def _judgement(row: JudgementRecord) -> Judgement:
    return Judgement(Outcome(row.outcome), row.judged_by.name, row.reason)


def raw_of(application: Application) -> dict[str, object]:
    """Every stored answer under its field code, with what could not be read as it was typed."""
    raw: dict[str, object] = {name: getattr(application, name) for name in (*TEXTS, *FIGURES)}
    raw |= {"counties": list(application.counties), "traditional_origin": application.traditional_origin}
    raw |= {f"evidence_{row.criterion}": row.text for row in application.evidence.all()}
    raw |= {f"honour_{row.factor}": row.number for row in application.honours.all()}
    return {code: value for code, value in raw.items() if value not in (None, "", [])} | dict(application.unreadable)


def result_of(application: Application, today: datetime.date) -> CheckResult:
    """The pre-check of an application by the criteria of its own version, with warnings about doubtful values."""
    criteria = criteria_of(application.version)
    warnings = read_answers(raw_of(application), criteria).warnings
    return check(answers_of(application), criteria, on=today, warnings=warnings)
