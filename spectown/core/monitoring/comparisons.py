"""Rules that compare a figure with another one of the same town: change, magnitude, falls, source.

Floats only choose candidates, with a margin; whether a rule is broken is decided on exact numbers.
"""

from __future__ import annotations

import math
from decimal import Decimal

import numpy as np

from spectown.core.monitoring.checks import Change, Falls, Magnitude, Source
from spectown.core.monitoring.indicator import Indicator
from spectown.core.monitoring.looking import Look, amount, places
from spectown.core.monitoring.panel import Bools, Column
from spectown.core.periods import year_ago
from spectown.core.units import parts_of

WORDS = {"last": "上期", "year_ago": "上年同期", "enterprises": "企业合计", "certified": "来源单位数"}
_MARGIN = 1 - 1e-9
# From the square root of 1000 on a figure is nearer to a hundred times the other than to ten times.
_FAR = Decimal(1000)
_MONEY = {0: "元", 4: "万元", 8: "亿元"}


def change(rule: Change, indicator: Indicator, look: Look) -> None:
    """Find changes of more than the percentage, and of at least the floor."""
    period = look.previous(indicator) if rule.against == "last" else year_ago(look.period)
    base, broken = look.earlier(indicator, period)
    towns = look.usable(rule, indicator)
    if broken:
        look.leave(rule, indicator.code, towns, broken)
        return
    _apart(rule, indicator, look, look.comparable(rule, indicator, towns, base, WORDS[rule.against]), base)


def source(rule: Source, indicator: Indicator, look: Look) -> None:
    """Find figures that differ from another source by more than the percentage, and by at least the floor."""
    base = look.panel.column(indicator.code, look.period, rule.against)
    towns = look.comparable(rule, indicator, look.usable(rule, indicator), base, WORDS[rule.against])
    _apart(rule, indicator, look, towns, base)


def _apart(rule: Change | Source, indicator: Indicator, look: Look, towns: Bools, base: Column) -> None:
    now = look.panel.column(indicator.code, look.period)
    look.done += int(towns.sum())
    with np.errstate(invalid="ignore"):
        gap = np.abs(now.floats - base.floats)
        near = gap * 100 >= float(rule.percent) * np.abs(base.floats) * _MARGIN
    for place in places(towns & near & (gap > 0)):
        new, old = now.number(place), base.number(place)
        if abs(new - old) * 100 > rule.percent * abs(old) and abs(new - old) >= rule.floor:
            word = WORDS[rule.against]
            told = f"{indicator.name}本期 {amount(new, indicator)},{word} {amount(old, indicator)}"
            look.found(rule, indicator, place, f"{told}{_percent(new, old)},超过 {rule.percent}%")


def _percent(new: Decimal, old: Decimal) -> str:
    if not old:
        return ""
    share = ((new - old) / abs(old) * 100).quantize(Decimal("0.1"))
    return f",相差 {share:+,f}%"


def falls(rule: Falls, indicator: Indicator, look: Look) -> None:
    """Find cumulative figures below that of the period before, within the year."""
    period = look.previous(indicator)
    if period.last[0] != look.period.last[0]:
        return
    base, broken = look.earlier(indicator, period)
    towns = look.usable(rule, indicator)
    if broken:
        look.leave(rule, indicator.code, towns, broken)
        return
    towns = look.comparable(rule, indicator, towns, base, "上期")
    now = look.panel.column(indicator.code, look.period)
    look.done += int(towns.sum())
    with np.errstate(invalid="ignore"):
        near = now.floats <= base.floats
    for place in places(towns & near):
        new, old = now.number(place), base.number(place)
        if new < old:
            told = f"{indicator.name}本期累计 {amount(new, indicator)},小于上期累计 {amount(old, indicator)}"
            look.found(rule, indicator, place, told)


def magnitude(rule: Magnitude, indicator: Indicator, look: Look) -> None:
    """Find figures some hundred times the last one, or such a part of it; where there is none, the last year's."""
    towns = look.usable(rule, indicator)
    for word, period in (("上期", look.previous(indicator)), ("上年同期", year_ago(look.period))):
        base, _ = look.earlier(indicator, period)
        now = look.panel.column(indicator.code, look.period)
        known = towns & base.figures & (base.scaled != 0)
        look.done += int(known.sum())
        _far(rule, indicator, look, word, known, now, base)
        towns = towns & ~known
    look.leave(rule, indicator.code, towns, "上期和上年同期都没有数,或都为 0")


def _far(rule: Magnitude, indicator: Indicator, look: Look, word: str, towns: Bools, now: Column, base: Column) -> None:
    with np.errstate(invalid="ignore"):
        size, old_size = np.abs(now.floats), np.abs(base.floats)
        far = (size >= 31 * old_size) | (old_size >= 31 * size)
    for place in places(towns & far & (now.scaled != 0)):
        new, old = now.number(place), base.number(place)
        large, small = max(abs(new), abs(old)), min(abs(new), abs(old))
        if large * large >= _FAR * small * small:
            told = f"{indicator.name}本期 {amount(new, indicator)},{word} {amount(old, indicator)}"
            hint = _hint(indicator.unit, large / small, is_larger=abs(new) > abs(old))
            look.found(rule, indicator, place, f"{told},{hint}")


def _hint(unit: str, times: Decimal, *, is_larger: bool) -> str:
    """What was probably mistaken: 元 or 亿元 for 万元 where the power says so, else places of the number."""
    power, base = parts_of(unit.partition("/")[0])
    steps = round(math.log10(times))
    word = f"约为 {10**steps} 倍" if is_larger else f"约为 {10**steps} 分之一"
    meant = _MONEY.get(power - steps if is_larger else power + steps)
    if base == "元" and meant:
        return f"{word},是否按{meant}填了(应填{unit})"
    return f"{word},是否{'多' if is_larger else '少'}写了 {steps} 位"
