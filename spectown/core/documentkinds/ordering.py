"""Kinds in the order in which the work comes to them (申报 → 补正 → 受理 …), area by area."""

from __future__ import annotations

from collections.abc import Iterable

from spectown.core.documentkinds.model import Kind


def in_order(kinds: Iterable[Kind]) -> dict[str, Kind]:
    """Kinds by name; areas by their first `order`, each area together; equal ones by label."""
    found = list(kinds)
    first = {area: min(kind.order for kind in found if kind.area == area) for area in {kind.area for kind in found}}
    return {
        kind.kind: kind
        for kind in sorted(found, key=lambda kind: (first[kind.area], kind.area, kind.order, kind.label))
    }
