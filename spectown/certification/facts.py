"""From stored applications to the core and back to raw values: the only bridge.

Form, Excel and JSON meet in `raw`: values by field code as core.certification.fields declares them. What is stored is
read by the same reader as what is typed, so that all routes give the same result.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.utils import timezone

from spectown.certification.counted import FROZEN, Counted, counted_of, with_counts
from spectown.certification.models import Application, EvidenceFile, JudgementRecord
from spectown.core.certification.answers import Answers, Judgement
from spectown.core.certification.check import check
from spectown.core.certification.criteria import CriteriaSet, criteria_from_mapping
from spectown.core.certification.fields import Field, form_fields
from spectown.core.certification.outcomes import Outcome
from spectown.core.certification.places import Places
from spectown.core.certification.result import CheckResult
from spectown.core.certification.validate import Reading, read_answers
from spectown.organisations.models import Territory, Unit
from spectown.plans.models import PlanVersion

EVIDENCE, HONOUR = "evidence_", "honour_"
COLUMNS = (
    "town_name",
    "leading_industry",
    "applicant_county",
    "category",
    "output_wan",
    "output_year",
    "leading_enterprises",
    "chain_partners",
    "family_farms",
    "cooperatives",
    "counties",
    "counties_reason",
    "traditional_origin",
    "employees",
    "tax_wan",
    "province_share",
    "national_share",
    "export_wan",
)
_criteria: dict[str, CriteriaSet] = {}  # by fingerprint: a version never changes once loaded


def criteria_of(version: PlanVersion) -> CriteriaSet:
    """Validated criteria of a plan version, read once. Raises CriteriaError where the version has none."""
    if version.digest not in _criteria:
        _criteria[version.digest] = criteria_from_mapping(version.criteria, version.criteria)
    return _criteria[version.digest]


def county_names() -> tuple[str, ...]:
    """Names of counties and zones, for the drop-downs of form and workbook."""
    return tuple(Territory.objects.values_list("name", flat=True))


def fields_of(application: Application, counties: Iterable[str] = ()) -> tuple[Field, ...]:
    """The form of an application's plan version."""
    return form_fields(criteria_of(application.version), counties)


def raw_of(application: Application) -> dict[str, object]:
    """Raw values by field code as stored; what could not be read stands as it was typed. Absent = not reported."""
    values: dict[str, object] = {name: getattr(application, name) for name in COLUMNS}
    values |= {EVIDENCE + row.criterion: row.text for row in application.evidence.all()}
    values |= {HONOUR + row.factor: row.number for row in application.honours.all()}
    values |= application.unreadable
    return {code: value for code, value in values.items() if value is not None and value not in ("", [])}


def value_of(answers: Answers, code: str) -> object:
    """One answer by its field code; None or empty = not reported."""
    if code.startswith(EVIDENCE):
        return answers.evidence.get(code.removeprefix(EVIDENCE))
    if code.startswith(HONOUR):
        return answers.honours.get(code.removeprefix(HONOUR))
    return getattr(answers, code)


def reading_of(application: Application) -> Reading:
    """Answers, faults and doubts of what is stored, with the judgements that count and the files named as material."""
    return _reading(application, raw_of(application), places_of(application.unit))


def places_of(unit: Unit) -> Places:
    """Counties of the city, and the names under which the unit may apply."""
    own = [unit.territory.name] if unit.territory else []
    return Places(county_names(), (*own, unit.name, *unit.names.values_list("name", flat=True)) if own else ())


def _reading(application: Application, raw: Mapping[str, object], places: Places | None = None) -> Reading:
    reading = read_answers(raw, criteria_of(application.version), places)
    answers = reading.answers
    evidence = {**_file_names(application), **answers.evidence}
    return replace(reading, answers=replace(answers, evidence=evidence, judgements=_judgements(application)))


def answers_of(application: Application) -> Answers:
    """The answers as the checks want them."""
    return _stored(application).answers


def _stored(application: Application) -> Reading:
    """The reading of what was accepted when it was saved; what could not be read then counts as not reported."""
    raw = raw_of(application)
    return _reading(application, {code: value for code, value in raw.items() if code not in application.unreadable})


def result_of(application: Application, today: datetime.date, counted: Counted | None = None) -> CheckResult:
    """The check as of `today`, or of the day it was handed in: later rules never change an application on its way.

    A figure left empty is that of the lists; `counted` spares a list of applications a look-up for each.
    """
    if counted is None:
        counted = counted_of([application], today)[application.pk]
    reading = _stored(application)
    answers = with_counts(reading.answers, counted, application.unreadable)
    day = result_day(application, today)
    return check(answers, criteria_of(application.version), on=day, warnings=reading.warnings)


def result_day(application: Application, today: datetime.date) -> datetime.date:
    """Whose day's thresholds count."""
    if application.state in FROZEN and application.submitted_at is not None:
        return timezone.localdate(application.submitted_at)
    return today


def present_files(application: Application) -> list[EvidenceFile]:
    """Files that have not been removed."""
    return [file for file in application.files.all() if file.removed_at is None]


def latest_judgements(application: Application) -> dict[str, JudgementRecord]:
    """The newest judgement of each criterion, lapsed or not."""
    return {row.criterion: row for row in sorted(application.judgements.all(), key=lambda row: row.pk)}


def _judgements(application: Application) -> dict[str, Judgement]:
    return {
        code: Judgement(Outcome(row.outcome), row.judged_by.name, row.reason.rstrip("。"))
        for code, row in latest_judgements(application).items()
        if row.lapsed_revision is None
    }


def _file_names(application: Application) -> dict[str, str]:
    names: dict[str, list[str]] = {}
    for file in present_files(application):
        names.setdefault(file.criterion, []).append(file.name)
    return {criterion: f"附件:{'、'.join(files)}" for criterion, files in names.items()}
