"""Figures of an application that the lists can give: live until it is handed in, then as they were that day."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import Q

from spectown.certification.enums import State
from spectown.certification.models import Application, ListCount
from spectown.core.certification.answers import Answers
from spectown.enterprises.counts import counts_of
from spectown.towns.models import Town, TownAlias

FROZEN = frozenset({State.CHECKING, State.CHECKED})
_HONOUR = "honour_"
_PARTS = ("family_farms", "cooperatives")


@dataclass(frozen=True, slots=True)
class Counted:
    """What the lists say by field code, on which day, of which town; nothing where no list speaks."""

    figures: Mapping[str, int] = field(default_factory=dict)
    on: datetime.date | None = None
    town: Town | None = None
    frozen: bool = False

    @property
    def source(self) -> str:
        """Where the figures come from, as results and pages name it."""
        return f"{'清单计数' if self.frozen else '清单实时计数'},{self.on:%Y-%m-%d}" if self.on else ""


def counted_of(applications: Sequence[Application], today: datetime.date) -> Mapping[int, Counted]:
    """Counts by application, in a fixed number of queries."""
    towns = towns_of(applications)
    live = {row.pk: towns[row.pk] for row in applications if row.state not in FROZEN and row.pk in towns}
    counts = counts_of({town.pk for town in live.values()}, today)
    found: dict[int, Counted] = {}
    for row in applications:
        if row.state in FROZEN:
            found[row.pk] = _stored(row, towns.get(row.pk))
        else:
            town = live.get(row.pk)
            found[row.pk] = Counted(counts[town.pk].figures(), today, town) if town else Counted()
    return found


def freeze(application: Application, today: datetime.date) -> dict[str, int]:
    """Keep what the lists say today with the application; must run inside the transaction of handing it in."""
    town = towns_of([application]).get(application.pk)
    figures = counts_of([town.pk], today)[town.pk].figures() if town else {}
    ListCount.objects.filter(application=application).delete()
    ListCount.objects.bulk_create(
        ListCount(application=application, code=code, number=number, counted_on=today)
        for code, number in figures.items()
    )
    return figures


def with_counts(answers: Answers, counted: Counted, unreadable: Collection[str]) -> Answers:
    """Answers whose empty figures are those of the lists, each with its source. What was typed is never replaced, also
    where it cannot be read; parts of the partners are taken only together with their total."""
    empty = {code for code in counted.figures if _typed(answers, code) is None and code not in unreadable}
    if "chain_partners" not in empty:
        empty -= set(_PARTS)
    taken = {code: counted.figures[code] for code in empty}
    plain = {code: number for code, number in taken.items() if not code.startswith(_HONOUR)}
    honours = {code.removeprefix(_HONOUR): n for code, n in taken.items() if code.startswith(_HONOUR)}
    sources = dict.fromkeys(taken, counted.source)
    return replace(answers, **plain, honours={**answers.honours, **honours}, sources=sources)  # type: ignore[arg-type]


def towns_of(applications: Sequence[Application]) -> dict[int, Town]:
    """The registered town that each application speaks of: the one it was made for, else the one of that name in the
    applicant's own territory."""
    found = {row.pk: row.town for row in applications if row.town}
    unnamed = [row for row in applications if row.pk not in found and row.town_name]
    if not unnamed:
        return found
    by_name = _named({row.town_name for row in unnamed})
    for row in unnamed:
        own = [town for town in by_name.get(row.town_name, ()) if _is_own(town, row)]
        if len(own) == 1:
            found[row.pk] = own[0]
    return found


def _named(names: set[str]) -> dict[str, list[Town]]:
    found: dict[str, dict[int, Town]] = {name: {} for name in names}
    aliases = TownAlias.objects.filter(name__in=names).values_list("name", "town")
    also: dict[int, list[str]] = {}
    for name, pk in aliases:
        also.setdefault(pk, []).append(name)
    for town in Town.objects.filter(Q(name__in=names) | Q(pk__in=also)):
        for name in (town.name, *also.get(town.pk, ())):
            if name in found:
                found[name][town.pk] = town
    return {name: list(towns.values()) for name, towns in found.items()}


def _is_own(town: Town, application: Application) -> bool:
    unit = application.unit
    return town.responsible_unit_id == unit.pk or (
        unit.territory_id is not None and town.territory_id == unit.territory_id
    )


def _stored(application: Application, town: Town | None) -> Counted:
    rows = list(application.counts.all())
    days = {row.counted_on for row in rows}
    return Counted({row.code: row.number for row in rows}, min(days, default=None), town, frozen=True)


def _typed(answers: Answers, code: str) -> object:
    if code.startswith(_HONOUR):
        return answers.honours.get(code.removeprefix(_HONOUR))
    return getattr(answers, code)
