"""indicators.yaml to a Catalogue; every fault in Chinese with file, entry and place."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from spectown.core.faults import said
from spectown.core.monitoring.catalogue import Catalogue
from spectown.core.monitoring.entries import entry_faults
from spectown.core.monitoring.indicator import Indicator
from spectown.core.monitoring.parsing import formula_faults
from spectown.core.monitoring.tree import FormulaFault, parse

FILE = "indicators.yaml"
_READ = TypeAdapter(Indicator)
T = TypeVar("T")


class MonitoringFault(ValueError):
    """Data of monitoring cannot be used; the message says where and why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Known:
    """Codes of the plan that entries may name; None = not looked at."""

    units: Collection[str] | None = None
    clauses: Collection[str] | None = None
    categories: Collection[str] | None = None


def read_catalogue(data: Sequence[Mapping[str, Any]], known: Known | None = None) -> Catalogue:
    """The entries under `indicators` of indicators.yaml (or of its JSON). Raises MonitoringFault with all faults."""
    entries = read_entries(FILE, "indicators", data, _READ)
    known = known or Known()
    require([f"{_place(each)}:{fault}" for each in entries for fault in entry_faults(each, known)])
    require(_sequence_faults(entries))
    catalogue, faults = _catalogue(entries)
    require(faults)
    require([f"{FILE}:{fault}" for fault in formula_faults(catalogue)])
    return catalogue


def read_entries(file: str, key: str, data: Any, read: TypeAdapter[T]) -> list[T]:
    """Each entry validated. Raises MonitoringFault naming file, number and code of the entry, and place in it."""
    if not isinstance(data, Sequence) or isinstance(data, str):
        raise MonitoringFault(f"{file} 的 {key} 应为列表")
    found, faults = [], []
    for number, entry in enumerate(data, start=1):
        try:
            found.append(read.validate_python(entry))
        except ValidationError as error:
            code = entry.get("code", "") if isinstance(entry, Mapping) else ""
            told = dict.fromkeys(said(fault) for fault in error.errors())
            faults.append(f"{file} 中 {key} 的第 {number} 条({code}):{';'.join(told)}")
    require(faults)
    return found


def require(faults: Sequence[str]) -> None:
    """Raise MonitoringFault where there are faults."""
    if faults:
        raise MonitoringFault("。".join(faults) + "。")


def _place(indicator: Indicator) -> str:
    return f"{FILE} 的 {indicator.code}({indicator.since.code} 起)"


def _sequence_faults(entries: Sequence[Indicator]) -> list[str]:
    """Codes are told apart by their first period, and no two indicators have one name."""
    seen: dict[tuple[str, Any], Indicator] = {}
    names: dict[str, str] = {}
    faults = []
    for each in entries:
        if (each.code, each.since.first) in seen:
            faults.append(f"{_place(each)}:与另一条同一代码、同一起始期,请只留一条")
        if names.setdefault(each.name, each.code) != each.code:
            faults.append(f"{_place(each)}:名称“{each.name}”与 {names[each.name]} 相同")
        seen[each.code, each.since.first] = each
    return faults


def _catalogue(entries: Sequence[Indicator]) -> tuple[Catalogue, list[str]]:
    versions: dict[str, list[Indicator]] = {}
    trees, faults = {}, []
    for each in entries:
        versions.setdefault(each.code, []).append(each)
        if each.formula:
            try:
                trees[each.code, each.since] = parse(each.formula)
            except FormulaFault as fault:
                faults.append(f"{_place(each)} 的 formula:{fault}")
    ordered = {code: tuple(sorted(found, key=lambda each: each.since.first)) for code, found in versions.items()}
    return Catalogue(ordered, trees), faults
