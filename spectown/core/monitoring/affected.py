"""Which computed values have to be worked out again when some values change: also of later periods."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from spectown.core.monitoring.catalogue import Catalogue
from spectown.core.periods import Period, containing, periods

Place = tuple[str, Period]  # code of an indicator, period


def affected(catalogue: Catalogue, changed: Collection[Place], until: Period) -> list[Place]:
    """Computed values that read what changed, directly or through others, in the order to work them out.

    Only periods that have ended by the end of `until`. A quarter comes after its months.
    """
    touched, found = set(changed), []
    for period in sorted({each for _, start in changed for each in _later(catalogue, start, until)}):
        for code in catalogue.computed_on(period):
            if (code, period) not in touched and touched & _read(catalogue, code, period):
                touched.add((code, period))
                found.append((code, period))
    return found


def _later(catalogue: Catalogue, changed: Period, until: Period) -> Iterator[Period]:
    lengths = {each.every for versions in catalogue.versions.values() for each in versions if each.formula}
    end = until.days[1]
    for every in lengths:
        start = containing(changed, every).days[0]
        yield from (period for period in periods(start, end, every) if period.days[1] <= end)


def _read(catalogue: Catalogue, code: str, period: Period) -> set[Place]:
    readings = catalogue.computation(code, period).readings.values()
    return {(reading.code, each) for reading in readings for each, _ in reading.periods}
