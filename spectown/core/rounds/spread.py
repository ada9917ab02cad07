"""How far the scores of a case lie apart, and which stand out: median and MAD, so that one score cannot hide itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from spectown.core.rounds.ruleparts import Outliers

_CONSISTENT = Fraction(6745, 10000)  # 0.6745: makes the MAD comparable to a standard deviation (Iglewicz/Hoaglin 1993)


@dataclass(frozen=True, slots=True)
class Spread:
    """Of the totals of a case (of 100); `outliers`: experts whose score stands out.

    `note` says why nothing is judged (too few). An outlier is shown, never left out of the mean.
    """

    count: int
    median: Fraction | None
    mad: Fraction | None
    low: Fraction | None
    high: Fraction | None
    outliers: tuple[str, ...]
    note: str


def spread(totals: Mapping[str, Fraction | None], settings: Outliers) -> Spread:
    """The spread of the totals by expert; None (not complete) does not count.

    A score stands out where it lies `gap` points or more from the median *and* 0.6745 × distance / MAD is above
    `deviations`; where the MAD is 0 the gap alone decides. Fewer than `fewest` scores: nothing is judged.
    """
    given = {expert: total for expert, total in totals.items() if total is not None}
    if not given:
        return Spread(0, None, None, None, None, (), "还没有完整的评分。")
    middle = Fraction(median(given.values()))
    away = {expert: abs(total - middle) for expert, total in given.items()}
    mad = Fraction(median(away.values()))
    few = len(given) < settings.fewest
    note = f"只有{len(given)}个分数,少于{settings.fewest}个,不判断离群。" if few else ""
    far = () if few else tuple(sorted(expert for expert, distance in away.items() if _far(distance, mad, settings)))
    return Spread(len(given), middle, mad, min(given.values()), max(given.values()), far, note)


def _far(distance: Fraction, mad: Fraction, settings: Outliers) -> bool:
    wide = distance >= Fraction(settings.gap)
    return wide and (mad == 0 or _CONSISTENT * distance / mad > Fraction(settings.deviations))
