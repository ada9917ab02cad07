"""The decision table of a round from what is stored, in a fixed number of queries whatever the number of cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Exists, OuterRef, QuerySet

from spectown.certification.models import HEAVY, JudgementRecord
from spectown.core.rounds.decision import Entry, Row, decision_table
from spectown.core.rounds.rules import Rules
from spectown.core.rounds.spread import Spread
from spectown.rounds.checking import result_of_version
from spectown.rounds.models import Case, CaseVersion, Decision, Round, Ruling, Seat
from spectown.rounds.panels import expert_number
from spectown.rounds.sheets import score_of, total_spread

UNREAD = ("version__content", "expert__fields", "expert__former_units")
T = TypeVar("T")
DECIDED_ON = ("deciding", "pending", "proposed", "approved", "publicity", "certified", "refused")


@dataclass(frozen=True, slots=True)
class Decided:
    """One line: the case, its row of core.rounds.decision, how far the scores lie apart and whose stand out, the
    newest decision."""

    case: Case
    row: Row
    spread: Spread | None
    outliers: tuple[str, ...]
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class _Stored:
    """Everything about the cases of a round, by case (judgements: by application, rules: by their version)."""

    rulings: Mapping[int, list[Ruling]]
    rules: Mapping[int, Rules]
    decisions: Mapping[int, Decision]
    judgements: Mapping[int, list[JudgementRecord]]
    seats: Mapping[int, list[Seat]]


def lines_of(round_: Round, rules: Rules) -> list[Decided]:
    """All cases that have come to the decision, in the order of the table under these rules."""
    versions = {version.case_id: version for version in _newest(round_)}
    stored = _stored([version.case for version in versions.values()], panel=rules.panel is not None)
    entries = [_entry(version, stored, rules) for version in versions.values()]
    rows = decision_table(entries, rules)
    return [_line(versions[int(row.entry.case)].case, row, stored, rules) for row in rows]


def _newest(round_: Round) -> QuerySet[CaseVersion]:
    """The newest version of every case that has come so far, with its case: one query for both."""
    newer = CaseVersion.objects.filter(case=OuterRef("case"), number__gt=OuterRef("number"))
    found = CaseVersion.objects.filter(~Exists(newer), case__round=round_, case__state__in=DECIDED_ON)
    also = found.select_related("case__application__version", "case__unit__territory", "case__rules")
    return also.defer(*(f"case__application__{name}" for name in HEAVY)).order_by("case")


def _stored(cases: Sequence[Case], *, panel: bool) -> _Stored:
    keys = [case.pk for case in cases]
    decisions = {d.case_id: d for d in Decision.objects.filter(case__in=keys).order_by("pk")}
    judged = JudgementRecord.objects.filter(
        application__in=[case.application_id for case in cases], lapsed_revision__isnull=True
    )
    seats = Seat.objects.filter(case__in=keys, left_at__isnull=True, submitted_at__isnull=False)
    read = seats.select_related("expert__user", "version").defer(*UNREAD).prefetch_related("scores")
    running = {case.rules_id: case.rules for case in cases}  # read once: a round has few versions
    return _Stored(
        _grouped(Ruling.objects.filter(case__in=keys).order_by("pk"), "case_id"),
        {pk: version.rules for pk, version in running.items()},
        decisions,
        _grouped(judged.select_related("judged_by").order_by("pk"), "application_id"),
        _grouped(read, "case_id") if panel else {},
    )


def _grouped(rows: Iterable[T], key: str) -> dict[int, list[T]]:
    found: dict[int, list[T]] = {}
    for row in rows:
        found.setdefault(getattr(row, key), []).append(row)
    return found


def _entry(version: CaseVersion, stored: _Stored, rules: Rules) -> Entry:
    case = version.case
    judgements = stored.judgements.get(case.application_id, [])
    result = result_of_version(case, version, stored.rules[case.rules_id], judgements, stored.rulings.get(case.pk, []))
    score = score_of(stored.seats.get(case.pk, []), version, rules) if rules.panel else None
    county = case.unit.territory.name if case.unit.territory else case.unit.name
    return Entry(str(case.pk), str(case.application), county, case.application.category, result, score)


def _line(case: Case, row: Row, stored: _Stored, rules: Rules) -> Decided:
    score = row.entry.score
    apart = total_spread(score, rules) if score and score.totals else None
    names = {expert_number(seat.expert): seat.expert.user.name for seat in stored.seats.get(case.pk, [])}
    outliers = tuple(names[number] for number in apart.outliers) if apart else ()
    return Decided(case, row, apart, outliers, stored.decisions.get(case.pk))
