"""Periodic work: of all workers, whoever takes the lease does it."""

from __future__ import annotations

import datetime
import logging
import threading

from django.db import InterfaceError, OperationalError, close_old_connections, connection, transaction
from django.utils import timezone

from spectown.jobs.identity import identity
from spectown.jobs.models import Lease
from spectown.jobs.registry import PERIODIC, Periodic

logger = logging.getLogger(__name__)
TURN = 5.0  # seconds between two looks at the leases


def take(name: str, seconds: int) -> bool:
    """Take the lease of this name for so many seconds; False while it is taken (also by ourselves)."""
    if Lease.objects.filter(name=name, until__gt=timezone.now()).exists():
        return False
    with transaction.atomic():
        now = timezone.now()
        until = now + datetime.timedelta(seconds=seconds)
        lease, is_new = Lease.objects.select_for_update().get_or_create(
            name=name, defaults={"holder": identity(), "until": until}
        )
        if is_new:
            return True
        if lease.until > now:
            return False
        lease.holder, lease.until = identity(), until
        lease.save()
        return True


def turn() -> list[str]:
    """Do what is due; names of what was done. One piece that breaks does not keep the others from their turn."""
    return [work.name for work in list(PERIODIC.values()) if _do(work)]


def _do(work: Periodic) -> bool:
    try:
        if not take(work.name, work.seconds):
            return False
        work.run()
    except (OperationalError, InterfaceError) as error:  # busy or away: its turn comes again
        logger.warning("periodic work %s put off: %s", work.name, error)
        return False
    except Exception:
        logger.exception("periodic work %s broke off", work.name)
        return False
    return True


class Timer(threading.Thread):
    """Looks at the leases every few seconds beside the jobs, however long these take."""

    def __init__(self, every: float = TURN) -> None:
        super().__init__(name="timer", daemon=True)
        self._every, self._ended = every, threading.Event()

    def run(self) -> None:
        """Turn after turn until stopped."""
        try:
            while not self._ended.is_set():
                close_old_connections()
                turn()
                self._ended.wait(self._every)
        finally:
            connection.close()

    def stop(self) -> None:
        """End after the present turn."""
        self._ended.set()
