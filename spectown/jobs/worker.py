"""The worker: takes jobs from the queue of django-tasks one after the other, with the timer beside."""

from __future__ import annotations

import logging
import sys
import time
from types import FrameType
from typing import Any

from django.db import InterfaceError, OperationalError, close_old_connections
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, DEFAULT_TASK_QUEUE_NAME
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from spectown.jobs.context import STOPPING
from spectown.jobs.identity import identity
from spectown.jobs.timer import Timer, turn

logger = logging.getLogger(__name__)
INTERVAL = 1.0  # seconds between two looks at an empty queue
AFTER_FAULT = 5.0  # seconds of patience with a database that is busy or away


class JobWorker(Worker):
    """Worker of django-tasks-db that only locks the database when something waits, and survives a busy one."""

    def __init__(self, interval: float = INTERVAL) -> None:
        super().__init__(
            queue_names=[DEFAULT_TASK_QUEUE_NAME],
            interval=interval,
            batch=True,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=None,
            worker_id=identity(),
            excluded_queue_names=[],
        )

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """First signal: stop at the next pause of the running job; second one: at once."""
        again, self.running = not self.running, False
        STOPPING.set()
        if again or not self.running_task:
            sys.exit(1 if again else 0)

    def serve(self) -> None:
        """Run jobs as they come, until a signal."""
        self.configure_signals()
        timer = Timer()
        timer.start()
        while self.running:
            self._look()
            if self.running:
                time.sleep(self.interval)
        timer.stop()

    def drain(self) -> None:
        """Run what waits, one after the other, until nothing does or a signal came."""
        while self.running:
            entry = self._take()
            if entry is None:
                return
            self.run_task(entry)

    def _look(self) -> None:
        try:
            close_old_connections()
            self.drain()
        except (OperationalError, InterfaceError) as error:
            logger.warning("database busy or away: %s", error)
            time.sleep(AFTER_FAULT)

    def _take(self) -> DBTaskResult[Any, Any] | None:
        """Claim the next entry of the queue; the database is locked only where one waits."""
        ready = DBTaskResult.objects.ready().filter(backend_name=self.backend_name, queue_name__in=self.queue_names)
        if not ready.exists():
            return None
        with exclusive_transaction(ready.db):
            entry = ready.get_locked()
            if entry is not None:
                entry.claim(self.worker_id)
        return entry


def run_waiting() -> None:
    """Do what is due and run all waiting jobs here, then return (`worker --once`, tests)."""
    turn()
    JobWorker().drain()
