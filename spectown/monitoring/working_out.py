"""Derived and computed cells: worked out anew where something changed, and written only where the result differs.

Called when a period is opened, after cells of a sheet were saved or certified, and once a day for open periods. A cell
that nobody fills in has no sheet; its versions name no person.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from django.db import transaction

from spectown.core.monitoring.affected import Place, affected
from spectown.core.monitoring.catalogue import Catalogue
from spectown.core.monitoring.columns import computed
from spectown.core.monitoring.panel import ABSENT, FIGURE, PLACES, Column, Panel
from spectown.core.periods import Period, of_ordinal
from spectown.monitoring.catalogue import plan_data
from spectown.monitoring.deriving import Found, derive
from spectown.monitoring.enums import Origin
from spectown.monitoring.models import Cell, FormPeriod, Tally
from spectown.monitoring.overlaps import keep_overlaps
from spectown.monitoring.panels import panel_of
from spectown.monitoring.tallying import lock, retally, tally
from spectown.monitoring.writing import Change, write
from spectown.towns.models import Town


@dataclass(slots=True)
class Work:
    """What is being worked out: these towns, their columns as they become, what has to be written."""

    catalogue: Catalogue
    towns: Sequence[Town]
    panel: Panel
    columns: dict[Place, Column]
    changes: list[Change] = field(default_factory=list)

    def put(self, place: Place, column: Column, origin: Origin) -> None:
        """Set a column; note the towns where it differs from what stands there."""
        code, period = place
        old = self.panel.column(code, period)
        differs = (old.kinds != column.kinds) | (old.scaled != column.scaled)
        for at in np.flatnonzero(differs).tolist():
            number = column.number(at) if column.kinds[at] == FIGURE else None
            self.changes.append(Change(self.towns[at].pk, code, period.ordinal, int(column.kinds[at]), number, origin))
        self.columns[place] = column


@transaction.atomic
def work_out(period: Period, towns: Sequence[Town] | None = None) -> int:
    """All that is derived from the lists or computed for a period; then what later periods make of it.

    Return how many cells were written.
    """
    catalogue, rows = plan_data().catalogue, list(Town.objects.all()) if towns is None else towns
    derived = [each for each in catalogue.due_on(period) if each.derivation]
    own = [(code, period) for code in catalogue.computed_on(period)]
    begun = [*((each.code, period) for each in derived), *own]
    places = list(dict.fromkeys([*own, *affected(catalogue, begun, latest(period))]))
    work = _begun(catalogue, rows, begun, places)
    for each in derived:
        found = derive(each.derivation, catalogue.joins.span(each.code, period))
        fits = work.panel.in_categories(each.categories)
        work.put((each.code, period), _column(found, rows, fits), Origin.LIST)
        if towns is None:
            keep_overlaps(each.code, period, found)
    return _finished(work, places, [])


@transaction.atomic
def follow(towns: Sequence[Town], changed: Collection[Place]) -> int:
    """After cells of these towns have changed: what is computed from them, and the sums; how many were written."""
    if not changed:
        return 0
    catalogue = plan_data().catalogue
    places = affected(catalogue, changed, latest(*(period for _, period in changed)))
    return _finished(_begun(catalogue, towns, changed, places), places, changed)


def refresh(on: datetime.date) -> int:
    """All periods that can still be filled in, and the sums of every period; each in a transaction of its own."""
    open_ = FormPeriod.objects.filter(closes__gte=on).order_by("ordinal").values_list("ordinal", flat=True).distinct()
    written = sum(work_out(of_ordinal(ordinal)) for ordinal in open_)
    for ordinal in _ordinals():
        retally(ordinal)
    return written


def _ordinals() -> list[int]:
    """Of which there is anything, in order."""
    known = (rows.objects.values_list("ordinal", flat=True).order_by().distinct() for rows in (Tally, Cell))
    return sorted({ordinal for each in known for ordinal in each})


def latest(*known: Period) -> Period:
    """The last period of which there is anything."""
    found = [Cell.objects.order_by("-ordinal"), FormPeriod.objects.order_by("-ordinal")]
    ordinals = [rows.values_list("ordinal", flat=True).first() for rows in found]
    return max([*known, *(of_ordinal(each) for each in ordinals if each)])


def _begun(catalogue: Catalogue, towns: Sequence[Town], begun: Iterable[Place], places: Sequence[Place]) -> Work:
    wanted = {*begun, *places, *(read for place in places for read in _read(catalogue, place))}
    lock({code for code, _ in [*begun, *places]})
    panel = panel_of(towns, {period for _, period in wanted}, {code for code, _ in wanted})
    columns = dict(panel.columns)
    return Work(catalogue, towns, Panel(panel.towns, panel.categories, dict(columns)), columns)


def _read(catalogue: Catalogue, place: Place) -> set[Place]:
    readings = catalogue.computation(*place).readings.values()
    return {(reading.code, period) for reading in readings for period, _ in reading.periods}


def _finished(work: Work, places: Sequence[Place], changed: Collection[Place]) -> int:
    """Compute these places in order, write what differs, bring the sums up to date."""
    now = Panel(work.panel.towns, work.panel.categories, work.columns)
    for code, period in places:
        indicator = work.catalogue.on(code, period)
        fits = now.in_categories(indicator.categories if indicator else ())
        work.put((code, period), computed(work.catalogue.computation(code, period), now, fits), Origin.FORMULA)
    write(work.changes)
    touched = {(each.code, each.ordinal) for each in work.changes}
    tally(touched | {(code, period.ordinal) for code, period in changed})
    return len(work.changes)


def _column(found: Found, towns: Sequence[Town], fits: Collection[bool]) -> Column:
    kinds, scaled = np.full(len(towns), ABSENT, np.int8), np.zeros(len(towns), np.int64)
    for place, (town, fit) in enumerate(zip(towns, fits, strict=True)):
        number = found.of(town.pk) if fit else None
        if number is not None:
            kinds[place], scaled[place] = FIGURE, int(number.scaleb(PLACES))
    return Column(kinds, scaled)
