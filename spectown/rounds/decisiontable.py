"""The decision table of a round from what is stored, in a fixed number of queries whatever the number of cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from spectown.certification.models import HEAVY, JudgementRecord
from spectown.core.rounds.decision import Entry, Row, decision_table
from spectown.core.rounds.rules import Rules
from spectown.core.rounds.scores import CaseScore, Line, Sheet, case_score
from spectown.core.rounds.spread import Spread, spread
from spectown.rounds.checking import result_of_version
from spectown.rounds.models import Case, CaseVersion, Decision, Round, Ruling, Seat

T = TypeVar("T")
DECIDED_ON = ("deciding", "pending", "proposed", "approved", "publicity", "certified", "refused")


@dataclass(frozen=True, slots=True)
class Decided:
    """One line: the case, its row of core.rounds.decision, how far the scores lie apart, the newest decision."""

    case: Case
    row: Row
    spread: Spread | None
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class _Stored:
    """Everything about the cases of a round, by case (judgements: by application)."""

    versions: Mapping[int, CaseVersion]
    rulings: Mapping[int, list[Ruling]]
    decisions: Mapping[int, Decision]
    judgements: Mapping[int, list[JudgementRecord]]
    seats: Mapping[int, list[Seat]]


def lines_of(round_: Round, rules: Rules) -> list[Decided]:
    """All cases that have come to the decision, in the order of the table under these rules."""
    heavy = [f"application__{name}" for name in HEAVY]
    seen = Case.objects.filter(round=round_, state__in=DECIDED_ON).defer(*heavy)
    cases = {c.pk: c for c in seen.select_related("application__version", "unit__territory", "rules").order_by("pk")}
    stored = _stored(list(cases.values()), panel=rules.panel is not None)
    entries = [_entry(case, stored, rules) for case in cases.values() if case.pk in stored.versions]
    return [_line(cases[int(row.entry.case)], row, stored, rules) for row in decision_table(entries, rules)]


def _stored(cases: Sequence[Case], *, panel: bool) -> _Stored:
    keys = [case.pk for case in cases]
    versions = {v.case_id: v for v in CaseVersion.objects.filter(case__in=keys).order_by("number")}
    decisions = {d.case_id: d for d in Decision.objects.filter(case__in=keys).order_by("pk")}
    judged = JudgementRecord.objects.filter(
        application__in=[case.application_id for case in cases], lapsed_revision__isnull=True
    )
    seats = Seat.objects.filter(case__in=keys, left_at__isnull=True, submitted_at__isnull=False)
    return _Stored(
        versions,
        _grouped(Ruling.objects.filter(case__in=keys).order_by("pk"), "case_id"),
        decisions,
        _grouped(judged.select_related("judged_by").order_by("pk"), "application_id"),
        _grouped(seats.select_related("expert__user", "version").prefetch_related("scores"), "case_id")
        if panel
        else {},
    )


def _grouped(rows: Iterable[T], key: str) -> dict[int, list[T]]:
    found: dict[int, list[T]] = {}
    for row in rows:
        found.setdefault(getattr(row, key), []).append(row)
    return found


def _entry(case: Case, stored: _Stored, rules: Rules) -> Entry:
    version = stored.versions[case.pk]
    judgements = stored.judgements.get(case.application_id, [])
    result = result_of_version(case, version, judgements, stored.rulings.get(case.pk, []))
    score = _score(stored.seats.get(case.pk, []), version, rules) if rules.panel else None
    county = case.unit.territory.name if case.unit.territory else case.unit.name
    return Entry(str(case.pk), str(case.application), county, case.application.category, result, score)


def _score(seats: Sequence[Seat], version: CaseVersion, rules: Rules) -> CaseScore:
    """The score from the sheets that were handed in on the newest version."""
    counted = [seat for seat in seats if seat.version_id == version.pk]
    return case_score([_sheet(seat) for seat in counted], rules)


def _sheet(seat: Seat) -> Sheet:
    lines = {score.item: Line(score.points, score.reason, score.abstained) for score in seat.scores.all()}
    return Sheet(str(seat.expert), seat.version.number if seat.version else 0, lines)


def _line(case: Case, row: Row, stored: _Stored, rules: Rules) -> Decided:
    score = row.entry.score
    apart = spread(score.totals, rules.outliers) if score and score.totals else None
    return Decided(case, row, apart, stored.decisions.get(case.pk))
