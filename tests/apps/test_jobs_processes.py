"""Workers as real processes on a real database: killed, stopped, cancelled, two at once."""

import signal
from pathlib import Path

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from spectown.jobs.enums import State
from spectown.jobs.models import Job
from spectown.jobs.reaper import reap
from spectown.jobs.services import cancel, enqueue
from spectown.jobs.worker import run_waiting
from tests import factories
from tests.apps.job_kinds import marks
from tests.apps.worker_processes import PATIENCE, Start, until

pytestmark = pytest.mark.django_db(transaction=True)


def slow(folder: Path, kind: str = "test.slow") -> Job:
    return enqueue(kind=kind, args={"folder": str(folder)}, by=factories.actor())


def state_of(job: Job) -> str:
    job.refresh_from_db()
    return job.state


@pytest.mark.data
def test_a_killed_worker_loses_nothing(tmp_path: Path, start: Start) -> None:
    job = slow(tmp_path)
    worker = start()
    until(lambda: marks(tmp_path) == ["begun"])
    until(lambda: Job.objects.get().progress_done == 30)  # written by the pulse while the job is busy
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert state_of(job) == State.RUNNING
    assert reap() == 1
    assert state_of(job) == State.QUEUED
    (tmp_path / "go").touch()
    DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(run_after=job.requested_at)
    run_waiting()
    assert (state_of(job), job.attempts, marks(tmp_path)) == (State.DONE, 2, ["begun", "begun", "ended"])


def test_a_stopped_worker_puts_its_job_back(tmp_path: Path, start: Start) -> None:
    job = slow(tmp_path)
    worker = start()
    until(lambda: marks(tmp_path) == ["begun"])
    worker.terminate()
    assert worker.wait(timeout=PATIENCE) == 0
    assert (state_of(job), job.attempts) == (State.QUEUED, 0)
    assert "重新启动" in job.progress_message
    (tmp_path / "go").touch()
    run_waiting()
    assert (state_of(job), job.attempts) == (State.DONE, 1)


def test_a_running_job_is_cancelled_from_elsewhere(tmp_path: Path, start: Start) -> None:
    job = slow(tmp_path)
    start()
    until(lambda: state_of(job) == State.RUNNING)
    cancel(job=job, by=factories.actor(role="system_admin"))
    until(lambda: state_of(job) == State.CANCELLED)
    assert marks(tmp_path) == ["begun"]


@pytest.mark.data
def test_two_workers_never_run_one_job_twice(tmp_path: Path, start: Start) -> None:
    numbers = [slow(tmp_path, "test.mark").pk for _ in range(30)]
    workers = [start("--once"), start("--once")]
    assert [worker.wait(timeout=PATIENCE) for worker in workers] == [0, 0]
    assert sorted(marks(tmp_path), key=int) == [str(number) for number in numbers]
    assert set(Job.objects.values_list("state", "attempts")) == {(State.DONE, 1)}
