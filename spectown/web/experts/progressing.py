"""Progress and spread of the cases of a round, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count, Exists, OuterRef, Prefetch

from spectown.core.rounds.rules import Rules
from spectown.core.rounds.scores import case_score, rounded
from spectown.core.rounds.spread import Spread
from spectown.organisations.actors import Actor
from spectown.rounds.models import Case, CaseVersion, Round, Seat
from spectown.rounds.models.case import CaseQuerySet
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


@dataclass(frozen=True, slots=True)
class Totals:
    """Over all cases of a round: how many, sheets that there should be, sheets that count."""

    cases: int
    wanted: int
    submitted: int


def cases_of(round_: Round, actor: Actor) -> CaseQuerySet:
    """Every case that was accepted under rules with experts, in the order of the counties."""
    sizes = _sizes(round_)
    return Case.objects.visible_to(actor).filter(round=round_, rules__in=list(sizes)).exclude(state__in=BEFORE)


def totals_of(round_: Round, actor: Actor) -> Totals:
    """Counted by the database, whatever page is shown."""
    cases, sizes = cases_of(round_, actor), _sizes(round_)
    numbers = dict(cases.order_by().values_list("rules").annotate(Count("pk")))
    newer = CaseVersion.objects.filter(case=OuterRef("case"), number__gt=OuterRef("version__number"))
    sheets = Seat.objects.filter(case__in=cases.values("pk"), left_at__isnull=True, submitted_at__isnull=False)
    wanted = sum(number * sizes[rules] for rules, number in numbers.items())
    return Totals(sum(numbers.values()), wanted, sheets.exclude(Exists(newer)).count())


def _sizes(round_: Round) -> dict[int, int]:
    """Size of the panel by version of the rules, of those that have one."""
    panels = {version.pk: version.rules.panel for version in round_.rules_versions.all()}
    return {pk: panel.size for pk, panel in panels.items() if panel is not None}


def with_review(cases: CaseQuerySet) -> CaseQuerySet:
    """Cases with all that their progress needs, in a fixed number of queries."""
    read = Seat.objects.select_related("expert__user", "version").defer("version__content")
    seats = read.prefetch_related("scores").order_by("pk")
    versions = CaseVersion.objects.defer("content").order_by("number")
    found = cases.select_related("rules", "unit", "town", "application").defer("application__unreadable")
    return found.prefetch_related(Prefetch("seats", seats), Prefetch("versions", versions))


def progress_of(cases: Iterable[Case]) -> list[Progress]:
    """The progress of cases (of `with_review`)."""
    rules: dict[int, Rules] = {}
    found = []
    for case in cases:
        own = rules.setdefault(case.rules_id, case.rules.rules)
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
