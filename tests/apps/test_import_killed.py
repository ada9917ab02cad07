"""A worker killed in the middle of a large import leaves nothing half-written; it is applied once, by the next one."""

import signal
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Sum
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from spectown.audit.models import Event, Part
from spectown.audit.services import breaches
from spectown.enterprises.models import Enterprise
from spectown.jobs.enums import State
from spectown.jobs.models import Job
from spectown.jobs.reaper import reap
from spectown.lists.importing.services import INLINE_ROWS
from spectown.lists.models import ImportRun
from tests.apps.import_world import World, applied, fresh, line, sent, workbook
from tests.apps.worker_processes import PATIENCE, Start, until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.data]
NEW = INLINE_ROWS + 500  # so many that it is a job


def written() -> tuple[int, int, int, int]:
    """Enterprises, those changed, events of the import and the rows of their blocks."""
    firms, events = Enterprise.objects.all(), Event.objects.filter(action="list.import")
    rows = Part.objects.aggregate(rows=Sum("rows", default=0))["rows"]
    return firms.count(), firms.filter(version__gt=1).count(), events.count(), rows


def again() -> None:
    """The next run of a job that broke off is due at once."""
    DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(run_after=timezone.now())


def test_killed_in_the_middle_of_a_large_import(tmp_path: Path, start: Start, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"  # as in the workers' DATA_DIR
    world = World()
    old = [world.firm(n) for n in range(3)]
    before = written()
    rows = [line(firm, 联系人="新人") for firm in old] + [fresh(n) for n in range(100, 100 + NEW)]
    run = applied(sent(world.county, workbook(rows)), world.county)
    job = Job.objects.get(pk=run.job_id)
    assert (run.state, job.state) == ("applying", State.QUEUED)

    worker = start(module="tests.apps.import_process", DATA_DIR=str(tmp_path))
    until((tmp_path / "written").exists)
    job.refresh_from_db()
    assert job.progress_message.startswith(
        f"正在写入 {3 + NEW:,} 行,预计约 1 秒,写入期间进度不更新"
    )  # though the transaction is open
    assert job.percent is None  # no share of the work that would stand still
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert written() == before
    job.refresh_from_db()
    assert (ImportRun.objects.get().state, job.state) == ("applying", State.RUNNING)

    assert reap() == 1
    again()
    assert start("--once", DATA_DIR=str(tmp_path)).wait(timeout=PATIENCE) == 0
    job.refresh_from_db()
    assert (ImportRun.objects.get().state, job.state, job.attempts) == ("done", State.DONE, 2)
    assert written() == (3 + NEW, 3, 1, 3 + NEW)
    assert Enterprise.objects.filter(contact="新人", version=2).count() == 3
    assert list(breaches()) == []
    assert reap() == 0
