"""Enterprises that belong to several towns: kept with each figure, so that a sum counts each of them once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from spectown.core.periods import Period
from spectown.monitoring.deriving import Found
from spectown.monitoring.models import Indicator, Overlap


@dataclass(frozen=True, slots=True)
class Shared:
    """So many enterprises belong to exactly these towns."""

    towns: frozenset[int]
    number: int

    def twice(self, among: Collection[int]) -> int:
        """How many too many a sum over towns among which these are counts."""
        return self.number * max(len(self.towns & frozenset(among)) - 1, 0)


def keep_overlaps(code: str, period: Period, found: Found) -> None:
    """What the enterprises of a derived figure share, as of now."""
    standing = {frozenset(row.towns): row for row in _of(code, period.ordinal)}
    if {towns: row.number for towns, row in standing.items()} == dict(found.shared):
        return
    indicator = Indicator.objects.get(code=code)
    Overlap.objects.filter(indicator=indicator, ordinal=period.ordinal).delete()
    Overlap.objects.bulk_create(
        Overlap(indicator=indicator, ordinal=period.ordinal, towns=sorted(towns), number=number)
        for towns, number in found.shared.items()
    )


def overlaps(codes: Collection[str], ordinals: Collection[int]) -> Mapping[tuple[str, int], list[Shared]]:
    """By indicator and period; one query."""
    rows = Overlap.objects.filter(indicator__code__in=codes, ordinal__in=ordinals)
    found: dict[tuple[str, int], list[Shared]] = {}
    for code, ordinal, towns, number in rows.values_list("indicator__code", "ordinal", "towns", "number"):
        found.setdefault((code, ordinal), []).append(Shared(frozenset(towns), number))
    return found


def _of(code: str, ordinal: int) -> list[Overlap]:
    return list(Overlap.objects.filter(indicator__code=code, ordinal=ordinal))
