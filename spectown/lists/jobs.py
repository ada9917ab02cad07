"""Jobs of the lists: check and apply an upload; clear files of ended imports."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils import timezone

from spectown.audit.services import SYSTEM
from spectown.jobs.context import Cancelled, JobContext
from spectown.jobs.registry import KINDS, job, periodic
from spectown.lib.refusal import Refused
from spectown.lists.importing import purging, services
from spectown.lists.models import ImportRun
from spectown.organisations.actors import Actor, NotAllowed, acting

DAY = 24 * 3600


@job(services.CHECK, title="检查导入文件")
def check_import(ctx: JobContext, run: int) -> dict[str, Any]:
    """Read and compare an upload."""
    return _guarded(ctx, run, services.CHECK, services.check)


@job(services.APPLY, title="导入清单")
def apply_import(ctx: JobContext, run: int) -> dict[str, Any]:
    """Write an upload; may start again at any time, since it is one transaction."""
    return _guarded(ctx, run, services.APPLY, services.perform)


def _guarded(ctx: JobContext, pk: int, kind: str, work: Callable[..., ImportRun]) -> dict[str, Any]:
    """Do it as the person who asked; the run ends with its job."""
    run = ImportRun.objects.get(pk=pk)
    actor = _actor(ctx, run)
    try:
        done = work(run=run, by=actor, pulse=ctx)
    except Cancelled:
        services.stopped(run=run, by=actor)
        raise
    except (Refused, NotAllowed) as error:
        services.failed(run=run, by=actor, message=str(error))
        raise Refused(str(error)) from error  # a job that was refused is not tried again
    except Exception:
        if ctx.attempt >= KINDS[kind].max_attempts:
            services.failed(run=run, by=actor, message="系统出错,没有导入任何内容。请稍后重新上传;仍不行请联系管理员。")
        raise
    return {"state": done.state, **done.counts}


def _actor(ctx: JobContext, run: ImportRun) -> Actor:
    """Who asked, in the role of then; where that has ended, the run fails with the job. Raises Refused."""
    try:
        return acting(ctx.by)
    except Refused as refusal:
        services.failed(run=run, by=SYSTEM, message=str(refusal))
        raise


@periodic("lists.purge_imports", seconds=DAY)
def purge_imports() -> None:
    """Remove the files of imports that ended long ago."""
    purging.purge(before=timezone.now() - datetime.timedelta(days=settings.IMPORT_KEEP_DAYS))
