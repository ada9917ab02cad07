"""Jobs: asked for, run, refused, broken, cancelled; in one process."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from spectown.accounts.models import User
from spectown.accounts.permissions import Role
from spectown.audit.models import Event
from spectown.audit.services import SYSTEM
from spectown.jobs import registry
from spectown.jobs.context import STOPPING, Cancelled, Interrupted, JobContext
from spectown.jobs.enums import State
from spectown.jobs.models import Job
from spectown.jobs.running import BACK_OFF, claim, run_job
from spectown.jobs.services import cancel, enqueue, may_cancel
from spectown.jobs.worker import run_waiting
from spectown.jobs.workflow import WORKFLOW, target
from spectown.lib.refusal import Refused
from spectown.organisations.actors import acting
from tests import factories
from tests.apps.job_kinds import marks

pytestmark = [pytest.mark.django_db, pytest.mark.data]


def ask(folder: Path, kind: str = "test.mark", **options: Any) -> Job:
    return enqueue(kind=kind, args={"folder": str(folder)}, by=factories.actor(), **options)


def again(job: Job) -> Job:
    job.refresh_from_db()
    return job


def hurry() -> None:
    """Let the next try come now."""
    DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(run_after=timezone.now())


def test_a_job_runs_once_and_tells(tmp_path: Path) -> None:
    job = ask(tmp_path, title="导入 企业.xlsx")
    assert (job.state, job.title, marks(tmp_path)) == (State.QUEUED, "导入 企业.xlsx", [])
    run_waiting()
    run_waiting()
    job = again(job)
    assert marks(tmp_path) == [str(job.pk)]
    assert (job.state, job.attempts, job.result) == (State.DONE, 1, {"who": job.requested_by.name})
    assert (job.progress_done, job.progress_total, job.progress_message) == (1, 2, "正在记")
    assert (job.result_url, job.percent, job.error) == ("/jobs/", 100, "")
    assert job.started_at is not None
    assert job.finished_at is not None
    assert job.finished_at >= job.started_at >= job.requested_at


def test_a_rolled_back_request_leaves_nothing(tmp_path: Path) -> None:
    with transaction.atomic():
        ask(tmp_path)
        transaction.set_rollback(True)
    assert not Job.objects.exists()
    assert not DBTaskResult.objects.exists()
    run_waiting()
    assert marks(tmp_path) == []


def test_inline_runs_here_and_now(tmp_path: Path) -> None:
    job = ask(tmp_path, inline=True)
    assert (job.state, marks(tmp_path)) == (State.DONE, [str(job.pk)])
    assert not DBTaskResult.objects.exists()
    failed = ask(tmp_path, "test.break", inline=True)
    assert (failed.state, failed.attempts) == (State.FAILED, 1)
    assert not User.objects.filter(username__startswith="half").exists()


def test_a_refusal_is_shown_and_not_repeated(tmp_path: Path) -> None:
    job = ask(tmp_path, "test.refuse")
    run_waiting()
    assert (again(job).state, job.error, marks(tmp_path)) == (State.FAILED, "第 3 行的代码不对。", ["refused"])
    assert not DBTaskResult.objects.filter(status=TaskResultStatus.READY).exists()


def test_a_broken_job_is_repeated_with_back_off_and_not_for_ever(tmp_path: Path) -> None:
    job = ask(tmp_path, "test.break")
    for attempt in (1, 2):
        run_waiting()
        waiting = DBTaskResult.objects.get(status=TaskResultStatus.READY)
        assert (again(job).state, job.attempts, job.task_id) == (State.QUEUED, attempt, waiting.pk)
        assert "重试" in job.progress_message
        left = (waiting.run_after - timezone.now()).total_seconds()
        assert BACK_OFF[attempt - 1] - 5 < left <= BACK_OFF[attempt - 1]
        hurry()
    run_waiting()
    hurry()
    run_waiting()
    assert (again(job).state, marks(tmp_path)) == (State.FAILED, ["broken"] * 3)
    assert f"作业编号 {job.pk}" in job.error
    assert not User.objects.filter(username__startswith="half").exists()


def test_a_job_that_must_not_be_repeated_is_not(tmp_path: Path) -> None:
    (tmp_path / "go").touch()
    job = ask(tmp_path, "test.once")
    run_waiting()
    assert (again(job).state, marks(tmp_path)) == (State.FAILED, ["begun"])


def test_what_cannot_be_a_result_or_is_no_kind_fails_in_words() -> None:
    job = enqueue(kind="test.odd", args={}, by=factories.actor(), inline=True)
    assert (job.state, job.result) == (State.FAILED, {})
    gone = factories.JobFactory.create(kind="gone.away")
    run_job.call(gone.pk)
    assert (again(gone).state, "没有“gone.away”这种作业" in gone.error) == (State.FAILED, True)
    with pytest.raises(KeyError):
        enqueue(kind="gone.away", args={}, by=factories.actor())


def test_the_system_asks_for_no_jobs() -> None:
    class Itself(type(SYSTEM)):  # type: ignore[misc]
        membership_id = None

    with pytest.raises(Refused):
        enqueue(kind="test.odd", args={}, by=Itself())


def test_only_one_can_claim(tmp_path: Path) -> None:
    job = ask(tmp_path)
    assert claim(job.pk) is not None
    assert claim(job.pk) is None
    run_job.call(job.pk)
    assert marks(tmp_path) == []


def test_cancel_while_waiting(tmp_path: Path) -> None:
    owner = factories.actor(Role.COUNTY_FILL)
    job = enqueue(kind="test.mark", args={"folder": str(tmp_path)}, by=owner)
    for other in (factories.actor(Role.COUNTY_FILL), factories.actor(Role.OFFICE)):
        assert not may_cancel(job, other)
        with pytest.raises(Refused, match="不能取消"):
            cancel(job=job, by=other)
    cancel(job=job, by=owner)
    run_waiting()
    assert (again(job).state, marks(tmp_path), job.cancel_requested_by_id) == (State.CANCELLED, [], owner.user_id)
    event = Event.objects.latest("seq")
    assert (event.action, event.object_id, event.actor_id) == ("job.cancel", str(job.pk), owner.user_id)
    assert (event.before["state"], event.after["state"]) == (State.QUEUED, State.CANCELLED)
    with pytest.raises(Refused, match="已取消"):
        cancel(job=job, by=owner)


def test_cancel_while_running_is_a_wish_that_is_noted_once(tmp_path: Path) -> None:
    job = ask(tmp_path)
    claim(job.pk)
    admin = factories.actor(Role.SYSTEM_ADMIN)
    assert may_cancel(again(job), admin)
    cancel(job=job, by=admin)
    cancel(job=job, by=admin)
    assert (again(job).state, job.cancel_requested_by_id) == (State.RUNNING, admin.user_id)
    assert not may_cancel(job, admin)
    assert Event.objects.filter(action="job.cancel").count() == 1


def test_the_context_says_when_to_stop(tmp_path: Path) -> None:
    claimed = claim(ask(tmp_path).pk)
    assert claimed is not None
    ctx, firm = JobContext(claimed, may_pause=True), JobContext(claimed, may_pause=False)
    ctx.raise_if_cancelled()
    STOPPING.set()
    try:
        with pytest.raises(Interrupted):
            ctx.raise_if_cancelled()
        firm.raise_if_cancelled()
    finally:
        STOPPING.clear()
    ctx.cancelled.set()
    with pytest.raises(Cancelled):
        ctx.raise_if_cancelled()
    for url in ("https://example.org/", "//example.org/", "jobs"):
        with pytest.raises(ValueError, match="not a path"):
            ctx.look_at(url)


def test_the_role_is_asked_for_again_when_the_job_runs(tmp_path: Path) -> None:
    owner = factories.actor(Role.COUNTY_FILL)
    claimed = claim(enqueue(kind="test.mark", args={"folder": str(tmp_path)}, by=owner).pk)
    assert claimed is not None
    by = JobContext(claimed, may_pause=True).by
    assert acting(by) == owner
    User.objects.filter(pk=owner.user_id).update(is_active=False)
    with pytest.raises(Refused, match="已收回或到期"):
        acting(by)


def test_numbers_for_the_person() -> None:
    now = timezone.now()
    job = Job(
        state=State.RUNNING, started_at=now - datetime.timedelta(seconds=30), progress_done=25, progress_total=100
    )
    assert (job.percent, job.seconds_left, job.seconds_spent) == (25, 90, 30)
    job.progress_done = 100
    assert (job.percent, job.seconds_left) == (99, 0)
    job.progress_total = None
    assert (job.percent, job.seconds_left) == (None, None)
    assert not Job().waits_long
    assert Job(requested_at=now - datetime.timedelta(seconds=61)).waits_long
    assert Job().seconds_spent is None


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"cancel_requested_at": timezone.now()}, "job_cancel_requested_at_and_by"),
        ({"state": State.RUNNING}, "job_running_has_lease"),
        ({"lease_until": timezone.now()}, "job_running_has_lease"),
        ({"state": State.DONE}, "job_finished_has_time"),
        ({"finished_at": timezone.now()}, "job_finished_has_time"),
    ],
)
def test_constraints(facts: dict[str, Any], name: str) -> None:
    with pytest.raises(IntegrityError, match=name):
        factories.JobFactory.create(**facts)


def test_moves_of_the_system() -> None:
    assert target("finish", State.RUNNING) == State.DONE
    with pytest.raises(ValueError, match="只有"):
        target("finish", State.CANCELLED)
    assert "running --> queued: 重新排队" in WORKFLOW.diagram()


def test_a_code_stands_for_one_function() -> None:
    with pytest.raises(ValueError, match="declared twice"):
        registry.job("test.mark", title="x")(lambda ctx: None)
    with pytest.raises(ValueError, match="declared twice"):
        registry.periodic("reap", seconds=1)(lambda: None)
