"""Formulas of a whole catalogue: known codes, periods that fit, units that fit, no circles."""

from __future__ import annotations

from graphlib import CycleError

from spectown.core.monitoring.catalogue import Catalogue
from spectown.core.monitoring.formula import check_result
from spectown.core.monitoring.indicator import Indicator, Kind
from spectown.core.monitoring.tree import SHIFTS, FormulaFault, Node, Ref, refs
from spectown.core.periods import Period, containing


def formula_faults(catalogue: Catalogue) -> list[str]:
    """What is wrong with formulas, in Chinese."""
    faults = []
    for (code, since), node in catalogue.trees.items():
        indicator = next(each for each in catalogue.versions[code] if each.since == since)
        place = f"{code}({since.code} 起)的 formula"
        faults += [f"{place}:{fault}" for fault in tree_faults(catalogue, node, indicator)]
    return faults or _circles(catalogue)


def tree_faults(catalogue: Catalogue, node: Node, result: Indicator) -> list[str]:
    """What is wrong with one formula whose result has the unit and periods of `result`."""
    found = list(refs(node))
    unknown = sorted({ref.code for ref in found} - catalogue.versions.keys())
    if unknown:
        return [f"没有指标 {'、'.join(unknown)}"]
    if not found:
        return ["公式中至少应有一个指标"]
    faults = [fault for ref in found for fault in _period_faults(catalogue, ref, result)]
    return faults or _unit_faults(catalogue, node, result)


def _period_faults(catalogue: Catalogue, ref: Ref, result: Indicator) -> list[str]:
    faults = []
    for each in catalogue.versions[ref.code]:
        if each.every.months > result.every.months:
            faults.append(f"“{each.name}”按{each.every.label}报送,不能用于按{result.every.label}的“{result.name}”")
        if each.kind == Kind.TEXT:
            faults.append(f"“{each.name}”是文字,不能用于公式")
        if each.kind == Kind.RATIO and each.every != result.every:
            faults.append(f"“{each.name}”是比率,不能由{each.every.label}并成{result.every.label}")
        if "ytd" in ref.shifts and each.kind != Kind.FLOW:
            faults.append(f"ytd 只用于期间数,“{each.name}”是{each.kind.label}")
    return list(dict.fromkeys(faults))


def _unit_faults(catalogue: Catalogue, node: Node, result: Indicator) -> list[str]:
    """Units are checked for each time from which on the result or something it reads has a new version."""
    starts = {result.since} | {each.since for ref in refs(node) for each in catalogue.versions[ref.code]}
    periods = {containing(start, result.every) for start in starts}
    found = [_unit_fault(catalogue, node, result, each) for each in sorted(periods) if result.covers(each)]
    return list(dict.fromkeys(fault for fault in found if fault))


def _unit_fault(catalogue: Catalogue, node: Node, result: Indicator, period: Period) -> str:
    def unit(ref: Ref) -> str:
        return (catalogue.on(ref.code, period) or catalogue.versions[ref.code][0]).unit

    try:
        check_result(node, result.unit, unit, lambda ref: _name(catalogue, ref))
    except FormulaFault as fault:
        return str(fault)
    return ""


def _name(catalogue: Catalogue, ref: Ref) -> str:
    return catalogue.versions[ref.code][-1].name + "".join(SHIFTS[shift] for shift in ref.shifts)


def _circles(catalogue: Catalogue) -> list[str]:
    for month in sorted({since.first for _, since in catalogue.trees}):
        try:
            catalogue.order(Period(month))
        except CycleError as circle:
            path = [catalogue.versions[code][-1].name for code in circle.args[1]]
            return [f"公式循环引用:{' → '.join(path)}"]
    return []
