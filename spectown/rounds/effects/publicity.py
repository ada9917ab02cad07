"""The period of a publicity begins, or is void."""

from __future__ import annotations

from django.utils import timezone

from spectown.core.rounds.publicity import publicity
from spectown.organisations.actors import Actor
from spectown.rounds.facts import Facts
from spectown.rounds.models import Step


def open_publicity(facts: Facts, step: Step, _by: Actor) -> None:
    """The period runs from the day of the move, for as many working days as the rules say."""
    if facts.entry is None:
        raise RuntimeError(f"case {facts.case.pk} is published without an entry in a publicity")
    found, days = facts.entry.publicity, facts.rules.publicity_days
    period = publicity(step.on, days, facts.calendar)
    found.starts, found.ends, found.days = period.published, period.last, days
    found.save(update_fields=["starts", "ends", "days"])


def void_publicity(facts: Facts, _step: Step, _by: Actor) -> None:
    """The old publicity counts no more for this case; a new decision needs a new one."""
    facts.case.publicity_entries.filter(voided_at__isnull=True).update(voided_at=timezone.now())


PUBLICITY = {"open_publicity": open_publicity, "void_publicity": void_publicity}
