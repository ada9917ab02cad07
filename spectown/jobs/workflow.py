"""The states of a job as a table: what the system moves by itself, what a person may ask for."""

from __future__ import annotations

from spectown.core.workflow import Attempt, Move, Workflow
from spectown.jobs.enums import State

RUN, CANCEL = "job.run", "job.cancel"
QUEUED, RUNNING = State.QUEUED.value, State.RUNNING.value

WORKFLOW = Workflow(
    labels={state.value: str(state.label) for state in State},
    moves=(
        Move("start", "开始", (QUEUED,), RUNNING, RUN),
        Move("finish", "完成", (RUNNING,), State.DONE.value, RUN),
        Move("fail", "中止", (QUEUED, RUNNING), State.FAILED.value, RUN),
        Move("requeue", "重新排队", (RUNNING,), QUEUED, RUN),
        Move("cancel", "取消", (QUEUED, RUNNING), State.CANCELLED.value, CANCEL),
    ),
)
_SYSTEM = Attempt(permissions=frozenset({RUN, CANCEL}), user=None, doers={})


def target(code: str, state: str) -> State:
    """State after a move that the system makes; ValueError where the table has no such move from there."""
    refusals = WORKFLOW.refusals(code, state, _SYSTEM)
    if refusals:
        raise ValueError("".join(refusals))
    return State(WORKFLOW.move(code).target)
