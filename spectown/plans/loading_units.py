"""organisation.yaml becomes territories, units, dated names and collectives."""

from __future__ import annotations

from spectown.organisations.loading import load_territories
from spectown.organisations.models import Territory, Unit, UnitName
from spectown.plans.entries import Organisation, UnitEntry
from spectown.plans.folder import FolderFault


def load_organisation(organisation: Organisation) -> None:
    """Upsert everything of organisation.yaml by code."""
    territories = load_territories(organisation.territories)
    units = {entry.code: _unit(order, entry, territories) for order, entry in enumerate(organisation.units)}
    for entry in organisation.units:
        _relations(units, entry)


def _unit(order: int, entry: UnitEntry, territories: dict[str, Territory]) -> Unit:
    if entry.territory and entry.territory not in territories:
        raise FolderFault(f"organisation.yaml 中单位 {entry.code} 的属地 {entry.territory} 没有定义。")
    values = {
        "name": entry.name_in_use(),
        "kind": entry.kind,
        "territory": territories.get(entry.territory),
        "order": order,
        "reviewed": True,
    }
    unit, _ = Unit.objects.update_or_create(code=entry.code, defaults=values)
    for name in entry.dated_names():
        rest = {"valid_to": name.valid_to, "note": name.note}
        UnitName.objects.update_or_create(
            unit=unit, name=name.name, kind=name.kind, valid_from=name.valid_from, defaults=rest
        )
    return unit


def _relations(units: dict[str, Unit], entry: UnitEntry) -> None:
    if entry.parent:
        if entry.parent not in units:
            raise FolderFault(f"organisation.yaml 中单位 {entry.code} 的上级 {entry.parent} 没有定义。")
        units[entry.code].parent = units[entry.parent]
        units[entry.code].save(update_fields=["parent"])
    if entry.members_of_kind:
        units[entry.code].members.set(Unit.objects.filter(kind__in=entry.members_of_kind))
