"""招商引资清单, 方案 三(八), 四(四)."""

from spectown.lists.declaration import Column, Ledger
from spectown.lists.rules import needed_when
from spectown.projects.enums import LeadStage
from spectown.projects.lists.rules import agree, in_order, not_in_future
from spectown.projects.models import Lead

DATES = {"framework_on": "框架协议日期", "contract_on": "正式合同日期", "landed_on": "落地日期"}
ORDER = LeadStage.values[:4]
DATED = dict(zip(ORDER[1:], DATES.items(), strict=True))

LEADS = Ledger(
    slug="leads",
    model=Lead,
    label="招商引资",
    counter="条",
    prefix="ZS",
    clauses=("三(八)", "四(四)"),
    tasks=(8,),
    about="精准招商的目标企业和洽谈进展;签约后一键转入重大项目清单,不用重填。",
    columns=(
        Column("target", example="北京某食品科技有限公司", shown=False, width=30),
        Column("name", example="小米功能食品生产线", width=30),
        Column("territory", width=12),
        Column("town", width=22),
        Column("region", clause="三(八)", width=14),
        Column("place", shown=False, width=16),
        Column("channel", clause="三(八)", width=12),
        Column("field", clause="三(八)", shown=False, width=14),
        Column("content", shown=False, sortable=False, width=40),
        Column("intended", total=True, width=14),
        Column("stage", width=10),
        *(Column(name, shown=False, width=14) for name in DATES),
        Column("expected_on", width=14),
        Column("unit", width=18),
        Column("contact", shown=False, sortable=False, width=12),
        Column("followed_on", shown=False, width=14),
        Column("progress", shown=False, sortable=False, width=40),
        Column("end_reason", shown=False, sortable=False, width=24),
        Column("project", locked=True, hint="由“转为项目”填写。", shown=False, width=34),
        Column("note", shown=False, sortable=False, width=24),
    ),
    search=("target", "name"),
    identities=(("target", "name", "territory"),),
    filters=("territory", "town", "channel", "region", "stage", "unit"),
    rules=(
        *in_order(DATES),
        *not_in_future({**DATES, "followed_on": "最近跟踪日期"}),
        *agree("stage", ORDER, DATED, dict(LeadStage.choices), label="进展阶段"),
        needed_when("end_reason", "stage", (LeadStage.ENDED.value,), "“进展阶段”为“终止”的,请填“终止原因”。"),
    ),
    icon="send",
)
