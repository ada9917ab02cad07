"""Jobs whose worker died are put back or ended; queue entries that nobody will run any more are renewed."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from spectown.jobs.enums import State
from spectown.jobs.identity import is_gone
from spectown.jobs.models import Job
from spectown.jobs.outcome import Outcome
from spectown.jobs.registry import KINDS
from spectown.jobs.running import move, put_in_queue

STALLED = datetime.timedelta(seconds=60)  # between "taken from the queue" and "running" lies a moment, no minute


class WorkerLost(Exception):
    """The worker of a queue entry ended without a word."""


def reap() -> int:
    """Put right what dead workers left; returns how many jobs were touched. Safe to run anywhere, at any time."""
    return sum(_reap(pk) for pk in _orphans()) + sum(_reissue(pk) for pk in _forgotten())


def _orphans() -> list[int]:
    rows = Job.objects.running().values_list("pk", "worker", "lease_until")
    return [pk for pk, worker, until in rows if _is_dead(worker, until)]


def _is_dead(worker: str, until: datetime.datetime | None) -> bool:
    return until is None or until < timezone.now() or is_gone(worker)


@transaction.atomic
def _reap(pk: int) -> bool:
    row = Job.objects.select_for_update().filter(pk=pk, state=State.RUNNING).first()
    if row is None or not _is_dead(row.worker, row.lease_until):  # ended, or came back to life meanwhile
        return False
    _close_task(row)
    move(row, _verdict(row))
    return True


def _verdict(row: Job) -> Outcome:
    kind = KINDS.get(row.kind)
    if kind is not None and kind.idempotent and row.attempts < row.max_attempts:
        return Outcome("requeue", error="后台进程中断,稍后自动从头再做。")
    if kind is not None and not kind.idempotent:
        return Outcome(
            "fail", error="后台进程中断,作业只做了一部分。为免重复办理没有自动重做,请先查看结果再决定是否重新提交。"
        )
    return Outcome(
        "fail", error=f"后台进程 {row.attempts} 次中断,没有完成。请把作业编号 {row.pk} 告诉系统管理员,查明后重新提交。"
    )


def _close_task(row: Job) -> None:
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    entry = running.filter(pk=row.task_id).first() if row.task_id else None
    if entry is not None:
        entry.set_failed(WorkerLost(row.worker))


def _forgotten() -> list[int]:
    """Waiting jobs without a queue entry that is waiting too, or was taken just now."""
    now = timezone.now()
    alive = Q(status=TaskResultStatus.READY) | Q(status=TaskResultStatus.RUNNING, started_at__gt=now - STALLED)
    rows = Job.objects.filter(state=State.QUEUED, requested_at__lt=now - STALLED)
    return list(rows.exclude(task_id__in=DBTaskResult.objects.filter(alive).values("pk")).values_list("pk", flat=True))


@transaction.atomic
def _reissue(pk: int) -> bool:
    row = Job.objects.select_for_update().filter(pk=pk, state=State.QUEUED).first()
    if row is None:
        return False
    _close_task(row)
    put_in_queue(row)
    return True
