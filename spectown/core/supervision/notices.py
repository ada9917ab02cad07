"""Supervision notices (督办通知书): states and moves."""

from spectown.core.supervision.words import CHECK, DECIDE, EFFECTS, NEEDS, PLAN, RAISE, VERIFY
from spectown.core.workflow import Move, Workflow

NOTICE = Workflow(
    {
        "draft": "拟稿",
        "checked": "待签发",
        "issued": "待签收",
        "receipted": "待报整改方案",
        "rectifying": "整改中",
        "reported": "待核查",
        "verified": "待确认",
        "closed": "已销号",
        "withdrawn": "已撤销",
    },
    (
        Move(
            "check", "核稿", ("draft",), "checked", PLAN, needs=("content", "within_cap"), effects=("freeze_evidence",)
        ),
        Move("back_to_draft", "退回修改", ("checked",), "draft", DECIDE, reason=True, effects=("keep_fields",)),
        Move(
            *("issue", "签发", ("checked",), "issued", DECIDE),
            not_by=("check",),
            effects=("number", "start_clock", "tell_unit"),
        ),
        Move("receipt", "签收", ("issued",), "receipted", CHECK, needs=("own_unit",)),
        Move("plan", "报整改方案", ("receipted",), "rectifying", CHECK, needs=("own_unit", "plan_given")),
        Move("report", "报整改结果", ("rectifying",), "reported", CHECK, needs=("own_unit", "result_given")),
        Move("verify", "核查通过", ("reported",), "verified", VERIFY, not_by=("report", "plan"), needs=("other_unit",)),
        Move("not_verified", "核查未通过", ("reported",), "rectifying", VERIFY, reason=True, effects=("tell_unit",)),
        Move(
            "confirm",
            "确认并销号",
            ("verified",),
            "closed",
            RAISE,
            needs=("affected",),
            effects=("stop_clock", "measure_effect"),
        ),
        Move("not_confirmed", "不认可,退回整改", ("verified",), "rectifying", RAISE, reason=True, needs=("affected",)),
        Move(
            *("withdraw", "撤销", ("issued", "receipted", "rectifying", "reported", "verified"), "withdrawn", DECIDE),
            reason=True,
            effects=("stop_clock", "tell_unit"),
        ),
    ),
    apart="核稿和签发、整改和核查须由不同的人分别办理,不能由前一步的同一人",
    needs=NEEDS,
    effects=EFFECTS,
)
