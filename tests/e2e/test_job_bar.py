"""The bar of a job in a real browser: it moves by itself, ends by itself, and can be cancelled."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from spectown.accounts.permissions import Role
from spectown.jobs.enums import State
from spectown.jobs.models import Job
from spectown.jobs.running import claim
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def base_url(live_server: Any) -> str:
    """Rows of our own."""
    return str(live_server.url)


@pytest.fixture
def job(page: Page, base_url: str) -> Job:
    """A job that runs somewhere, asked for by the person who looks."""
    factories.InstallationFactory.create()
    client = factories.client_for(Role.COUNTY_FILL)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": base_url}])
    made = factories.JobFactory.create(requested_by_id=client.session["_auth_user_id"], title="导入企业名录")
    running = claim(made.pk)
    assert running is not None
    return running


def change(job: Job, **facts: Any) -> None:
    Job.objects.filter(pk=job.pk).update(**facts)


def test_the_bar_moves_and_ends_by_itself(page: Page, job: Job, shot: Callable[[Page, str], None]) -> None:
    change(job, progress_done=20, progress_total=100, progress_message="正在核对统一社会信用代码")
    page.goto(f"/jobs/{job.pk}/")
    bar = page.locator(".job-bar")
    expect(bar).to_contain_text("20%")
    change(job, progress_done=60)
    expect(bar).to_contain_text("60%")
    shot(page, "job")
    ended = {"state": State.DONE, "token": None, "lease_until": None, "finished_at": timezone.now()}
    change(job, **ended, result_url="/workbench/")
    expect(bar).to_contain_text("已完成")
    expect(page.locator("#job-facts")).not_to_contain_text("未结束")
    assert bar.get_attribute("hx-trigger") is None
    page.get_by_role("link", name="查看结果").click()
    expect(page).to_have_url(re.compile("/workbench/$"))


def test_cancelling(page: Page, job: Job) -> None:
    page.goto(f"/jobs/{job.pk}/")
    page.get_by_role("button", name="取消作业").click()
    expect(page.locator(".job-bar")).to_contain_text("正在停止")
    job.refresh_from_db()
    assert job.cancel_requested_by_id == job.requested_by_id
