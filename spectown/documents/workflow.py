"""The table of states of an official document: who may move it where (docs/algorithms/official-documents.md)."""

from __future__ import annotations

from spectown.accounts.permissions import Permission
from spectown.core.workflow import Move, Workflow
from spectown.documents.enums import State

P, S = Permission, State
EDITABLE = (S.DRAFT, S.RETURNED)
WRITTEN = ("write",)  # whoever wrote in a draft neither checks it nor records its signature
NUMBERED_STATES = (S.ISSUED, S.REPLACED)

WORKFLOW = Workflow(
    labels={state.value: str(state.label) for state in State},
    moves=(
        Move("submit", "送审", EDITABLE, S.CHECKING, P.DOCUMENT_DRAFT),
        Move("recall", "撤回修改", (S.CHECKING, S.SIGNING), S.DRAFT, P.DOCUMENT_DRAFT),
        Move("check", "审核通过", (S.CHECKING,), S.SIGNING, P.DOCUMENT_CHECK, not_by=WRITTEN),
        Move("return", "退回修改", (S.CHECKING,), S.RETURNED, P.DOCUMENT_CHECK, reason=True),
        Move("sign", "签发", (S.SIGNING,), S.ISSUED, P.DOCUMENT_SIGN, not_by=WRITTEN),
        Move("sign_return", "退回修改", (S.SIGNING,), S.RETURNED, P.DOCUMENT_SIGN, reason=True),
        Move("sign_paper", "登记纸质签发", (S.SIGNING,), S.ISSUED, P.DOCUMENT_CHECK, not_by=WRITTEN),
        Move("discard", "作废草稿", (*EDITABLE, S.CHECKING, S.SIGNING), S.VOIDED, P.DOCUMENT_DRAFT, reason=True),
        Move("void", "作废", (S.ISSUED,), S.VOIDED, P.DOCUMENT_CHECK, reason=True, not_by=WRITTEN),
    ),
    apart="起草和审核须由两人分别办理,不能由起草人自己",
)
