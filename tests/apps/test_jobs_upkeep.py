"""What keeps the queue healthy: reaper, leases, timer, purge, check of the log."""

import datetime
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from spectown.audit.models import Event
from spectown.jobs import identity, jobs, timer
from spectown.jobs.enums import State
from spectown.jobs.models import Job, Lease
from spectown.jobs.outcome import Outcome
from spectown.jobs.reaper import reap
from spectown.jobs.registry import PERIODIC, Periodic
from spectown.jobs.running import claim, settle
from spectown.jobs.services import cancel, enqueue
from spectown.jobs.worker import run_waiting
from tests import factories
from tests.apps import job_kinds
from tests.apps.job_kinds import marks

pytestmark = [pytest.mark.django_db, pytest.mark.data]
PAST = datetime.timedelta(minutes=10)


def ask(folder: Path, kind: str = "test.mark") -> Job:
    return enqueue(kind=kind, args={"folder": str(folder)}, by=factories.actor())


def running(folder: Path, kind: str = "test.mark", **facts: Any) -> Job:
    """A job whose worker took it and was never seen again."""
    job = claim(ask(folder, kind).pk)
    assert job is not None
    DBTaskResult.objects.filter(pk=job.task_id).update(status=TaskResultStatus.RUNNING, started_at=job.started_at)
    Job.objects.filter(pk=job.pk).update(**{"lease_until": timezone.now() - PAST, **facts})
    job.refresh_from_db()
    return job


def test_a_job_without_sign_of_life_is_put_back(tmp_path: Path) -> None:
    job = running(tmp_path)
    lost = DBTaskResult.objects.get()
    assert reap() == 1
    assert reap() == 0
    lost.refresh_from_db()
    assert lost.status == TaskResultStatus.FAILED
    job.refresh_from_db()
    assert (job.state, job.attempts, job.progress_message) == (State.QUEUED, 1, "后台进程中断,稍后自动从头再做。")
    DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(run_after=timezone.now())
    run_waiting()
    job.refresh_from_db()
    assert (job.state, job.attempts, marks(tmp_path)) == (State.DONE, 2, [str(job.pk)])


def test_a_job_that_lives_is_left_alone(tmp_path: Path) -> None:
    running(tmp_path, lease_until=timezone.now() + PAST)
    assert reap() == 0


def test_a_dead_process_of_this_machine_is_seen_at_once(tmp_path: Path) -> None:
    running(tmp_path, lease_until=timezone.now() + PAST, worker=f"{identity.machine()}/{2**22 + 1}/x")
    assert reap() == 1


def test_after_the_last_try_it_has_failed(tmp_path: Path) -> None:
    job = running(tmp_path, attempts=3)
    reap()
    job.refresh_from_db()
    assert (job.state, f"作业编号 {job.pk}" in job.error) == (State.FAILED, True)


def test_what_must_not_be_repeated_has_failed(tmp_path: Path) -> None:
    job = running(tmp_path, "test.once")
    reap()
    job.refresh_from_db()
    assert (job.state, "没有自动重做" in job.error) == (State.FAILED, True)


def test_a_lost_job_that_somebody_cancelled_is_cancelled(tmp_path: Path) -> None:
    job = running(tmp_path)
    cancel(job=job, by=factories.actor(role="system_admin"))
    reap()
    job.refresh_from_db()
    assert job.state == State.CANCELLED


def test_the_late_word_of_a_lost_worker_counts_nothing(tmp_path: Path) -> None:
    job = running(tmp_path)
    reap()
    assert settle(job, Outcome("finish", result={"late": True})) is False
    job.refresh_from_db()
    assert (job.state, job.result) == (State.QUEUED, {})


def test_a_waiting_job_whose_entry_was_lost_gets_a_new_one(tmp_path: Path) -> None:
    job = ask(tmp_path)
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=timezone.now() - PAST)
    assert reap() == 0  # asked for just now
    Job.objects.update(requested_at=timezone.now() - PAST)
    assert reap() == 1
    assert reap() == 0
    run_waiting()
    job.refresh_from_db()
    assert (job.state, marks(tmp_path)) == (State.DONE, [str(job.pk)])


def test_a_lease_is_for_one_and_for_its_time() -> None:
    assert timer.take("work", 60)
    assert not timer.take("work", 60)
    assert timer.take("other", 60)
    Lease.objects.filter(name="work").update(until=timezone.now(), holder="h/1/2/t")
    assert timer.take("work", 60)
    assert Lease.objects.get(name="work").holder == identity.identity()


def test_work_that_breaks_does_not_stop_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    done = []

    def broken() -> None:
        raise ZeroDivisionError

    works = (Periodic("a", 60, broken), Periodic("b", 60, lambda: done.append("b")))
    for name in list(PERIODIC):
        monkeypatch.delitem(PERIODIC, name)
    for work in works:
        monkeypatch.setitem(PERIODIC, work.name, work)
    assert (timer.turn(), timer.turn(), done) == (["b"], [], ["b"])


def test_periodic_work_is_declared() -> None:
    assert {"reap", "purge"} <= PERIODIC.keys()


def test_old_jobs_are_purged_and_the_log_says_so(tmp_path: Path, settings: Any) -> None:
    settings.JOB_DAYS = 5
    old, young, waiting = (ask(tmp_path) for _ in range(3))
    run_waiting()
    Job.objects.filter(pk=waiting.pk).update(state=State.QUEUED, finished_at=None)
    long_ago = timezone.now() - datetime.timedelta(days=6)
    Job.objects.filter(pk=old.pk).update(finished_at=long_ago)
    DBTaskResult.objects.filter(pk=old.task_id).update(finished_at=long_ago)
    factories.LeaseFactory.create(name="purge") if not Lease.objects.filter(name="purge").exists() else None
    jobs.purge()
    assert set(Job.objects.values_list("pk", flat=True)) == {young.pk, waiting.pk}
    assert not DBTaskResult.objects.filter(pk=old.task_id).exists()
    assert Event.objects.latest("seq").after["jobs"] == 1


def test_processes_are_told_apart() -> None:
    machine, own = identity.machine(), identity.identity()
    assert not identity.is_gone(own)
    assert identity.is_gone(own.rpartition("/")[0] + "/another")
    assert identity.is_gone(f"{machine}/{2**22 + 1}/x")
    assert not identity.is_gone(f"{machine}/1/x")
    assert not identity.is_gone("elsewhere/4/99999999/x")
    assert not identity.is_gone("")


def test_the_log_is_verified_as_a_job(tmp_path: Path) -> None:
    ask(tmp_path)
    job = enqueue(kind="audit.verify", args={"expected": "0" * 64}, by=factories.actor())
    run_waiting()
    job.refresh_from_db()
    assert (job.state, job.result["total"]) == (State.DONE, 1)
    assert "找不到" in job.result["breaches"][0]["message"]
    event = Event.objects.latest("seq")
    assert (event.action, event.actor_id) == ("audit.verify", job.requested_by_id)


def test_the_command_runs_what_waits(tmp_path: Path) -> None:
    job = ask(tmp_path)
    call_command("worker", "--once")
    assert marks(tmp_path) == [str(job.pk)]


def test_a_new_token_for_every_run(tmp_path: Path) -> None:
    job = running(tmp_path)
    first = job.token
    reap()
    again = claim(job.pk)
    assert again is not None
    assert isinstance(again.token, uuid.UUID)
    assert again.token != first


def test_kinds_of_the_tests_are_known() -> None:
    assert job_kinds.leave_mark.__name__ == "leave_mark"
