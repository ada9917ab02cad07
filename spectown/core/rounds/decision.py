"""The decision table of a round: order of its cases, a proposal with reasons for each (方案 二, 二(五) 优先评定)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from itertools import groupby

from spectown.core.certification.outcomes import Overall
from spectown.core.certification.result import CheckResult
from spectown.core.rounds.quotas import Claim, over_quota
from spectown.core.rounds.ruleparts import PriorityUse
from spectown.core.rounds.rules import Rules
from spectown.core.rounds.scores import CaseScore, rounded


class Choice(StrEnum):
    """What is proposed or decided for a case."""

    CERTIFY = "certify"
    REFUSE = "refuse"
    PENDING = "pending"

    @property
    def label(self) -> str:
        """Chinese label for the screen."""
        return {"certify": "拟认定", "refuse": "拟不予认定", "pending": "待定"}[self.value]


@dataclass(frozen=True, slots=True)
class Entry:
    """One case as it comes to the decision; `score` None in a round without expert review."""

    case: str
    town: str
    county: str
    field: str
    check: CheckResult
    score: CaseScore | None = None

    @property
    def total(self) -> Fraction | None:
        """Exact total of 100; None = not scored."""
        return self.score.total if self.score else None

    @property
    def held(self) -> int:
        """How many kinds of priority factors are held; one that is not reported is not held, and the page says so."""
        return sum(factor.held is True for factor in self.check.priority)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `place`: 1, 2, 2, 4; None without a total. `tied`: others have the same place.

    `over`: names of the quotas that are full before it, or that its tie crosses.
    """

    entry: Entry
    place: int | None
    tied: bool
    proposal: Choice
    reasons: tuple[str, ...]
    over: tuple[str, ...] = ()


Rank = tuple[Fraction | int, Fraction | int]


def decision_table(entries: Iterable[Entry], rules: Rules) -> tuple[Row, ...]:
    """All cases of a round in order, with proposals; equal ones stand by case number, which means nothing."""
    everything, scored = list(entries), rules.panel is not None
    ranked = sorted(
        (e for e in everything if not scored or e.total is not None), key=lambda e: (_rank(e, rules), e.case)
    )
    given = {entry.case for entry in ranked}
    rows: list[Row] = []
    for _, group in groupby(ranked, key=lambda e: _rank(e, rules)):
        same, place = list(group), len(rows) + 1
        rows += [_row(entry, rules, place, len(same) > 1) for entry in same]
    unranked = sorted((e for e in everything if e.case not in given), key=lambda e: e.case)
    return (*_within_quota(rows, rules), *(_row(entry, rules, None, False) for entry in unranked))


def _rank(entry: Entry, rules: Rules) -> Rank:
    total, held = -(entry.total or Fraction(0)), -entry.held
    return (held, total) if rules.priority is PriorityUse.FIRST else (total, held)


def _row(entry: Entry, rules: Rules, place: int | None, tied: bool) -> Row:
    choice, reasons = propose(entry, rules)
    return Row(entry, place, tied, choice, tuple(reasons))


def propose(entry: Entry, rules: Rules) -> tuple[Choice, list[str]]:
    """What the rules alone say of a case, before quotas, with every reason."""
    check = entry.check
    if check.overall is Overall.NOT_YET:
        return Choice.REFUSE, [f"{need.message}({need.clause})" for need in check.missing]
    if check.overall is Overall.UNDETERMINED:
        return Choice.PENDING, [f"{need.message}({need.clause})" for need in check.missing]
    if rules.panel is not None and entry.total is None:
        return Choice.PENDING, list(entry.score.reasons) if entry.score else ["还没有专家评分。"]
    if rules.pass_score is not None and entry.total is not None and entry.total < Fraction(rules.pass_score):
        shown, limit = rounded(entry.total), f"{rules.pass_score.normalize():f}"
        exact = "(舍入前)" if shown >= rules.pass_score else ""
        return Choice.REFUSE, [f"评审总分{shown}{exact}低于及格分{limit}。"]
    ways = "、".join(path.rule.label for path in check.paths.values() if path.overall is Overall.QUALIFIES)
    held = "、".join(factor.label for factor in check.priority if factor.held)
    return Choice.CERTIFY, [f"按{ways}符合条件。", *([f"优先评定因素:{held}。"] if held else [])]


def _within_quota(rows: Sequence[Row], rules: Rules) -> tuple[Row, ...]:
    groups = [
        [Claim(row.entry.case, row.entry.county, row.entry.field) for row in group if row.proposal is Choice.CERTIFY]
        for _, group in groupby(rows, key=lambda row: row.place)
    ]
    found = over_quota(groups, rules.quota)
    return tuple(
        replace(
            row,
            proposal=Choice.PENDING if found[row.entry.case].tie else Choice.REFUSE,
            reasons=(*row.reasons, *found[row.entry.case].reasons),
            over=found[row.entry.case].names,
        )
        if row.entry.case in found
        else row
        for row in rows
    )
