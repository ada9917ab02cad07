"""Ask for a job, cancel one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone

from spectown.audit import services as audit
from spectown.core.workflow import Attempt
from spectown.jobs.enums import State
from spectown.jobs.models import SUPERVISOR, Job, Viewer
from spectown.jobs.registry import KINDS
from spectown.jobs.running import NO_PULSE_LEASE, claim, execute, put_in_queue
from spectown.jobs.workflow import CANCEL, WORKFLOW, target
from spectown.lib.refusal import Refused


class Requester(audit.By, Protocol):
    """Who asks for a job (organisations.actors.Actor)."""

    @property
    def membership_id(self) -> int | None:
        """The role and unit in which the person acts."""


class Canceller(audit.By, Viewer, Protocol):
    """Who cancels a job (organisations.actors.Actor)."""


def enqueue(
    *,
    kind: str,
    args: Mapping[str, Any],
    by: Requester,
    title: str = "",
    result_url: str = "",
    inline: bool = False,
) -> Job:
    """Ask for a job in the caller's transaction: rolled back, it never was. `args`: JSON, small (numbers, names).

    `inline`: run it here and now, by the same code; the returned job has ended, done or failed, without a second try.
    """
    job = _make(kind=kind, args=args, by=by, title=title, result_url=result_url, queued=not inline)
    if not inline:
        return job
    claimed = claim(job.pk, NO_PULSE_LEASE)
    if claimed is not None:
        execute(claimed, pulse=False, retry=False)
    job.refresh_from_db()
    return job


@transaction.atomic
def _make(*, kind: str, args: Mapping[str, Any], by: Requester, title: str, result_url: str, queued: bool) -> Job:
    if by.user_id is None:
        raise Refused("后台作业须由登录用户提交。")
    declared = KINDS[kind]
    job = Job.objects.create(
        kind=kind,
        title=(title or declared.title)[:200],
        args=dict(args),
        requested_by_id=by.user_id,
        requester_name=by.name,
        requester_unit=by.unit_name,
        requester_address=by.address,
        membership_id=by.membership_id,
        max_attempts=declared.max_attempts,
        result_url=result_url,
    )
    if queued:
        put_in_queue(job)
    return job


def may_cancel(job: Job, by: Canceller) -> bool:
    """True where the person could cancel the job now: own, or as system administrator, and not ended."""
    return job.cancel_requested_at is None and not _refusals(job, by)


def _refusals(job: Job, by: Canceller) -> list[str]:
    may = by.role == SUPERVISOR or by.user_id == job.requested_by_id
    attempt = Attempt(permissions=frozenset({CANCEL} if may else ()), user=by.user_id, doers={})
    return WORKFLOW.refusals("cancel", job.state, attempt)


@transaction.atomic
def cancel(*, job: Job, by: Canceller) -> Job:
    """Cancel a waiting job at once; a running one is asked to stop at its next pause. Asking twice changes nothing."""
    row = Job.objects.select_for_update().get(pk=job.pk)
    refusals = _refusals(row, by)
    if refusals:
        raise Refused("".join(refusals))
    if row.cancel_requested_at is not None:
        return row
    before = audit.snapshot(row, ("state",))
    row.cancel_requested_at, row.cancel_requested_by_id = timezone.now(), by.user_id
    if row.state == State.QUEUED:
        row.state, row.finished_at = target("cancel", row.state), row.cancel_requested_at
    row.save()
    after = audit.snapshot(row, ("state", "cancel_requested_at"))
    audit.record(by=by, action="job.cancel", obj=row, before=before, after=after)
    return row
