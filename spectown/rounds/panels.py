"""From the stored pool, seats and ties of a case to the core's experts (core.rounds.experts)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import QuerySet

from spectown.certification.counted import towns_of
from spectown.core.rounds.experts import CaseTies
from spectown.core.rounds.experts import Expert as Known
from spectown.enterprises.models import Enterprise
from spectown.organisations.models import UnitName
from spectown.rounds.models import Case, Expert, Seat
from spectown.towns.models import Town


def expert_number(expert: Expert) -> str:
    """The number of an expert as draws record it."""
    return f"E{expert.pk:03d}"


def case_number(case: Case) -> str:
    """The number of a case as draws record it."""
    return f"A{case.pk:04d}"


def pool() -> QuerySet[Expert]:
    """Everybody who is or was in the pool, with what the rules of staying away look at."""
    return Expert.objects.select_related("user", "county").prefetch_related("enterprises").order_by("pk")


def seats_of(case: Case) -> QuerySet[Seat]:
    """All seats of a case, also those that were left, oldest first."""
    found = case.seats.select_related("expert__user", "expert__county", "version", "draw")
    return found.prefetch_related("expert__enterprises", "scores").order_by("pk")


def known(expert: Expert, case: Case, seat: Seat | None = None) -> Known:
    """An expert as the core knows one, seen from one case."""
    number = case_number(case)
    return Known(
        number=expert_number(expert),
        name=expert.user.name,
        unit=expert.unit,
        county=expert.county.name if expert.county else "",
        fields=frozenset(expert.fields),
        former_units=frozenset(expert.former_units),
        enterprises=frozenset(firm.name for firm in expert.enterprises.all()),
        conflicts={number: seat.conflict} if seat and seat.conflict else {},
        declared=frozenset({number} if seat and seat.declared_at else ()),
        active=expert.active and expert.user.is_active,
    )


def known_pool(case: Case, seats: Iterable[Seat], experts: Iterable[Expert]) -> list[Known]:
    """The pool as seen from a case, with what its experts declared about this case."""
    held = {seat.expert_id: seat for seat in seats}
    return [known(expert, case, held.get(expert.pk)) for expert in experts]


def ties_of(case: Case) -> CaseTies:
    """What ties a case to people: its counties, the units that apply, answer for or run it, its firms."""
    application = case.application
    town = case.town or towns_of([application]).get(application.pk)
    return CaseTies(
        number=case_number(case),
        counties=_counties(case, town),
        field=application.category,
        units=_units(case, town),
        enterprises=_firms(town),
    )


def _counties(case: Case, town: Town | None) -> frozenset[str]:
    application, places = case.application, [case.unit.territory]
    if town is not None:
        places += [town.territory, *(u.territory for u in (town.responsible_unit, town.operator) if u)]
    named = [application.applicant_county, *application.counties]
    return frozenset(filter(None, [*named, *(place.name for place in places if place)]))


def _units(case: Case, town: Town | None) -> frozenset[str]:
    units = [case.unit, *filter(None, (town.responsible_unit, town.operator))] if town else [case.unit]
    also = UnitName.objects.filter(unit__in=[unit.pk for unit in units]).values_list("name", flat=True)
    return frozenset([*(unit.name for unit in units), *also])


def _firms(town: Town | None) -> frozenset[str]:
    """All firms of the town, also those merged or out of business: who held a post there is tied all the same."""
    return frozenset(Enterprise.objects.of_town(town.pk).values_list("name", flat=True)) if town else frozenset()


def present(seats: Iterable[Seat]) -> list[Seat]:
    """Seats that nobody left."""
    return [seat for seat in seats if seat.left_at is None]


def record_of(expert: Known) -> dict[str, object]:
    """An expert as a draw keeps it: everything that the rule has looked at."""
    return {
        "number": expert.number,
        "name": expert.name,
        "unit": expert.unit,
        "county": expert.county,
        "fields": sorted(expert.fields),
        "former_units": sorted(expert.former_units),
        "enterprises": sorted(expert.enterprises),
        "conflicts": dict(expert.conflicts),
        "active": expert.active,
    }


def recorded(row: Mapping[str, object]) -> Known:
    """The expert that `record_of` kept."""
    sets = ("fields", "former_units", "enterprises")
    plain = {name: value for name, value in row.items() if name not in sets}
    return Known(**plain, **{name: frozenset(_names(row[name])) for name in sets})  # type: ignore[arg-type]  # from JSON


def _names(value: object) -> Sequence[str]:
    return value if isinstance(value, list) else ()
