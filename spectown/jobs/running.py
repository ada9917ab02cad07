"""From the queue to the end of a job. The row of the job decides: who takes it under lock may run it, nobody else."""

from __future__ import annotations

import datetime
import logging
import uuid
from contextlib import nullcontext

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from spectown.jobs.context import JobContext
from spectown.jobs.enums import FINISHED, State
from spectown.jobs.identity import identity
from spectown.jobs.models import Job
from spectown.jobs.outcome import Outcome, outcome_of
from spectown.jobs.pulse import LEASE, Pulse
from spectown.jobs.registry import KINDS
from spectown.jobs.workflow import target

logger = logging.getLogger(__name__)
BACK_OFF = (10, 60, 300)  # seconds before the second, third … run of a job that broke off
NO_PULSE_LEASE = datetime.timedelta(hours=1)  # run inside a request: no thread renews it


@task()
def run_job(job_id: int) -> None:
    """What stands in the queue of django-tasks: run this job, if it still waits."""
    claimed = claim(job_id)
    if claimed is not None:
        execute(claimed, pulse=not transaction.get_connection().in_atomic_block)


def put_in_queue(job: Job, *, delay: int = 0) -> None:
    """Add a queued job to the queue of django-tasks, in the transaction of the caller."""
    run_after = timezone.now() + datetime.timedelta(seconds=delay) if delay else None
    job.task_id = uuid.UUID(str(run_job.using(run_after=run_after).enqueue(job.pk).id))
    job.save(update_fields=["task_id"])


@transaction.atomic
def claim(job_id: int, lease: datetime.timedelta = LEASE) -> Job | None:
    """Take a waiting job for this process; None where it does not wait (any more)."""
    job = Job.objects.select_for_update().filter(pk=job_id, state=State.QUEUED).first()
    if job is None:
        return None
    now = timezone.now()
    job.state = target("start", job.state)
    job.attempts += 1
    job.started_at, job.lease_until = now, now + lease
    job.worker, job.token = identity(), uuid.uuid4()
    job.progress_done, job.progress_total, job.progress_message = 0, None, ""
    job.save()
    return job


def execute(job: Job, *, pulse: bool, retry: bool = True) -> None:
    """Run a claimed job to its end and write down what came of it."""
    kind = KINDS.get(job.kind)
    if kind is None:
        settle(job, Outcome("fail", error=f"本系统没有“{job.kind}”这种作业,可能在升级后已取消。请重新提交。"))
        return
    ctx = JobContext(job, may_pause=retry and kind.idempotent)
    tries_left = job.max_attempts - job.attempts if retry else 0
    with Pulse(ctx) if pulse else nullcontext():
        outcome = outcome_of(kind, ctx, job.args, tries_left=tries_left)
    settle(job, outcome, ctx)


@transaction.atomic
def settle(job: Job, outcome: Outcome, ctx: JobContext | None = None) -> bool:
    """Write the end of a run; False where the job was given to somebody else meanwhile."""
    row = Job.objects.select_for_update().filter(pk=job.pk, token=job.token, state=State.RUNNING).first()
    if row is None or not outcome.move:
        logger.warning("job %s was given to another worker; this run leaves it alone", job.pk)
        return False
    if ctx is not None:
        row.progress_done, row.progress_total = ctx.reported.done, ctx.reported.total
        row.progress_message, row.result_url = ctx.reported.message, ctx.result_url
    move(row, outcome)
    return True


def move(row: Job, outcome: Outcome) -> None:
    """Make a move of a locked, running job; a requeued one that somebody wants cancelled is cancelled instead."""
    code = "cancel" if outcome.move == "requeue" and row.cancel_requested_at else outcome.move
    row.state = target(code, row.state)
    row.token = row.lease_until = None
    row.error, row.result = outcome.error, outcome.result
    row.finished_at = timezone.now() if row.state in FINISHED else None
    if row.state == State.QUEUED:
        row.progress_message = outcome.error
        row.attempts -= 1 if outcome.again else 0
    row.save()
    if row.state == State.QUEUED:
        put_in_queue(row, delay=0 if outcome.again else BACK_OFF[min(row.attempts, len(BACK_OFF)) - 1])
