"""Jobs of monitoring: once a day, what the lists say of the open periods, and the sums of all."""

from __future__ import annotations

from django.utils import timezone

from spectown.jobs.registry import periodic
from spectown.monitoring.working_out import refresh

DAY = 24 * 3600


@periodic("monitoring.figures", seconds=DAY)
def refresh_figures() -> None:
    """Derived and computed figures of the open periods as the lists are today; sums by the towns as they are today."""
    refresh(timezone.localdate())
