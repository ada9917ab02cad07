"""A verification that is itself an event: who looked at the log, when, and what was found."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from spectown.audit.models import ChainHead, Event
from spectown.audit.services import Breach, By, breaches, last_of_chain, record

ACTION = "audit.verify"
SHOWN = 200  # a log rewritten from one place on breaks at every later event: the first ones tell where


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found. `digest`: to be noted elsewhere; `noted`: the check itself stands in the log."""

    events: int
    digest: str
    breaches: tuple[Breach, ...]
    total: int
    noted: bool


def verify(*, by: By, expected: str = "", watch: Callable[[int], None] | None = None) -> Verdict:
    """Check the whole chain, then write what was found to the log (the check itself holds no lock)."""
    events, last = last_of_chain()
    found = list(breaches(expected, watch))
    after = {"events": events, "breaches": len(found), "last_digest": last}
    try:
        with transaction.atomic():
            head, _ = ChainHead.objects.get_or_create(pk=1, defaults={"seq": events, "digest": last})
            record(by=by, action=ACTION, obj=head, after=after)
        noted = True
    except IntegrityError:  # a chain cut at its head cannot be written on; the finding must still be shown
        noted = False
    return Verdict(events, last, tuple(found[:SHOWN]), len(found), noted)


def verdict_of(result: dict[str, Any]) -> Verdict:
    """The verdict that a job kept as JSON (`dataclasses.asdict`)."""
    found = tuple(
        Breach(b["seq"], b["at"] and datetime.datetime.fromisoformat(b["at"]), b["message"]) for b in result["breaches"]
    )
    return Verdict(result["events"], result["digest"], found, result["total"], result["noted"])


def last_verification() -> Event | None:
    """The newest verification in the log."""
    return Event.objects.filter(action=ACTION).order_by("-seq").first()
