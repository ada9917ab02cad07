"""Jobs of market entities: look for look-alikes."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from spectown.enterprises.services import search
from spectown.jobs.context import JobContext
from spectown.jobs.registry import job
from spectown.organisations.actors import acting

SEARCH = "enterprises.search"


@job(SEARCH, title="查找疑似重复企业")
def search_duplicates(ctx: JobContext) -> dict[str, Any]:
    """Compare all enterprises; may start again at any time, since what is found is written in one transaction."""
    ctx.progress(0, 1, "正在比较名称和代码")
    waiting = search(today=timezone.localdate(), by=acting(ctx.by))
    ctx.progress(1, 1, "已比较完")
    return {"open": waiting}
