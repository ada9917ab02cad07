"""What one entry of the catalogue says must go together: kind, unit, how obtained, thresholds, codes of the plan."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spectown.core.monitoring.derivations import DERIVATIONS
from spectown.core.monitoring.indicator import Direction, Indicator, Kind, Obtained
from spectown.core.monitoring.units import unit_of

if TYPE_CHECKING:
    from spectown.core.monitoring.reading import Known

MOST_DECIMALS = 4
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")


def entry_faults(each: Indicator, known: Known) -> list[str]:
    """What is wrong with one entry by itself, in Chinese."""
    return [*_form(each), *_unit(each), *_obtained(each), *_thresholds(each), *_codes(each, known)]


def _form(each: Indicator) -> list[str]:
    checks = (
        (not _CODE.fullmatch(each.code), "code 应由小写字母、数字和下划线组成,不超过 40 个字符"),
        (len(each.definition) < 8, "definition(口径)应写清楚统计什么、不统计什么"),
        (not 0 <= each.decimals <= MOST_DECIMALS, f"decimals 应为 0 至 {MOST_DECIMALS}"),
        (each.until is not None and each.until.last < each.since.first, "until 早于 since"),
        (each.kind == Kind.TEXT and each.obtained != Obtained.FILLED, "文字指标只能填报"),
    )
    return [said for wrong, said in checks if wrong]


def _unit(each: Indicator) -> list[str]:
    if each.kind == Kind.TEXT:
        return ["文字指标没有 unit"] if each.unit else []
    try:
        unit = unit_of(each.unit)
    except ValueError as fault:
        return [f"unit:{fault}"]
    if not each.unit:
        return ["unit 没有填写"]
    return ["kind 为 count 的,decimals 应为 0"] if each.kind == Kind.COUNT and (each.decimals or not unit.bases) else []


def _obtained(each: Indicator) -> list[str]:
    derived, computed = each.obtained == Obtained.DERIVED, each.obtained == Obtained.COMPUTED
    if derived != bool(each.derivation) or computed != bool(each.formula):
        return ["obtained 为 derived 的写 derivation,为 computed 的写 formula,为 filled 的都不写"]
    if not derived:
        return []
    found = DERIVATIONS.get(each.derivation)
    if found is None:
        return [f"derivation:没有 {each.derivation} 这个取数办法"]
    return [] if found.unit == each.unit else [f"unit 应为 {found.unit}({found.ledger}的单位),现为 {each.unit}"]


def _thresholds(each: Indicator) -> list[str]:
    if each.warn is None and each.good is None:
        return []
    if each.warn is None or each.good is None or each.direction == Direction.NONE:
        return ["warn 和 good 要么都写并写明 direction,要么都不写"]
    right = each.warn < each.good if each.direction == Direction.UP else each.warn > each.good
    return [] if right else ["warn 与 good 的大小与 direction 不符"]


def _codes(each: Indicator, known: Known) -> list[str]:
    faults = []
    if known.units is not None and each.source not in known.units:
        faults.append(f"source:organisation.yaml 中没有单位 {each.source}")
    if known.clauses is not None and each.clause not in known.clauses:
        faults.append(f"clause:方案中没有条款 {each.clause}")
    if known.categories is not None and (odd := sorted(set(each.categories) - set(known.categories))):
        faults.append(f"categories:没有类别 {'、'.join(odd)}")
    return faults
