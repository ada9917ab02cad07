"""The table of states of an application (预审): who may move it where (docs/algorithms/pre-check-states.md)."""

from __future__ import annotations

from spectown.accounts.permissions import Permission
from spectown.certification.enums import State
from spectown.core.workflow import Move, Workflow

P, S = Permission, State
EDITABLE = (S.DRAFT, S.RETURNED)
# Whoever wrote in an application or handed it in never checks it (填报和审核须由两人分别办理).
FILLERS = ("fill", "submit")

WORKFLOW = Workflow(
    labels={state.value: str(state.label) for state in State},
    moves=(
        Move("submit", "提交审核", (S.DRAFT, S.RETURNED), S.CHECKING, P.APPLICATION_FILL),
        Move("check", "审核通过", (S.CHECKING,), S.CHECKED, P.APPLICATION_CHECK, not_by=FILLERS),
        Move("return", "退回补正", (S.CHECKING,), S.RETURNED, P.APPLICATION_CHECK, reason=True),
        Move("withdraw", "撤回", (S.DRAFT, S.CHECKING, S.RETURNED), S.WITHDRAWN, P.APPLICATION_FILL, reason=True),
        Move("resume", "恢复填报", (S.WITHDRAWN,), S.DRAFT, P.APPLICATION_FILL),
        Move("reopen", "退回县(区)补正", (S.CHECKED,), S.RETURNED, P.APPLICATION_JUDGE, reason=True),
    ),
)
