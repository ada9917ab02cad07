"""Jobs for the tests of jobs: each leaves a line in a file, so that a second run shows."""

import time
from pathlib import Path
from typing import Any

from django.db import transaction

from spectown.accounts.models import User
from spectown.jobs.context import JobContext
from spectown.jobs.registry import job
from spectown.lib.refusal import Refused

PATIENCE = 20.0


def mark(folder: str, text: str) -> None:
    with (Path(folder) / "marks").open("a", encoding="utf-8") as file:
        file.write(f"{text}\n")


def marks(folder: Path) -> list[str]:
    path = folder / "marks"
    return path.read_text("utf-8").splitlines() if path.exists() else []


def _wait_for(path: Path, ctx: JobContext) -> None:
    end = time.monotonic() + PATIENCE
    while not path.exists() and time.monotonic() < end:
        ctx.raise_if_cancelled()
        time.sleep(0.02)


@job("test.mark", title="记一笔")
def leave_mark(ctx: JobContext, folder: str) -> dict[str, Any]:
    ctx.progress(1, 2, "正在记")
    mark(folder, f"{ctx.job_id}")
    ctx.look_at("/jobs/")
    return {"who": ctx.by.name}


@job("test.slow", title="慢作业")
def slow(ctx: JobContext, folder: str) -> None:
    """Go on when the file `go` is there."""
    mark(folder, "begun")
    ctx.progress(30, 100, "正在等")
    _wait_for(Path(folder) / "go", ctx)
    mark(folder, "ended")


@job("test.once", title="不可重做", idempotent=False)
def once(ctx: JobContext, folder: str) -> None:
    mark(folder, "begun")
    _wait_for(Path(folder) / "go", ctx)
    raise ValueError("broken half-way")


@job("test.refuse", title="办不成")
def refuse(ctx: JobContext, folder: str) -> None:
    mark(folder, "refused")
    raise Refused("第 3 行的代码不对。")


@job("test.break", title="写一半出错")
def break_off(ctx: JobContext, folder: str) -> None:
    mark(folder, "broken")
    with transaction.atomic():
        User.objects.create(username=f"half{ctx.attempt}", name="一半")
        raise ValueError("broken")


@job("test.odd", title="结果不对")
def odd_result(ctx: JobContext) -> Any:
    return 7
