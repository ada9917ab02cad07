"""Rules that look at a figure by itself or among the towns of its category: range, outlier."""

from __future__ import annotations

import numpy as np

from spectown.core.monitoring.checks import Outlier, Range
from spectown.core.monitoring.indicator import Indicator
from spectown.core.monitoring.looking import Look, amount, places
from spectown.core.monitoring.panel import SCALE, Bools, Floats

_TO_DEVIATION = 0.6745  # of a normal distribution, the median deviation in standard ones (Iglewicz and Hoaglin)


def in_range(rule: Range, indicator: Indicator, look: Look) -> None:
    """Find figures below `low` or above `high`; scaled whole numbers, so that the limit itself is in."""
    towns = look.usable(rule, indicator)
    column = look.panel.column(indicator.code, look.period)
    look.done += int(towns.sum())
    wrong = np.zeros(len(towns), bool)
    if rule.low is not None:
        wrong |= column.scaled < int(rule.low * SCALE)
    if rule.high is not None:
        wrong |= column.scaled > int(rule.high * SCALE)
    for place in places(towns & wrong):
        limits = [f"不小于 {rule.low}"] * (rule.low is not None) + [f"不大于 {rule.high}"] * (rule.high is not None)
        shown = amount(column.number(place), indicator)
        look.found(rule, indicator, place, f"{indicator.name}本期 {shown},应{'、'.join(limits)}")


def outlier(rule: Outlier, indicator: Indicator, look: Look) -> None:
    """Find figures far from the median of the category."""
    towns = look.usable(rule, indicator)
    column = look.panel.column(indicator.code, look.period)
    if rule.log:
        look.leave(rule, indicator.code, towns & (column.scaled <= 0), "不大于 0 的数不按量级比")
        towns = towns & (column.scaled > 0)
    for category in np.unique(look.panel.categories[towns]):
        _in_category(rule, indicator, look, towns & (look.panel.categories == category))


def _in_category(rule: Outlier, indicator: Indicator, look: Look, peers: Bools) -> None:
    if (count := int(peers.sum())) < rule.peers:
        look.leave(rule, indicator.code, peers, f"同类只有 {count} 个镇有数,满 {rule.peers} 个才比")
        return
    column = look.panel.column(indicator.code, look.period)
    raw = column.floats[peers]
    values: Floats = np.log10(raw) if rule.log else raw
    apart = np.abs(values - np.median(values))
    deviation = float(np.median(apart))
    if not deviation:
        look.leave(rule, indicator.code, peers, "同类多数镇的数相同,不能按离散程度比")
        return
    look.done += count
    middle = f"{np.median(raw):,.6g}{indicator.unit}"
    far = np.flatnonzero(peers)[_TO_DEVIATION * apart / deviation > float(rule.score)]
    for place in far.tolist():
        shown = amount(column.number(place), indicator)
        look.found(rule, indicator, place, f"{indicator.name}本期 {shown},同类 {count} 个镇的中位数是 {middle}")
