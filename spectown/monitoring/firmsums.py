"""Sums of what the enterprises of a town report for a year: what figures of the town are compared with."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

import numpy as np
from django.db.models import Sum

from spectown.core.monitoring.affected import Place
from spectown.core.monitoring.panel import ABSENT, FIGURE, PLACES, Column
from spectown.core.periods import Every, Period
from spectown.enterprises.models import EnterpriseYear
from spectown.towns.models import Town

FIELDS: Mapping[str, str] = {
    "output": "output",
    "sales": "revenue",
    "tax": "tax",
    "exports": "export",
    "rd_spend": "rnd",
}
YEAR_TO_DATE = "_ytd"


def enterprise_sums(towns: Sequence[Town], periods: Collection[Period]) -> dict[Place, Column]:
    """Columns by indicator and period: for a year, and for the sum so far of its last month; one query a year.

    An enterprise counts in its main town alone, since its figures are not split. No report at all is no sum.
    """
    found: dict[Place, Column] = {}
    for year in {period.last[0] for period in periods}:
        columns = _columns(towns, year)
        for period in (each for each in periods if each.last == (year, 12)):
            tail = "" if period.every == Every.YEAR else YEAR_TO_DATE
            found |= {(code + tail, period): column for code, column in columns.items()}
    return found


def _columns(towns: Sequence[Town], year: int) -> dict[str, Column]:
    alive = {"deleted_at__isnull": True, "enterprise__deleted_at__isnull": True, "enterprise__town__isnull": False}
    rows = EnterpriseYear.objects.filter(year=year, **alive).order_by().values_list("enterprise__town")
    sums = {town: each for town, *each in rows.annotate(**{f"n_{name}": Sum(name) for name in FIELDS.values()})}
    return {code: _column([sums.get(town.pk, _NONE)[at] for town in towns]) for at, code in enumerate(FIELDS)}


_NONE: list[Decimal | None] = [None] * len(FIELDS)


def _column(numbers: Sequence[Decimal | None]) -> Column:
    kinds = [ABSENT if number is None else FIGURE for number in numbers]
    scaled = [0 if number is None else int(Decimal(number).scaleb(PLACES)) for number in numbers]
    return Column(np.array(kinds, np.int8), np.array(scaled, np.int64))
