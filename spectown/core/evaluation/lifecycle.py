"""States of a year's evaluation, an objection, a draft of a scheme, as tables. Prose: docs/algorithms/evaluation.md."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from spectown.core.evaluation.schemelife import SCHEME
from spectown.core.workflow import Move, Workflow

MANAGE, DECIDE, REPLY, SEND = "evaluation.manage", "evaluation.decide", "evaluation.reply", "evaluation.send"

NEEDS = {
    "year_over": "等评估年度结束",
    "scheme_sound": "有可用的评估方案",
    "towns_there": "有参加评估的专业镇和数据",
    "categories_same": "所评类别与现行方案一致",
    "towns_once": "没有专业镇已在同年的另一评估中冻结",
    "replies_over": "等反馈期满,或各有关单位都已确认",
    "replies_answered": "逐件答复各单位的意见",
    "critical_decided": "由审定人对每个临界的镇写明决定和理由",
    "reply_open": "在反馈期内提出",
    "own_town": "由本镇的责任主体办理",
    "figure_given": "写明更正后的数",
    "answers_open": "在反馈期间答复",
}
EFFECTS = {
    "take_snapshot": "冻结数据、加减分和方案,以后不能改",
    "compute_first": "算出初算结果",
    "start_clock": "开始计算反馈期限",
    "tell_counties": "通知参评专业镇的责任主体",
    "tell_leaders": "通知领导小组决定临界事项、审定",
    "tell_office": "通知领导小组办公室重新办理",
    "begin_round": "开始新的一轮,以前各轮的结果留存,标明已被取代",
    "make_public": "成为现行的一版;以前公布的留存,标明已被更正",
    "ask_again": "原意见和答复留存,同一意见另立一件重新答复",
    "compute_final": "按采纳的意见更正后算出终算结果",
    "seal": "生成封存包,记下校验值",
    "draft_papers": "起草年度评估报告和表扬通报;督办通知书列入督办建议",
}

EVALUATION = Workflow(
    {
        "draft": "拟定中",
        "frozen": "已冻结数据",
        "computed": "已初算",
        "replies": "反馈意见中",
        "settled": "意见已答复",
        "returned": "待重新办理",
        "final": "已定稿待审定",
        "signed": "已审定",
        "published": "已公布",
        "closed": "结果已运用",
    },
    (
        Move(
            *("freeze", "冻结数据", ("draft",), "frozen", MANAGE),
            needs=("year_over", "scheme_sound", "towns_there", "categories_same", "towns_once"),
            effects=("take_snapshot",),
        ),
        Move("unfreeze", "退回拟定", ("frozen", "computed"), "draft", MANAGE, reason=True),
        Move("compute", "初算", ("frozen",), "computed", MANAGE, effects=("compute_first",)),
        Move(
            "open_replies", "反馈各县(区)", ("computed",), "replies", MANAGE, effects=("start_clock", "tell_counties")
        ),
        Move(
            *("close_replies", "结束反馈", ("replies",), "settled", MANAGE),
            needs=("replies_over", "replies_answered"),
        ),
        Move(
            *("finalise", "定稿", ("settled", "returned"), "final", MANAGE),
            needs=("replies_answered",),
            effects=("compute_final", "tell_leaders"),
        ),
        Move(
            *("reopen_replies", "重开反馈", ("settled", "returned"), "replies", MANAGE),
            reason=True,
            effects=("begin_round", "start_clock", "tell_counties"),
        ),
        Move(
            *("reopen_freeze", "重新冻结", ("settled", "returned"), "draft", MANAGE),
            reason=True,
            effects=("begin_round",),
        ),
        Move("send_back", "退回", ("final", "signed"), "returned", DECIDE, reason=True, effects=("tell_office",)),
        Move(
            *("sign", "审定", ("final",), "signed", DECIDE),
            not_by=("finalise",),
            needs=("critical_decided",),
            effects=("seal",),
        ),
        Move("publish", "公布结果", ("signed",), "published", MANAGE, effects=("make_public", "tell_counties")),
        Move("follow", "运用结果", ("published",), "closed", MANAGE, effects=("draft_papers",)),
        Move(
            *("correct", "更正", ("published", "closed"), "returned", DECIDE),
            reason=True,
            effects=("tell_office",),
        ),
    ),
    apart="定稿和审定须由两人分别办理,不能由定稿人自己",
    needs=NEEDS,
    effects=EFFECTS,
)

OBJECTION = Workflow(
    {
        "drafted": "待审核",
        "sent": "已提出",
        "accepted": "已采纳",
        "refused": "未采纳",
        "withdrawn": "已撤回",
    },
    (
        Move("send", "提出意见", ("drafted",), "sent", SEND, not_by=("raise",), needs=("own_town", "reply_open")),
        Move("withdraw", "撤回意见", ("drafted", "sent"), "withdrawn", REPLY, needs=("own_town",)),
        Move(*("accept", "采纳", ("sent",), "accepted", MANAGE), reason=True, needs=("answers_open", "figure_given")),
        Move("refuse", "不采纳", ("sent",), "refused", MANAGE, reason=True, needs=("answers_open",)),
        Move(
            *("reconsider", "重新答复", ("accepted", "refused"), "sent", MANAGE),
            reason=True,
            needs=("answers_open",),
            effects=("ask_again",),
        ),
    ),
    apart="填写和审核须由两人分别办理,不能由填写人自己",
    needs=NEEDS,
    effects=EFFECTS,
)

PUBLIC_STATES = frozenset({"published", "closed"})
IN_REPLY = frozenset({"replies", "settled", "returned", "final", "signed"})  # counties see their own working figures
SHOWN_TO_COUNTIES = IN_REPLY | PUBLIC_STATES
ASIDE = frozenset({"returned"})  # beside the line of a year that goes straight on
ANSWERED = frozenset({"accepted", "refused"})
TABLES: Mapping[str, Workflow] = MappingProxyType(
    {
        "Evaluation of a year (年度评估)": EVALUATION,
        "Objection to a figure (对数据的意见)": OBJECTION,
        "Draft of a scheme (评估方案稿)": SCHEME,
    }
)
_HEAD = """# States of an evaluation

Generated from the tables in `spectown/core/evaluation/lifecycle.py` by
`python -c "from spectown.core.evaluation.lifecycle import document; print(document(), end='')"`; a test compares.
Prose: [evaluation](evaluation.md).
"""


def document() -> str:
    """All tables with their diagrams, as Markdown."""
    return "\n".join([_HEAD, *(table.section(name) for name, table in TABLES.items())])
