"""What if (试算): a threshold, weight or other rule moved; which known towns or cases come out otherwise."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from spectown.core.certification.answers import Answers
from spectown.core.certification.check import check
from spectown.core.certification.criteria import CriteriaSet, Threshold
from spectown.core.certification.outcomes import Path
from spectown.core.rounds.decision import Choice, Entry, Row, decision_table
from spectown.core.rounds.rules import Rules
from spectown.core.rounds.scores import Sheet, case_score


@dataclass(frozen=True, slots=True)
class Known:
    """A town or case with its answers and the sheets that experts handed in (none: not scored)."""

    case: str
    town: str
    county: str
    field: str
    answers: Answers
    sheets: tuple[Sheet, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """Criteria and rules as they are, or as they might be, and the day whose thresholds are in force."""

    criteria: CriteriaSet
    rules: Rules
    on: date


@dataclass(frozen=True, slots=True)
class Change:
    """A case that comes out otherwise: rows before and after, each with proposal, place and reasons."""

    case: str
    town: str
    before: Row
    after: Row

    @property
    def outcome_changed(self) -> bool:
        """Tell whether the proposal itself changes, not only the place."""
        return self.before.proposal is not self.after.proposal

    @property
    def sentence(self) -> str:
        """The change in Chinese, with the reasons of the new outcome."""
        then, now = self.before.proposal.label, self.after.proposal.label
        if not self.outcome_changed:
            return f"{self.town}:仍为“{then}”,位次由{_place(self.before)}变为{_place(self.after)}"
        return f"{self.town}:由“{then}”变为“{now}”,{''.join(self.after.reasons)}"


def entry_of(known: Known, setting: Setting) -> Entry:
    """A town or case as an entry of the decision table, under a setting."""
    criteria = checked_only(setting.criteria, setting.rules)
    score = case_score(known.sheets, setting.rules) if setting.rules.panel else None
    return Entry(
        known.case, known.town, known.county, known.field, check(known.answers, criteria, on=setting.on), score
    )


def what_if(known: Iterable[Known], before: Setting, after: Setting) -> tuple[Change, ...]:
    """All cases whose proposal or place differs: proposals first, then in the order of the new table."""
    cases = list(known)
    old, new = (decision_table([entry_of(each, s) for each in cases], s.rules) for s in (before, after))
    was = {row.entry.case: row for row in old}
    changes = [Change(row.entry.case, row.entry.town, was[row.entry.case], row) for row in new]
    changed = [c for c in changes if (c.before.proposal, c.before.place) != (c.after.proposal, c.after.place)]
    return tuple(sorted(changed, key=lambda change: not change.outcome_changed))


def gained_and_lost(changes: Iterable[Change]) -> tuple[int, int]:
    """How many would be certified that were not, and the other way."""
    pairs = [(c.before.proposal is Choice.CERTIFY, c.after.proposal is Choice.CERTIFY) for c in changes]
    return pairs.count((False, True)), pairs.count((True, False))


def unscored(rules: Rules) -> Rules:
    """The rules without expert review, to try thresholds on towns that nobody has scored."""
    return rules.model_copy(update={"panel": None, "sheet": (), "pass_score": None})


def with_weights(rules: Rules, weights: Mapping[str, Decimal]) -> Rules:
    """The rules with other weights by the code of an item; KeyError for an item that the sheet does not have."""
    if unknown := set(weights) - {item.code for item in rules.sheet}:
        raise KeyError(f"no item of the sheet: {sorted(unknown)}")
    sheet = tuple(item.model_copy(update={"weight": weights.get(item.code, item.weight)}) for item in rules.sheet)
    return rules.model_copy(update={"sheet": sheet})


def with_threshold(
    criteria: CriteriaSet, value: Decimal, *, criterion: str = "", category: str = "", path: Path, on: date
) -> CriteriaSet:
    """The criteria with the threshold of a criterion or of a category (万元) moved on one path.

    KeyError where no threshold of it is in force on that day for that path.
    """
    moved = False

    def move(thresholds: tuple[Threshold, ...]) -> tuple[Threshold, ...]:
        nonlocal moved
        hits = [each.applies(on, path) for each in thresholds]
        moved = moved or any(hits)
        pairs = zip(thresholds, hits, strict=True)
        return tuple(replace(each, value=value) if hit else each for each, hit in pairs)

    changed = replace(
        criteria,
        criteria=tuple(
            replace(c, thresholds=move(c.thresholds)) if c.code == criterion else c for c in criteria.criteria
        ),
        categories=tuple(
            replace(c, thresholds=move(c.thresholds)) if c.code == category else c for c in criteria.categories
        ),
    )
    if not moved:
        raise KeyError(f"no threshold of {criterion or category} on path {path} in force on {on}")
    return changed


def checked_only(criteria: CriteriaSet, rules: Rules) -> CriteriaSet:
    """The criteria that a round checks: all, or those that its rules name (复核 may look at fewer)."""
    if not rules.criteria:
        return criteria
    return replace(criteria, criteria=tuple(each for each in criteria.criteria if each.code in rules.criteria))


def _place(row: Row) -> str:
    return "无" if row.place is None else f"第{row.place}"
