"""The sign of life of a running job: a thread with its own connection that renews the lease and carries messages."""

from __future__ import annotations

import datetime
import logging
import threading
import time

from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from spectown.jobs.context import JobContext
from spectown.jobs.models import Job

logger = logging.getLogger(__name__)
LEASE = datetime.timedelta(seconds=120)  # longer than any single transaction of a job should take
EVERY = 0.5  # seconds between two beats
RENEW = 15.0  # seconds between two writes when there is nothing to report


class Pulse(threading.Thread):
    """Writes progress and lease, reads the wish to cancel, until stopped."""

    def __init__(self, ctx: JobContext, every: float = EVERY) -> None:
        super().__init__(name=f"pulse-{ctx.job_id}", daemon=True)
        self._ctx, self._every = ctx, every
        self._ended = threading.Event()
        ctx.carried = threading.Event()
        self._written, self._written_at = ctx.reported, time.monotonic()

    def __enter__(self) -> Pulse:
        """Start beating."""
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        """Stop, and wait until the last beat is through."""
        self._ended.set()
        self.join()

    def run(self) -> None:
        """Beat until stopped; a database that is busy or away for a moment only delays."""
        try:
            while not self._ended.wait(self._every):
                try:
                    self._beat()
                except (OperationalError, InterfaceError) as error:
                    logger.info("pulse of job %s delayed: %s", self._ctx.job_id, error)
                    connection.close()
        finally:
            connection.close()

    def _beat(self) -> None:
        row = Job.objects.filter(pk=self._ctx.job_id, token=self._ctx.token).only("cancel_requested_at").first()
        if row is None:
            self._ctx.lost.set()
            return
        if row.cancel_requested_at is not None:
            self._ctx.cancelled.set()
        if self._ctx.reported != self._written or time.monotonic() - self._written_at > RENEW:
            self._renew()

    def _renew(self) -> None:
        reported = self._ctx.reported
        with transaction.atomic():
            row = Job.objects.select_for_update().filter(pk=self._ctx.job_id, token=self._ctx.token).first()
            if row is None:
                self._ctx.lost.set()
                return
            row.progress_done, row.progress_total = reported.done, reported.total
            row.progress_message, row.lease_until = reported.message, timezone.now() + LEASE
            row.save(update_fields=["progress_done", "progress_total", "progress_message", "lease_until"])
        self._written, self._written_at = reported, time.monotonic()
        if self._ctx.carried is not None and reported is self._ctx.reported:
            self._ctx.carried.set()
