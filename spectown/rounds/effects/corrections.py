"""Corrections (补正): only the named items are opened, and locked again afterwards."""

from __future__ import annotations

from django.utils import timezone

from spectown.organisations.actors import Actor
from spectown.rounds.enums import GOOD
from spectown.rounds.facts import Facts
from spectown.rounds.items import FIELD
from spectown.rounds.models import CorrectionItem, Step


def open_items(facts: Facts, _step: Step, _by: Actor) -> None:
    """Open every item that was found at fault; fields of the application through the application itself."""
    number = max((item.number for item in facts.corrections), default=0) + 1
    faulty = [verdict for verdict in facts.verdicts.values() if verdict.verdict not in GOOD]
    CorrectionItem.objects.bulk_create(
        CorrectionItem(case=facts.case, number=number, verdict=verdict, item=verdict.item) for verdict in faulty
    )
    _open_fields(facts, [v.item.removeprefix(FIELD) for v in faulty if v.item.startswith(FIELD)])


def close_items(facts: Facts, _step: Step, _by: Actor) -> None:
    """Lock them."""
    facts.case.correction_items.filter(closed_at__isnull=True).update(closed_at=timezone.now())
    _open_fields(facts, [])


def _open_fields(facts: Facts, codes: list[str]) -> None:
    application = facts.case.application
    application.open_fields = codes
    application.save(update_fields=["open_fields"])


CORRECTIONS = {"open_items": open_items, "close_items": close_items}
