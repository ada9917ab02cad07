"""Periodic work of supervision: what the day asks, from a certain hour on."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from spectown.jobs.registry import periodic
from spectown.lib.refusal import Refused
from spectown.supervision.due import run_due
from spectown.supervision.settings import settings_of

HOUR = 3600


@periodic("supervision.due", seconds=HOUR)
def due() -> None:
    """Every hour from DUE_HOUR on; the later runs of a day find only what is new. Nothing where no plan is loaded."""
    now = timezone.localtime()
    if now.hour < settings.DUE_HOUR:
        return
    try:
        settings_of(now.date())
    except Refused:
        return
    run_due(now.date())
