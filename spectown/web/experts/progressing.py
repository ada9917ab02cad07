"""Progress and spread of all cases of a round, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Prefetch

from spectown.core.rounds.rules import Rules
from spectown.core.rounds.scores import case_score, rounded
from spectown.core.rounds.spread import Spread
from spectown.organisations.actors import Actor
from spectown.rounds.models import Case, CaseVersion, Round, Seat
from spectown.rounds.panels import expert_number, present
from spectown.rounds.sheets import counted, item_spreads, sheet_of, total_spread
from spectown.web.experts.seated import Row, row_of

BEFORE = ("draft", "county_check", "returned", "submitted", "formal_check", "correction", "correction_check")


@dataclass(frozen=True, slots=True)
class Figures:
    """A spread as it is shown: of 100, rounded once, outliers by name."""

    label: str
    count: int
    median: Decimal | None
    low: Decimal | None
    high: Decimal | None
    outliers: list[str]
    note: str


@dataclass(frozen=True, slots=True)
class Progress:
    """One case: its seats, its score so far, how far the scores lie apart."""

    case: Case
    seats: list[Row]
    wanted: int
    submitted: int
    score: Decimal | None
    reasons: tuple[str, ...]
    total: Figures
    by_item: list[Figures]


def progress_of(round_: Round, actor: Actor) -> list[Progress]:
    """Every case that was accepted, in the order of the counties."""
    read = Seat.objects.select_related("expert__user", "version").defer("version__content")
    seats = read.prefetch_related("scores").order_by("pk")
    versions = CaseVersion.objects.defer("content").order_by("number")
    cases = Case.objects.visible_to(actor).filter(round=round_).exclude(state__in=BEFORE)
    cases = cases.select_related("rules", "unit", "town", "application").defer("application__unreadable")
    rules: dict[int, Rules] = {}
    found = []
    for case in cases.prefetch_related(Prefetch("seats", seats), Prefetch("versions", versions)):
        own = rules.setdefault(case.rules_id, case.rules.rules)
        if own.panel is not None:
            found.append(_progress(case, own, list(case.seats.all()), list(case.versions.all())))
    return found


def _progress(case: Case, rules: Rules, seats: list[Seat], versions: list[CaseVersion]) -> Progress:
    newest = versions[-1] if versions else None
    sheets = [sheet_of(seat) for seat in counted(seats, newest)]
    score = case_score(sheets, rules)
    names = {expert_number(seat.expert): seat.expert.user.name for seat in seats}
    here = present(seats)
    return Progress(
        case=case,
        seats=[row_of(seat, newest, len(rules.sheet)) for seat in here],
        wanted=rules.panel.size if rules.panel else 0,
        submitted=len(sheets),
        score=score.shown,
        reasons=score.reasons,
        total=_figures("合计", total_spread(score, rules), names),
        by_item=[_figures(each.item.title, each.spread, names) for each in item_spreads(sheets, rules)],
    )


def _figures(label: str, spread: Spread, names: Mapping[str, str]) -> Figures:
    median, low, high = (_shown(value) for value in (spread.median, spread.low, spread.high))
    return Figures(label, spread.count, median, low, high, [names[number] for number in spread.outliers], spread.note)


def _shown(value: Fraction | None) -> Decimal | None:
    return None if value is None else rounded(value)
