"""Scores of a case: one sheet an expert, exact totals, what is missing or abstained is never 0."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from spectown.core.rounds.ruleparts import ScoreItem
from spectown.core.rounds.rules import Rules


@dataclass(frozen=True, slots=True)
class Line:
    """What an expert gave for one item: points, or `abstained`, either with a reason; points None = not scored."""

    points: Decimal | None
    reason: str
    abstained: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One expert's sheet of one case, bound to the version that was read; only submitted sheets count."""

    expert: str
    version: int
    lines: Mapping[str, Line]
    submitted: bool = True


def sheet_faults(sheet: Sheet, items: Iterable[ScoreItem]) -> list[str]:
    """Why a sheet cannot be submitted: every item needs points within its range, or an abstention, and a reason."""
    found = []
    for item in items:
        line = sheet.lines.get(item.code)
        if line is None or (line.points is None and not line.abstained):
            found.append(f"“{item.title}”还没有评分。")
            continue
        if line.points is not None and line.abstained:
            found.append(f"“{item.title}”不能既评分又弃权。")
        if line.points is not None and not 0 <= line.points <= item.max_points:
            found.append(f"“{item.title}”应为0至{item.max_points.normalize():f}分,现为{line.points}。")
        if not line.reason.strip():
            found.append(f"“{item.title}”须写明理由。")
    return found


@dataclass(frozen=True, slots=True)
class ItemScore:
    """One item over all experts: how many gave points, their mean (exact, in points), None where too few did."""

    code: str
    given: int
    abstained: int
    mean: Fraction | None


@dataclass(frozen=True, slots=True)
class CaseScore:
    """The score of a case: `total` of 100, exact, None where an item lacks; `totals` by expert; `reasons` why None."""

    total: Fraction | None
    items: tuple[ItemScore, ...]
    totals: Mapping[str, Fraction | None]
    reasons: tuple[str, ...]

    @property
    def shown(self) -> Decimal | None:
        """The total rounded for the screen, once: two decimals, half up. Never rank by it."""
        return None if self.total is None else rounded(self.total)


def rounded(value: Fraction, places: str = "0.01") -> Decimal:
    """A fraction as a decimal, half up, exact where the fraction is."""
    step = Fraction(places)
    whole = (value / step + Fraction(1, 2)).__floor__()
    return (whole * Decimal(places)).quantize(Decimal(places), ROUND_HALF_UP)


def sheet_total(sheet: Sheet, items: Sequence[ScoreItem]) -> Fraction | None:
    """The weighted total of one sheet, of 100; None where an item has no points."""
    parts = []
    for item in items:
        line = sheet.lines.get(item.code)
        if line is None or line.points is None:
            return None
        parts.append(Fraction(line.points) / Fraction(item.max_points) * Fraction(item.weight))
    return sum(parts, Fraction(0))


def case_score(sheets: Iterable[Sheet], rules: Rules) -> CaseScore:
    """The score of a case: the mean of each item over the experts who gave points, weighted.

    Fewer points for an item than `rules.panel.minimum`: no total, with the reason. Raises ValueError without a panel.
    """
    if rules.panel is None:
        raise ValueError("the rules of this round have no expert review")
    counted = [sheet for sheet in sheets if sheet.submitted]
    items = tuple(_item(item, counted, rules.panel.minimum) for item in rules.sheet)
    parts = [
        score.mean / Fraction(item.max_points) * Fraction(item.weight)
        for item, score in zip(rules.sheet, items, strict=True)
        if score.mean is not None
    ]
    reasons = _reasons(items, rules, len(counted))
    total = sum(parts, Fraction(0)) if len(parts) == len(items) else None
    return CaseScore(total, items, {sheet.expert: sheet_total(sheet, rules.sheet) for sheet in counted}, reasons)


def _item(item: ScoreItem, sheets: Sequence[Sheet], minimum: int) -> ItemScore:
    lines = [sheet.lines[item.code] for sheet in sheets if item.code in sheet.lines]
    points = [Fraction(line.points) for line in lines if line.points is not None]
    mean = sum(points, Fraction(0)) / len(points) if len(points) >= minimum else None
    return ItemScore(item.code, len(points), sum(line.abstained for line in lines), mean)


def _reasons(items: Sequence[ItemScore], rules: Rules, sheets: int) -> tuple[str, ...]:
    least = rules.panel.minimum if rules.panel else 0
    if sheets < least:
        return (f"已提交评分的专家{sheets}名,至少须{least}名。",)
    titles = {item.code: item.title for item in rules.sheet}
    return tuple(
        f"“{titles[item.code]}”有分数的专家{item.given}名(弃权{item.abstained}名),至少须{least}名。"
        for item in items
        if item.mean is None
    )
