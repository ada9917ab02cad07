"""年度行动计划 as a list: drafts are the office's, what was sent out is changed only by moves."""

import polars as pl
from django.db.models import Q

from spectown.accounts.permissions import Permission
from spectown.lists.declaration import BEFORE, Column, Ledger, Rule
from spectown.lists.rules import not_before
from spectown.organisations.enums import UnitKind
from spectown.supervision.lists.texts import milestones_fit, milestones_read
from spectown.supervision.models import Measure
from spectown.supervision.scope import measures_seen

NOT_OFFERED = (UnitKind.ENTERPRISE, UnitKind.EXPERT_POOL, UnitKind.COLLECTIVE)
CONTENT = (
    ("year", "年度"),
    ("clause", "方案条款"),
    ("sentence", "第几句"),
    ("title", "措施"),
    ("deliverable", "成果"),
    ("target", "可衡量的目标"),
    ("lead", "牵头单位"),
    ("participants", "配合单位"),
    ("counties", "涉及县(区)"),
    ("towns", "涉及专业镇"),
    ("starts", "开始日期"),
    ("deadline", "完成期限"),
    ("milestones", "时间节点"),
    ("every", "报送周期"),
    ("note", "备注"),
)


def _fixed(name: str, label: str) -> Rule:
    """What was put before the leading group is what it decides about."""
    same = pl.col(name).eq_missing(pl.col(f"{BEFORE}{name}"))
    reason = f"这项措施已提请审定,不能在表中改“{label}”:退回修改后再改,期限用延期办理。"
    return Rule(name, same | (pl.col(f"{BEFORE}state") == "draft"), reason)


MEASURES = Ledger(
    slug="measures",
    model=Measure,
    label="年度行动计划",
    counter="项",
    prefix="CS",
    clauses=("四(四)", "三"),
    tasks=(1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
    about="方案每句话落到年度措施:成果、可衡量的目标、一个牵头单位、时间节点和期限。",
    columns=(
        Column("year", width=8),
        Column("clause", example="三(四)", width=10),
        Column("sentence", example="1", shown=False, width=8),
        Column("title", example="建成专业镇重点项目库", width=34),
        Column("deliverable", example="项目库上线运行", shown=False, single=True, sortable=False, width=26),
        Column("target", example="入库项目 50 个", single=True, sortable=False, width=26),
        Column("lead", among=~Q(kind__in=NOT_OFFERED), width=18),
        Column("participants", example="市财政局、市统计局", names="helpers", shown=False, sortable=False, width=26),
        Column("counties", example="襄垣县、沁县", names="of_counties", sortable=False, width=18),
        Column("towns", example="沁州黄小米专业镇", names="of_towns", shown=False, sortable=False, width=26),
        Column("starts", shown=False, width=12),
        Column("deadline", width=12),
        Column("milestones", example="2026-06-30 完成选址 40%", shown=False, single=True, sortable=False, width=34),
        Column("every", shown=False, width=10),
        Column("state", stepped=True, width=10),
        Column("note", shown=False, sortable=False, width=24),
    ),
    search=("title", "target", "deliverable"),
    identities=(("title", "year"),),
    filters=("year", "clause", "lead", "state", "counties", "towns"),
    order=("-year", "clause"),
    rules=(
        milestones_read("milestones"),
        milestones_fit("milestones"),
        not_before("deadline", "starts", "“完成期限”早于“开始日期”,请核对这两个日期。"),
    ),
    moves=tuple(_fixed(name, label) for name, label in CONTENT),
    permission=Permission.PLAN_MANAGE,
    sees=measures_seen,
    changing=Q(state="draft"),
    icon="calendar",
    menu=False,
)
