"""Ranks of former years, each by the scheme by which its town was evaluated then: a town is followed, not a scheme."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from spectown.evaluation.models import Evaluation, Result, ResultRow
from spectown.evaluation.standing import result_row
from spectown.organisations.actors import Actor
from spectown.web.evaluation.drawn import moved
from spectown.web.evaluation.seen import is_inside, rows_of

OTHER = "上年按另一方案评估,名次不可直接比较"


@dataclass(frozen=True, slots=True)
class Place:
    """A rank and the code of the scheme that it is of; `other`: not the scheme of the page."""

    rank: int
    code: str
    other: bool


def places_of(actor: Actor, found: Evaluation, shown: Result) -> Mapping[str, Mapping[int, Place]]:
    """By town and year, up to the year of the page: all ranks by its scheme, and those that its towns had by others."""
    own = set(shown.rows.values_list("participant__town_id", flat=True))
    places: dict[str, dict[int, Place]] = defaultdict(dict)
    for each in Evaluation.objects.visible_to(actor).filter(year__lte=found.year).order_by("year", "pk"):
        other = each.code != found.code
        if other and each.year == found.year:
            continue
        public = each.edition.result if each.edition else None
        result = result_row(each) if is_inside(actor) else public
        for row in rows_of(result) if result else []:
            if row.rank is not None and (not other or row.participant.town_id in own):
                places[row.participant.town.name][each.year] = Place(row.rank, each.code, other)
    return places


def years_of(found: Evaluation, shown: Result, town: int) -> list[dict[str, Any]]:
    """What the editions of earlier years say of a town, and this result, the latest first.

    `other`: it was another scheme; `move`: places since the year before by the same one.
    """
    before = Evaluation.objects.published().filter(year__lt=found.year).order_by("year", "pk")
    results = [(each, each.edition.result) for each in before if each.edition] + [(found, shown)]
    rows = [(each, result.rows.filter(participant__town=town).first()) for each, result in results]
    ranks = {(each.year, each.code): row.rank for each, row in rows if row}
    return [
        {
            "year": each.year,
            "row": row,
            "other": each.code != found.code,
            "move": moved((ranks.get((each.year - 1, each.code)) or row.rank or 0) - (row.rank or 0))
            if row.rank
            else "",
        }
        for each, row in reversed(rows)
        if row
    ]


def elsewhere_before(found: Evaluation, towns: Sequence[int]) -> set[int]:
    """Towns of which last year's public rank is of another scheme."""
    last = Evaluation.objects.published().filter(year=found.year - 1).exclude(code=found.code)
    results = [each.edition.result_id for each in last if each.edition]
    rows = ResultRow.objects.filter(result__in=results, participant__town__in=towns, rank__isnull=False)
    return set(rows.values_list("participant__town_id", flat=True))
