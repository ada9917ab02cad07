"""Raw values to 0…1, one column at a time (n,), NaN = not reported. Formulas: docs/algorithms/evaluation.md."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from spectown.core.evaluation.scheme import Indicator, Normalisation
from spectown.core.evaluation.table import Bools, Floats, Table, Unusable


def normalised(table: Table, indicator: Indicator, method: Normalisation) -> Floats:
    """The column of an indicator, static and dynamic parts together. Raises Unusable."""
    raw = table.column(indicator.column)
    if indicator.log:
        raw = _logarithm(table, indicator, raw)
    if method == Normalisation.PLACES:
        return _places(raw, _before(table, indicator), indicator.reversed)
    level = FORMULAS[method](raw, indicator)
    if not indicator.dynamic:
        return level
    before = _before(table, indicator)
    with np.errstate(divide="ignore", invalid="ignore"):
        growth = np.where(before == 0, np.nan, (table.column(indicator.column) - before) / np.abs(before))
    grown = (1 - indicator.dynamic) * level + indicator.dynamic * _minmax(growth, indicator)
    unknown = np.isnan(growth) & (indicator.dynamic < 1)
    return np.where(unknown, level, grown)  # nothing to compare with: the level alone


def _before(table: Table, indicator: Indicator) -> Floats:
    if not indicator.previous:
        raise Unusable(f"指标“{indicator.code}”要与上期比较,请在方案中用 previous 写明上期数所在的列。")
    return table.column(indicator.previous)


def _logarithm(table: Table, indicator: Indicator, raw: Floats) -> Floats:
    bad = np.flatnonzero(raw <= 0)
    if bad.size:
        town, value = table.names[bad[0]], raw[bad[0]]
        raise Unusable(f"指标“{indicator.code}”取对数,但“{town}”的值是 {value:g},不大于 0。请核对该值,或不取对数。")
    return np.log(raw)


def reported(raw: Floats) -> Bools:
    """Which towns reported."""
    return ~np.isnan(raw)


def _flat(raw: Floats, value: float) -> Floats:
    return np.where(np.isnan(raw), np.nan, value)


def _minmax(raw: Floats, indicator: Indicator) -> Floats:
    known = raw[reported(raw)]
    if not known.size or known.min() == known.max():
        return _flat(raw, 0.5)
    low, high = known.min(), known.max()
    scaled: Floats = (high - raw if indicator.reversed else raw - low) / (high - low)
    return scaled


def _posts(indicator: Indicator) -> tuple[float, float]:
    if indicator.posts is None or indicator.posts[0] == indicator.posts[1]:
        raise Unusable(f"指标“{indicator.code}”的标准化办法要用两个不同的界值,请在方案中写 posts: [最差, 最好]。")
    return indicator.posts


def _goalposts(raw: Floats, indicator: Indicator) -> Floats:
    worst, best = _posts(indicator)
    return np.clip((raw - worst) / (best - worst), 0, 1)


def _zscore(raw: Floats, indicator: Indicator) -> Floats:
    known = raw[reported(raw)]
    if known.size < 2 or known.min() == known.max():
        return _flat(raw, 0.0)
    scaled: Floats = (raw - known.mean()) / known.std(ddof=1)
    return -scaled if indicator.reversed else scaled


def _rank(raw: Floats, indicator: Indicator) -> Floats:
    """(n − average rank)/(n − 1), which is (below + half of the equal)/(n − 1)."""
    known = np.sort(raw[reported(raw)])
    if known.size < 2:
        return _flat(raw, 0.5)
    below, not_above = np.searchsorted(known, raw, "left"), np.searchsorted(known, raw, "right")
    share = (below + not_above - 1) / 2 / (known.size - 1)
    return np.where(np.isnan(raw), np.nan, 1 - share if indicator.reversed else share)


def _target(raw: Floats, indicator: Indicator) -> Floats:
    target, known = _goal(indicator), raw[reported(raw)]
    worst = (known.max() if indicator.reversed else known.min()) if known.size else target
    if worst == target or (worst > target) != indicator.reversed:  # everybody is there
        return _flat(raw, 1.0)
    return np.minimum(1 - (target - raw) / (target - worst), 1)


def _attainment(raw: Floats, indicator: Indicator) -> Floats:
    target = _goal(indicator)
    with np.errstate(divide="ignore"):
        ratio = np.where(raw == 0, indicator.cap, target / raw) if indicator.reversed else raw / target
    return np.clip(ratio, 0, indicator.cap)


def _goal(indicator: Indicator) -> float:
    if not indicator.target:
        raise Unusable(f"指标“{indicator.code}”的标准化办法要用目标值,请在方案中写 target(不为 0)。")
    return indicator.target


def _efficacy(raw: Floats, indicator: Indicator) -> Floats:
    worst, best = _posts(indicator)
    return np.clip(0.6 + 0.4 * (raw - worst) / (best - worst), 0, 1)


def _vector(raw: Floats, indicator: Indicator) -> Floats:
    length = np.sqrt(np.nansum(raw**2))
    scaled = raw / length if length else _flat(raw, 0.0)
    return 1 - scaled if indicator.reversed else scaled


def _places(raw: Floats, before: Floats, reverse: bool) -> Floats:
    """Places gained over those that could be gained; who was first before and still is has nothing to gain: 1."""
    sign = 1 if reverse else -1
    old, new = _place(sign * before), _place(sign * raw)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(old == 1, np.where(new == 1, 1.0, 0.0), (old - new) / (old - 1))
    return np.where(np.isnan(raw) | np.isnan(before), np.nan, np.maximum(share, 0))


def _place(ordered: Floats) -> Floats:
    before = np.searchsorted(np.sort(ordered[reported(ordered)]), ordered, "left")
    return 1 + before.astype(np.float64)


FORMULAS: Mapping[Normalisation, Callable[[Floats, Indicator], Floats]] = {
    Normalisation.MINMAX: _minmax,
    Normalisation.GOALPOSTS: _goalposts,
    Normalisation.ZSCORE: _zscore,
    Normalisation.RANK: _rank,
    Normalisation.PERCENTILE: _rank,
    Normalisation.TARGET: _target,
    Normalisation.ATTAINMENT: _attainment,
    Normalisation.EFFICACY: _efficacy,
    Normalisation.VECTOR: _vector,
}
