"""What a running job holds in its hand: who asked, progress, and whether it should stop."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from spectown.jobs.models import Job

ANNOUNCE = 1.5  # seconds to wait for a report to be written: three beats of the pulse
STOPPING = threading.Event()  # set when this process was asked to end


class Stopped(Exception):
    """The run should end here: raised by `raise_if_cancelled`, never to be caught by a job."""


class Cancelled(Stopped):
    """A person asked for it."""


class Interrupted(Stopped):
    """The worker is being stopped; the job goes back into the queue."""


class Lost(Stopped):
    """The job was given to somebody else meanwhile (no sign of life from here for too long)."""


@dataclass(frozen=True, slots=True)
class Requester:
    """Who asked for the job, as known then; fits `audit.record(by=…)`."""

    user_id: int
    name: str
    unit_name: str
    address: str
    membership_id: int | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come."""

    done: int = 0
    total: int | None = None
    message: str = ""


class JobContext:
    """Handed to every job as first argument. Reporting and asking cost nothing: the pulse talks to the database."""

    def __init__(self, job: Job, *, may_pause: bool) -> None:
        self.job_id: int = job.pk
        self.token = job.token
        self.attempt = job.attempts
        self.by = Requester(
            job.requested_by_id, job.requester_name, job.requester_unit, job.requester_address, job.membership_id
        )
        self.result_url = job.result_url
        self.reported = Progress()
        self.cancelled = threading.Event()
        self.lost = threading.Event()
        self.carried: threading.Event | None = None  # set by the pulse when a report has been written
        self._may_pause = may_pause

    def progress(self, done: int, total: int | None = None, message: str = "") -> None:
        """Say how far it is; call as often as you like, at most two a second are written.

        On SQLite nothing is written while the job itself holds a write transaction: work in several short ones.
        """
        self.reported = Progress(max(done, 0), total, message[:200] or self.reported.message)

    def announce(self, done: int, total: int | None = None, message: str = "") -> None:
        """The same, and wait until it is written: before a long transaction, in which SQLite can write nothing."""
        if self.carried is not None:
            self.carried.clear()
        self.progress(done, total, message)
        if self.carried is not None:
            self.carried.wait(ANNOUNCE)

    def raise_if_cancelled(self) -> None:
        """Stop here if a person asked for it, the worker ends, or the job was taken away; call between transactions."""
        if self.lost.is_set():
            raise Lost
        if self.cancelled.is_set():
            raise Cancelled
        if self._may_pause and STOPPING.is_set():
            raise Interrupted

    def look_at(self, url: str) -> None:
        """Page of this site (a path) where the person finds the result."""
        if not url.startswith("/") or url.startswith("//"):
            raise ValueError(f"not a path of this site: {url}")
        self.result_url = url
