"""Experts of a case: who must stay away and why (回避), drawing a panel, the order in which each reads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from spectown.core.rounds.drawing import shuffled


@dataclass(frozen=True, slots=True)
class Expert:
    """An expert as known to the pool. `unit`, `former_units`: their units' names; `conflicts`: reasons by case number.

    `fields`: codes of industry; `declared`: cases whose no-conflict declaration is made; `enterprises`: firms in which
    the expert holds a post or a share.
    """

    number: str
    name: str
    unit: str
    county: str = ""
    fields: frozenset[str] = frozenset()
    former_units: frozenset[str] = frozenset()
    enterprises: frozenset[str] = frozenset()
    conflicts: Mapping[str, str] = field(default_factory=dict)
    declared: frozenset[str] = frozenset()
    active: bool = True


@dataclass(frozen=True, slots=True)
class CaseTies:
    """What ties a case to people: counties (applicant, territory), units (applicant, responsible, operator), firms."""

    number: str
    counties: frozenset[str]
    field: str = ""
    units: frozenset[str] = frozenset()
    enterprises: frozenset[str] = frozenset()


def conflicts(expert: Expert, case: CaseTies) -> list[str]:
    """Why the expert must not see this case, in Chinese; empty = may review it."""
    reasons = [] if expert.active else [f"{expert.name}已不在专家库中。"]
    if expert.county and expert.county in case.counties:
        reasons.append(f"{expert.name}是申报县(区){expert.county}的人员。")
    for unit in sorted({expert.unit, *expert.former_units} & (case.units | case.enterprises)):
        former = "" if unit == expert.unit else "曾"
        reasons.append(f"{expert.name}{former}在本件的单位{unit}任职。")
    for firm in sorted((expert.enterprises & (case.enterprises | case.units)) - {expert.unit}):
        reasons.append(f"{expert.name}在本件的企业{firm}任职或持股。")
    if case.number in expert.conflicts:
        reasons.append(f"{expert.name}申报回避:{expert.conflicts[case.number] or '未写原因'}。")
    return reasons


def reading_refusals(expert: Expert, case: CaseTies, panel: Iterable[str]) -> list[str]:
    """Why the expert may not open the material or score now; `panel`: numbers of the experts of this case."""
    reasons = conflicts(expert, case)
    if expert.number not in set(panel):
        reasons.append(f"{expert.name}不是本件的评审专家。")
    if case.number not in expert.declared:
        reasons.append("请先作出无利益冲突的声明。")
    return reasons


@dataclass(frozen=True, slots=True)
class Drawn:
    """A draw as it is recorded: seed, who was drawn, reserves in order, who was left out and why, what is lacking."""

    seed: str
    case: str
    drawn: tuple[str, ...]
    reserves: tuple[str, ...]
    excluded: Mapping[str, tuple[str, ...]]
    lacking: int


def draw(seed: str, pool: Iterable[Expert], case: CaseTies, size: int) -> Drawn:
    """Draw `size` experts of a case: those of its field first, each group in the order of the keys of the seed.

    Repeating it with the same seed, pool and case gives the same; a reserve takes the place of whoever drops out.
    """
    experts = {expert.number: expert for expert in pool}
    found = {number: tuple(conflicts(expert, case)) for number, expert in experts.items()}
    order = shuffled(seed, f"panel {case.number}", (number for number, reasons in found.items() if not reasons))
    order.sort(key=lambda number: case.field not in experts[number].fields)  # stable: keeps the drawn order
    excluded = {number: reasons for number, reasons in sorted(found.items()) if reasons}
    drawn, reserves = tuple(order[:size]), tuple(order[size:])
    return Drawn(seed, case.number, drawn, reserves, excluded, max(size - len(drawn), 0))


def panel_refusals(panel: Iterable[Expert], case: CaseTies, size: int) -> list[str]:
    """Why a panel, drawn or chosen, cannot review: too few, or somebody must stay away."""
    experts = list(panel)
    reasons = [reason for expert in experts for reason in conflicts(expert, case)]
    fitting = sum(not conflicts(expert, case) for expert in experts)
    if fitting < size:
        reasons.append(f"本件须有{size}名专家,可以评审的有{fitting}名。")
    return reasons


def reading_order(seed: str, expert: str, cases: Iterable[str]) -> list[str]:
    """The order in which one expert reads: own, stable; a new case does not move the others among themselves."""
    return shuffled(seed, f"order {expert}", cases)
