"""The review binds to the version pinned last."""

from __future__ import annotations

from spectown.organisations.actors import Actor
from spectown.rounds.facts import Facts
from spectown.rounds.models import Step


def bind_version(facts: Facts, _step: Step, _by: Actor) -> None:
    """Seats that have not read anything yet read the newest version; others confirm a newer one themselves."""
    facts.case.seats.filter(left_at__isnull=True, version__isnull=True).update(version=facts.version)


REVIEW = {"bind_version": bind_version}
