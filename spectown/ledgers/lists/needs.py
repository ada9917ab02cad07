"""要素保障需求."""

import polars as pl

from spectown.ledgers.enums import NeedState
from spectown.ledgers.models import Need
from spectown.lists.declaration import BEFORE, Column, Ledger, Rule
from spectown.lists.rules import needed_when, needed_with, not_before, not_later_than_today

ASSIGNED = [NeedState.ASSIGNED, NeedState.ANSWERED, NeedState.MET, NeedState.UNMET]
ANSWERED = [NeedState.ANSWERED, NeedState.MET, NeedState.UNMET]
# What was assigned is what was asked for: a later change of it is explained.
CONTENT = (
    ("title", "需求"),
    ("kind", "要素"),
    ("amount", "需求数量"),
    ("measure", "计量单位"),
    ("raised_on", "提出日期"),
)


def _fixed(name: str, label: str) -> Rule:
    """A change of the need's own words after it was assigned needs a reason."""
    same = pl.col(name).eq_missing(pl.col(f"{BEFORE}{name}"))
    reason = f"需求已交办,改“{label}”请写明理由(修改说明);表格里没有写理由的地方,请在这一行的页面上改。"
    return Rule(name, same | (pl.col(f"{BEFORE}state") == NeedState.RAISED), reason)


NEEDS = Ledger(
    slug="needs",
    model=Need,
    label="要素保障需求",
    counter="项",
    prefix="YS",
    clauses=("三(九)", "三(四)"),
    tasks=(9,),
    about="企业和项目提出的用地、能耗、环境容量、融资等需求,交办给谁、怎样答复、是否满足。",
    columns=(
        Column("title", example="二期厂房用地 60 亩", width=34),
        Column("kind", width=14),
        Column("territory", width=12),
        Column("town", width=22),
        Column("enterprise", shown=False, width=30),
        Column("project", shown=False, width=30),
        Column("amount", width=12),
        Column("measure", example="亩", width=10),
        Column("raised_on", width=12),
        Column("raiser", stepped=True, shown=False, width=18),
        Column("state", stepped=True, width=10),
        Column("assigned", stepped=True, width=18),
        Column("assigned_on", stepped=True, shown=False, width=12),
        Column("due_on", stepped=True, width=12),
        Column("answer", stepped=True, shown=False, sortable=False, width=34),
        Column("answered_on", stepped=True, shown=False, width=12),
        Column("met_on", stepped=True, shown=False, width=12),
        Column("note", shown=False, sortable=False, width=24),
    ),
    search=("title", "answer"),
    identities=(("title", "raised_on", "territory"),),
    filters=("territory", "town", "kind", "state", "assigned"),
    order=("-raised_on",),
    rules=(
        not_later_than_today("raised_on", "“提出日期”不能晚于今天,请核对。"),
        not_before("assigned_on", "raised_on", "“交办日期”早于“提出日期”,请核对这两个日期。"),
        not_before("answered_on", "assigned_on", "“答复日期”早于“交办日期”,请核对这两个日期。"),
        not_before("met_on", "raised_on", "“满足日期”早于“提出日期”,请核对这两个日期。"),
        needed_when("assigned", "state", ASSIGNED, "“状态”为“已交办”及以后的,请填“承办单位”。"),
        needed_when("assigned_on", "state", ASSIGNED, "“状态”为“已交办”及以后的,请填“交办日期”。"),
        needed_when("answer", "state", ANSWERED, "“状态”为“已答复”及以后的,请填“答复”。"),
        needed_when("answered_on", "state", ANSWERED, "“状态”为“已答复”及以后的,请填“答复日期”。"),
        needed_when("met_on", "state", [NeedState.MET], "“状态”为“已满足”的,请填“满足日期”。"),
        needed_with("measure", "amount", "填了“需求数量”,请再填“计量单位”,例如 亩、吨标准煤。"),
    ),
    moves=tuple(_fixed(name, label) for name, label in CONTENT),
    enterprise="enterprise",
    entered_by="raiser",
    icon="flag",
)
