"""The table of moves of a pre-check application; prose and diagram in docs/algorithms/pre-check-states.md."""

from __future__ import annotations

from spectown.accounts.permissions import Permission
from spectown.certification.enums import State
from spectown.core.workflow import Move, Workflow

WORKFLOW = Workflow(
    labels={state.value: str(state.label) for state in State},
    moves=(
        Move("submit", "提交审核", (State.DRAFT, State.RETURNED), State.CHECKING, Permission.APPLICATION_FILL),
        Move("recall", "撤回修改", (State.CHECKING,), State.DRAFT, Permission.APPLICATION_FILL),
        Move(
            "check", "审核通过", (State.CHECKING,), State.CHECKED, Permission.APPLICATION_CHECK, not_by=("submitted",)
        ),
        Move("return", "退回填报", (State.CHECKING,), State.RETURNED, Permission.APPLICATION_CHECK, reason=True),
        Move("send_back", "退回县(区)", (State.CHECKED,), State.RETURNED, Permission.APPLICATION_JUDGE, reason=True),
        Move(
            "abandon", "作废", (State.DRAFT, State.RETURNED), State.WITHDRAWN, Permission.APPLICATION_FILL, reason=True
        ),
    ),
)
OPEN_TO_FILLING = (State.DRAFT, State.RETURNED)
