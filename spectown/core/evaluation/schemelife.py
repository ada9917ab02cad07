"""States of a draft of a scheme (评估方案稿), as a table. Prose: docs/algorithms/evaluation.md."""

from __future__ import annotations

from spectown.core.workflow import Move, Workflow

MANAGE, DECIDE = "evaluation.manage", "evaluation.decide"

SCHEME = Workflow(
    {"draft": "拟定中", "sent": "待审定", "approved": "已审定", "dropped": "已作废"},
    (
        Move(
            *("send", "提请审定", ("draft",), "sent", MANAGE),
            reason=True,
            needs=("scheme_complete", "scheme_changed", "categories_free", "year_open"),
            effects=("tell_approvers",),
        ),
        Move("take_back", "撤回修改", ("sent",), "draft", MANAGE),
        Move("return", "退回修改", ("sent",), "draft", DECIDE, reason=True, effects=("tell_drafter",)),
        Move(
            *("approve", "审定", ("sent",), "approved", DECIDE),
            not_by=("start", "send"),
            reason=True,
            needs=("scheme_complete", "categories_free", "year_open"),
            effects=("put_in_force", "tell_drafter"),
        ),
        Move("drop", "作废", ("draft",), "dropped", MANAGE, reason=True),
    ),
    apart="拟定和审定须由两人分别办理,不能由提请人自己",
    needs={
        "scheme_complete": "补齐方案所缺的内容",
        "scheme_changed": "与抄来的方案有不同",
        "categories_free": "适用的类别没有别的方案",
        "year_open": "起用年度的评估还没有冻结数据",
    },
    effects={
        "tell_approvers": "通知领导小组审定",
        "tell_drafter": "通知提请人",
        "put_in_force": "从起用年度起按此评估,以后不能改",
    },
)
OPEN = frozenset({"draft", "sent"})
