"""The office calls a county to a recheck or a recommendation: a case with an application that it fills anew."""

from __future__ import annotations

from django.utils import timezone

from spectown.certification.models import Application
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.organisations.models import Unit
from spectown.rounds.models import Case, Round, Step, Title
from spectown.rounds.services.rounds import current_rules
from spectown.towns.models import Town


def called(round_: Round, title: Title, *, label: str, by: Actor) -> Step:
    """The first step of a new case about a title, as `label`; the caller logs it. Raises Refused."""
    unit = title.case.unit if title.case else title.town.responsible_unit
    if unit is None:
        raise Refused(f"{title.town.name}没有登记责任主体,请先登记,才能{label}。")
    made = Case.objects.create(
        round=round_,
        rules=current_rules(round_),
        application=_application(round_, title.town, unit, by),
        unit=unit,
        town=title.town,
        changed_by_id=by.person,
        is_demo=title.town.is_demo,
    )
    today = timezone.localdate()
    return Step.objects.create(
        case=made, move="call", label=label, state="draft", on=today, by_id=by.person, unit_name=by.unit_name[:100]
    )


def _application(round_: Round, town: Town, unit: Unit, by: Actor) -> Application:
    """A new one, with nothing but who and what it is about."""
    return Application.objects.create(
        version=round_.version,
        unit=unit,
        town=town,
        town_name=town.name,
        leading_industry=town.leading_industry,
        applicant_county=unit.territory.name if unit.territory else "",
        category=town.category,
        made_by_id=by.person,
        changed_by_id=by.person,
        is_demo=town.is_demo,
    )
