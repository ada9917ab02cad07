"""Jobs and periodic work of the lowest floors: the reaper, the purge, the check of the whole log."""

from __future__ import annotations

import datetime
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from spectown.audit.models import ChainHead
from spectown.audit.services import SYSTEM, record
from spectown.audit.verification import verify
from spectown.jobs.context import JobContext
from spectown.jobs.models import Job, Lease
from spectown.jobs.reaper import reap
from spectown.jobs.registry import job, periodic

AUDIT_VERIFY = "audit.verify"
PURGE = "purge"


@periodic("reap", seconds=15)
def reap_jobs() -> None:
    """Jobs of dead workers."""
    reap()


@periodic(PURGE, seconds=24 * 3600)
def purge() -> None:
    """Ended jobs and queue entries older than JOB_DAYS; how many jobs went stands in the log."""
    call_command("prune_db_task_results", queue_name="*", min_age_days=settings.JOB_DAYS, verbosity=0)
    with transaction.atomic():
        before = timezone.now() - datetime.timedelta(days=settings.JOB_DAYS)
        number, _ = Job.objects.filter(finished_at__lt=before).delete()
        lease = Lease.objects.filter(name=PURGE).first()
        if number and lease:
            record(by=SYSTEM, action="job.purge", obj=lease, after={"jobs": number, "before": before})


@job(AUDIT_VERIFY, title="核验操作日志")
def verify_log(ctx: JobContext, expected: str = "") -> dict[str, Any]:
    """Check the whole log; the verdict is the result."""
    head = ChainHead.objects.filter(pk=1).first()
    total = head.seq if head else 0

    def watch(done: int) -> None:
        ctx.progress(done, total, f"已核验 {done} 条,共 {total} 条")
        ctx.raise_if_cancelled()

    return asdict(verify(by=ctx.by, expected=expected, watch=watch))
