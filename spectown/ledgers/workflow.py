"""The table of steps of a need: who makes which step from where to where (docs/algorithms/needs.md)."""

from __future__ import annotations

from spectown.accounts.permissions import Permission
from spectown.core.workflow import Move, Workflow
from spectown.ledgers.enums import NeedState

S, P = NeedState, Permission
ANSWERS, RAISED_IT = "is_assigned", "has_raised"

NEED_STEPS = Workflow(
    labels={code: str(label) for code, label in NeedState.choices},
    moves=(
        Move("assign", "交办", (S.RAISED, S.ASSIGNED, S.UNMET), S.ASSIGNED, P.NEED_ASSIGN),
        Move("send_back", "退回交办", (S.ASSIGNED,), S.RAISED, P.NEED_ANSWER, reason=True, needs=(ANSWERS,)),
        Move("answer", "答复", (S.ASSIGNED, S.ANSWERED), S.ANSWERED, P.NEED_ANSWER, needs=(ANSWERS,)),
        Move("meet", "确认已满足", (S.ANSWERED,), S.MET, P.NEED_RAISE, needs=(RAISED_IT,)),
        Move("reopen", "确认未满足", (S.ANSWERED, S.MET), S.UNMET, P.NEED_RAISE, reason=True, needs=(RAISED_IT,)),
    ),
    needs={ANSWERS: "由承办单位办理", RAISED_IT: "由提出单位办理"},
)
# Columns that a step fills in, those that must be filled, and those it empties.
FILLS = {
    "assign": ("assigned", "assigned_on", "due_on"),
    "answer": ("answer", "answered_on"),
    "meet": ("met_on",),
}
MUST = {"assigned", "assigned_on", "answer", "answered_on", "met_on"}
EMPTIES = {
    "assign": ("answer", "answered_on", "met_on"),
    "send_back": ("assigned", "assigned_on", "due_on", "answer", "answered_on", "met_on"),
    "reopen": ("met_on",),
}
