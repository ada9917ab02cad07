"""Supervision notices (督办通知书): states and moves."""

from spectown.core.supervision.words import CHECK, DECIDE, EFFECTS, NEEDS, PLAN, RAISE, VERIFY
from spectown.core.workflow import Move, Workflow

OUT = ("issued", "receipted", "rectifying", "reported", "verified")  # sent, and not yet at an end
GIVEN = ("number", "start_clock", "tell_unit")
BACK = ("give_back", "start_clock", "tell_unit")

NOTICE = Workflow(
    {
        "draft": "拟稿",
        "checking": "待核稿",
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
            *("submit", "送核", ("draft",), "checking", PLAN),
            needs=("content", "within_cap", "dates_ahead"),
            effects=("freeze_evidence", "paper"),
        ),
        Move("check", "核稿", ("checking",), "checked", PLAN, not_by=("submit",), effects=("paper_checked",)),
        Move(
            *("back_to_draft", "退回修改", ("checking",), "draft", PLAN),
            reason=True,
            effects=("keep_fields", "paper_returned"),
        ),
        Move(
            *("leader_return", "退回修改", ("checked",), "draft", DECIDE),
            reason=True,
            effects=("keep_fields", "paper_returned"),
        ),
        Move(
            *("issue", "签发", ("checked",), "issued", DECIDE),
            needs=("dates_ahead",),
            not_by=("submit", "check"),
            effects=GIVEN,
        ),
        Move("issued_on_paper", "登记已签发", ("checked",), "issued", PLAN, needs=("document_issued",), effects=GIVEN),
        Move("discard", "作废拟稿", ("draft",), "withdrawn", PLAN, reason=True, effects=("paper_discarded",)),
        Move("receipt", "签收", ("issued",), "receipted", CHECK, needs=("own_unit",), effects=("receive_paper",)),
        Move("plan", "报整改方案", ("receipted",), "rectifying", CHECK, needs=("own_unit", "plan_given")),
        Move(
            *("progress", "报整改进展", ("rectifying",), "rectifying", CHECK),
            needs=("own_unit", "progress_given"),
            effects=("send_report",),
        ),
        Move(
            *("report", "报整改结果", ("rectifying",), "reported", CHECK),
            needs=("own_unit", "result_given"),
            effects=("send_report", "stop_clock"),
        ),
        Move(
            *("verify", "核查通过", ("reported",), "verified", VERIFY),
            not_by=("report", "plan"),
            needs=("other_unit",),
            effects=("tell_affected",),
        ),
        Move("not_verified", "核查未通过", ("reported",), "rectifying", VERIFY, reason=True, effects=BACK),
        Move(
            *("confirm", "确认并销号", ("verified",), "closed", RAISE),
            needs=("affected",),
            effects=("stop_clock", "measure_effect"),
        ),
        Move(
            *("not_confirmed", "不认可,退回整改", ("verified",), "rectifying", RAISE),
            reason=True,
            needs=("affected",),
            effects=BACK,
        ),
        Move(
            *("withdraw", "撤销", OUT, "withdrawn", DECIDE),
            reason=True,
            effects=("stop_clock", "tell_unit", "paper_stands"),
        ),
    ),
    apart="拟稿、核稿和签发,整改和核查须由不同的人分别办理,不能由前一步的同一人",
    needs=NEEDS,
    effects=EFFECTS,
)
