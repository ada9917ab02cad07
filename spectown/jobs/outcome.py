"""Run the function of a job and say what came of it, in words for the person who waits."""

from __future__ import annotations

import json
import logging
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from spectown.jobs.context import Cancelled, Interrupted, JobContext, Lost
from spectown.jobs.registry import Kind
from spectown.lib.refusal import Refused

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """`move`: a code of the workflow; empty = nothing may be written any more. `again`: the requeued run counts not."""

    move: str
    result: dict[str, Any] = field(default_factory=dict)
    error: str = ""
    again: bool = False


def outcome_of(kind: Kind, ctx: JobContext, args: dict[str, Any], *, tries_left: int) -> Outcome:
    """Call the job; every way it can end is one Outcome."""
    try:
        with _undoing():
            return Outcome("finish", result=_plain(kind.run(ctx, **args)))
    except Cancelled:
        return Outcome("cancel")
    except Interrupted:
        return Outcome("requeue", error="系统正在重新启动,稍后自动继续。", again=True)
    except Lost:
        return Outcome("")
    except Refused as refusal:
        return Outcome("fail", error=str(refusal))
    except Exception:
        logger.exception("job %s (%s) broke off in attempt %s", ctx.job_id, kind.code, ctx.attempt)
        return _broken(ctx, tries_left)


def _broken(ctx: JobContext, tries_left: int) -> Outcome:
    if tries_left > 0:
        return Outcome("requeue", error=f"第 {ctx.attempt} 次运行出错,稍后自动重试。")
    times = f"已运行 {ctx.attempt} 次," if ctx.attempt > 1 else ""
    return Outcome(
        "fail", error=f"系统内部出错,{times}没有完成。请把作业编号 {ctx.job_id} 告诉系统管理员,查明后重新提交。"
    )


def _undoing() -> AbstractContextManager[Any]:
    """Inside somebody's transaction a broken job must undo its half; outside, a job makes its own transactions."""
    return transaction.atomic() if transaction.get_connection().in_atomic_block else nullcontext()


def _plain(result: Any) -> dict[str, Any]:
    if result is None:
        return {}
    if not isinstance(result, dict):
        raise TypeError(f"a job returns a JSON object or None, not {type(result).__name__}")
    plain: dict[str, Any] = json.loads(json.dumps(result, cls=DjangoJSONEncoder, ensure_ascii=False))
    return plain
