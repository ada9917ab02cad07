"""Units and territories of a plan folder become rows; what already stands is updated, nothing is removed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Protocol

from spectown.organisations.enums import NameKind, UnitKind
from spectown.organisations.models import Territory, Unit, UnitName


class TerritoryData(Protocol):
    """What a territory needs (plans.folder.TerritoryEntry)."""

    @property
    def code(self) -> str:
        """GB/T 2260 code, or an own code with Z- for a zone."""

    @property
    def name(self) -> str:
        """Short name."""

    @property
    def kind(self) -> str:
        """county or zone."""

    @property
    def grid(self) -> tuple[int, int]:
        """Row and column in the schematic."""


def tidy(name: str) -> str:
    """A unit's name without blanks, with half-width brackets: the form under which it is looked up."""
    return "".join(name.split()).replace("（", "(").replace("）", ")")


def load_territories(entries: Iterable[TerritoryData]) -> dict[str, Territory]:
    """Upsert territories by code; returns them by code."""
    found = {}
    for order, entry in enumerate(entries):
        values = {
            "name": entry.name,
            "kind": entry.kind,
            "order": order,
            "grid_row": entry.grid[0],
            "grid_column": entry.grid[1],
        }
        found[entry.code], _ = Territory.objects.update_or_create(code=entry.code, defaults=values)
    return found


class UnitBook:
    """Looks units up by any name they bear; a name nobody knows becomes a new, unreviewed unit."""

    def __init__(self) -> None:
        self._by_name = {tidy(n.name): n.unit for n in UnitName.objects.select_related("unit").order_by("-pk")}
        self.added: list[Unit] = []

    def get(self, name: str) -> Unit | None:
        """The unit of this name, if known."""
        return self._by_name.get(tidy(name))

    def get_or_add(self, name: str, kind: UnitKind) -> Unit:
        """The unit of this name; an unknown one is added, to be reviewed by the office."""
        key = tidy(name)
        if key not in self._by_name:
            code = f"u-{hashlib.sha256(key.encode()).hexdigest()[:12]}"
            unit = Unit.objects.create(code=code, name=key, kind=kind, order=Unit.objects.count())
            UnitName.objects.create(unit=unit, name=key, kind=NameKind.OFFICIAL)
            self._by_name[key] = unit
            self.added.append(unit)
        return self._by_name[key]
