"""Measures (措施) of the action plan, their reports (进展报告) and extensions (延期): states and moves."""

from spectown.core.supervision.words import CHECK, DECIDE, EFFECTS, FILL, NEEDS, PLAN, VERIFY
from spectown.core.workflow import Move, Workflow

MEASURE = Workflow(
    {
        "draft": "拟定",
        "proposed": "待审定",
        "approved": "待签收",
        "objected": "有异议",
        "running": "办理中",
        "reported": "已报完成",
        "verified": "已核实",
        "cancelled": "已取消",
    },
    (
        Move("propose", "提请审定", ("draft",), "proposed", PLAN, needs=("in_plan", "one_lead", "measurable")),
        Move(
            "back_to_draft", "退回修改", ("proposed", "objected"), "draft", PLAN, reason=True, effects=("keep_fields",)
        ),
        Move("leader_return", "退回修改", ("proposed",), "draft", DECIDE, reason=True, effects=("keep_fields",)),
        Move("approve", "审定", ("proposed",), "approved", DECIDE, not_by=("propose",), effects=("tell_unit",)),
        Move("sign", "签收", ("approved",), "running", CHECK, needs=("own_unit",), effects=("start_clock",)),
        Move("object", "提出异议", ("approved",), "objected", CHECK, reason=True, needs=("own_unit",)),
        Move("uphold", "维持", ("objected",), "approved", PLAN, reason=True, effects=("tell_unit",)),
        Move(
            *("finish", "报告完成", ("running",), "reported", CHECK),
            needs=("own_unit", "milestones_done", "evidence"),
            effects=("stop_clock",),
        ),
        Move(
            *("verify", "核实", ("reported",), "verified", VERIFY),
            not_by=("finish",),
            needs=("other_unit",),
            effects=("stop_clock",),
        ),
        Move(
            "not_verified",
            "核实未通过",
            ("reported",),
            "running",
            VERIFY,
            reason=True,
            effects=("keep_fields", "give_back", "start_clock", "tell_unit"),
        ),
        Move(
            *("cancel", "取消", ("approved", "objected", "running", "reported"), "cancelled", DECIDE),
            reason=True,
            effects=("stop_clock", "tell_unit"),
        ),
    ),
    apart="提请和审定、办理和核实须由不同的人分别办理,不能由前一步的同一人",
    needs=NEEDS,
    effects=EFFECTS,
)

REPORT = Workflow(
    {"draft": "填报", "checking": "单位审核中", "sent": "已报送", "acknowledged": "已阅", "returned": "已退回"},
    (
        Move("hand_in", "提交审核", ("draft", "returned"), "checking", FILL, needs=("own_unit", "report_given")),
        Move("unit_return", "退回填报人", ("checking",), "returned", CHECK, reason=True, effects=("keep_fields",)),
        Move(
            "send",
            "报送",
            ("checking",),
            "sent",
            CHECK,
            not_by=("hand_in",),
            needs=("own_unit",),
            effects=("stop_clock",),
        ),
        Move("acknowledge", "阅", ("sent",), "acknowledged", PLAN),
        Move(
            *("send_back", "退回", ("sent",), "returned", PLAN),
            reason=True,
            needs=("again_set",),
            effects=("keep_fields", "start_clock", "tell_unit"),
        ),
    ),
    needs=NEEDS,
    effects=EFFECTS,
)

EXTENSION = Workflow(
    {"asked": "已申请", "granted": "同意", "refused": "不同意", "withdrawn": "已撤回"},
    (
        Move("grant", "同意延期", ("asked",), "granted", PLAN, not_by=("ask",), effects=("tell_unit",)),
        Move("refuse", "不同意延期", ("asked",), "refused", PLAN, reason=True, not_by=("ask",), effects=("tell_unit",)),
        Move("withdraw", "撤回申请", ("asked",), "withdrawn", CHECK, needs=("own_unit",)),
    ),
    apart="申请延期和答复须由不同的人分别办理,不能由申请人自己",
    needs=NEEDS,
    effects=EFFECTS,
)
