"""Where an upload may go from where: one table, for services, buttons and the diagram in the docs."""

from __future__ import annotations

from spectown.accounts.permissions import Permission
from spectown.core.workflow import Attempt, Move, Workflow
from spectown.lib.refusal import Refused
from spectown.lists.enums import RunState as S
from spectown.lists.models import ImportRun
from spectown.organisations.actors import Actor

P = str(Permission.LIST_CHANGE)
WORKFLOW = Workflow(
    labels={str(state.value): str(state.label) for state in S},
    moves=(
        Move("refuse", "拒收", (S.CHECKING,), S.REFUSED, P),
        Move("fault", "退回修改", (S.CHECKING,), S.FAULTY, P),
        Move("ready", "交付确认", (S.CHECKING,), S.READY, P),
        Move("same", "记为无变化", (S.CHECKING,), S.SAME, P),
        Move("recheck", "重新核对", (S.FAULTY, S.READY, S.APPLYING), S.CHECKING, P),
        Move("apply", "确认导入", (S.READY,), S.APPLYING, P),
        Move("finish", "完成", (S.APPLYING,), S.DONE, P),
        Move("cancel", "放弃", (S.CHECKING, S.FAULTY, S.READY), S.CANCELLED, P),
        Move("stop", "中止", (S.APPLYING,), S.CANCELLED, P),
        Move("fail", "记为失败", (S.CHECKING, S.APPLYING), S.FAILED, P),
    ),
)
OPEN = (S.CHECKING, S.FAULTY, S.READY, S.APPLYING)
ENDED = (S.REFUSED, S.SAME, S.DONE, S.CANCELLED, S.FAILED)


def refusals(run: ImportRun, code: str, by: Actor) -> list[str]:
    """Why this person cannot make the move now, in Chinese; empty = they can. Only the uploader moves an upload."""
    attempt = Attempt(frozenset(str(p) for p in by.permissions), by.user_id, {})
    reasons = WORKFLOW.refusals(code, run.state, attempt)
    if by.user_id != run.uploaded_by_id:
        reasons.append("只有上传人自己可以处理这次导入。")
    return reasons


def move(run: ImportRun, code: str, by: Actor) -> None:
    """Set the new state (the caller saves). Raises Refused."""
    reasons = refusals(run, code, by)
    if reasons:
        raise Refused("".join(reasons))
    run.state = WORKFLOW.move(code).target
