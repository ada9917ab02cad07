"""Jobs on screen: own ones, progress, cancelling, the check of a long log."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from spectown.accounts.permissions import Role
from spectown.audit.models import Event
from spectown.jobs.enums import State
from spectown.jobs.models import Job
from spectown.jobs.running import claim
from spectown.jobs.worker import run_waiting
from spectown.web.system.views import audit
from spectown.web.templatetags.spectown import duration
from tests import factories

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def owner() -> Client:
    return factories.client_for(Role.COUNTY_FILL)


def own(client: Client, **facts: Any) -> Job:
    job: Job = factories.JobFactory.create(requested_by_id=client.session["_auth_user_id"], **facts)
    return job


def running(client: Client, **facts: Any) -> Job:
    job = claim(own(client).pk)
    assert job is not None
    Job.objects.filter(pk=job.pk).update(**facts)
    job.refresh_from_db()
    return job


def text(client: Client, name: str, *args: int, **headers: Any) -> str:
    answer = client.get(reverse(name, args=args), **headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_person_sees_own_jobs_and_the_administrator_all(owner: Client) -> None:
    mine, other = own(owner, title="导入甲"), factories.JobFactory.create(title="导入乙", requester_name="张三")
    found = text(owner, "jobs:list")
    assert ("导入甲" in found, "导入乙" in found, "提交人" in found) == (True, False, False)
    found = text(factories.client_for(Role.SYSTEM_ADMIN), "jobs:list")
    assert all(word in found for word in ("导入甲", "导入乙", "张三", "提交人"))
    assert text(owner, "jobs:job", mine.pk)
    for name in ("jobs:job", "jobs:bar"):
        assert owner.get(reverse(name, args=[other.pk])).status_code == 404
    assert owner.post(reverse("jobs:cancel", args=[other.pk])).status_code == 404
    assert Client().get(reverse("jobs:job", args=[mine.pk])).status_code == 302


def test_an_empty_list_says_what_it_is_for(owner: Client) -> None:
    assert "还没有作业" in text(owner, "jobs:list")


def test_queries_do_not_grow(owner: Client) -> None:
    counts = []
    for number in (2, 30):
        for _ in range(number):
            own(owner)
        owner.get(reverse("jobs:list"))
        with CaptureQueriesContext(connection) as captured:
            owner.get(reverse("jobs:list"))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_bar_asks_again_until_the_end(owner: Client) -> None:
    began = timezone.now() - datetime.timedelta(seconds=30)
    facts = {"progress_done": 25, "progress_total": 100, "progress_message": "正在核对代码", "started_at": began}
    job = running(owner, **facts)
    address = reverse("jobs:bar", args=[job.pk])
    for found in (text(owner, "jobs:job", job.pk), text(owner, "jobs:bar", job.pk, headers=HTMX)):
        assert f'hx-get="{address}"' in found
        assert 'hx-trigger="every 1s"' in found
        assert all(
            word in found for word in ("进行中", "25%", "正在核对代码", "大约还需 1 分 30 秒", "取消作业", 'value="25"')
        )
    ended = {
        "state": State.DONE,
        "token": None,
        "lease_until": None,
        "finished_at": timezone.now(),
        "result_url": "/x/",
    }
    Job.objects.filter(pk=job.pk).update(**ended)
    answer = owner.get(address, headers=HTMX)
    assert "jobDone" in answer["HX-Trigger"]
    found = answer.content.decode()
    assert "hx-trigger" not in found
    assert "取消作业" not in found
    assert ('href="/x/"' in found, "已完成" in found, "用时 30 秒" in found) == (True, True, True)


def test_without_a_known_end_there_is_no_percentage(owner: Client) -> None:
    begun = timezone.now() - datetime.timedelta(seconds=75)
    found = text(owner, "jobs:bar", running(owner, started_at=begun).pk)
    assert "%" not in found
    assert "正在办理" in found
    assert "已用 1 分 15 秒" in found  # something moves, though no share is known


def test_a_failed_job_says_why(owner: Client) -> None:
    job = own(owner, state=State.FAILED, finished_at=timezone.now(), error="第 3 行的代码不对。")
    assert "第 3 行的代码不对。" in text(owner, "jobs:job", job.pk)
    assert "第 3 行的代码不对。" in text(owner, "jobs:list")


def test_whoever_waits_long_is_told_what_to_do(owner: Client) -> None:
    job = own(owner, requested_at=timezone.now() - datetime.timedelta(minutes=2))
    assert "后台作业进程没有运行" in text(owner, "jobs:job", job.pk)
    assert "后台作业进程没有运行" not in text(owner, "jobs:job", own(owner).pk)


def test_cancel(owner: Client) -> None:
    waiting, busy = own(owner), running(owner)
    for job, words in ((waiting, "作业已取消"), (busy, "已通知后台停止")):
        answer = owner.post(reverse("jobs:cancel", args=[job.pk]), follow=True)
        assert answer.redirect_chain == [(reverse("jobs:job", args=[job.pk]), 302)]
        assert words in answer.content.decode()
    assert "正在停止…" in text(owner, "jobs:bar", busy.pk)
    assert "取消作业" not in text(owner, "jobs:bar", busy.pk)
    again = owner.post(reverse("jobs:cancel", args=[waiting.pk]), follow=True).content.decode()
    assert "只有“等待中、进行中”时才能取消" in again
    assert Event.objects.filter(action="job.cancel").count() == 2


def test_text_of_a_job_is_not_markup(owner: Client) -> None:
    job = own(owner, title="<script>x</script>", state=State.FAILED, finished_at=timezone.now(), error="<u>y</u>")
    for found in (text(owner, "jobs:job", job.pk), text(owner, "jobs:list")):
        assert "<script>x" not in found
        assert "<u>y" not in found


def test_a_long_log_is_verified_by_a_job(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "LARGE", 0)
    client = factories.client_for(Role.AUDIT_ADMIN)
    assert "作为后台作业进行" in text(client, "system:audit")
    answer = client.post(reverse("system:audit_verify"), {"expected": "0" * 64})
    job = Job.objects.get()
    assert answer["Location"] == reverse("jobs:job", args=[job.pk])
    assert client.get(job.result_url).status_code == 404  # not done yet
    run_waiting()
    assert f'href="{job.result_url}"' in text(client, "jobs:job", job.pk)
    found = client.get(job.result_url).content.decode()
    assert "日志发现 1 处问题" in found
    assert "此前记下的校验值" in found
    assert factories.client_for(Role.AUDIT_ADMIN).get(job.result_url).status_code == 404
    assert factories.client_for(Role.COUNTY_FILL).get(job.result_url).status_code == 403


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0 秒"), (59, "59 秒"), (60, "1 分钟"), (95, "1 分 35 秒"), (7500, "2 小时 5 分钟")]
)
def test_durations(seconds: int, words: str) -> None:
    assert duration(seconds) == words
