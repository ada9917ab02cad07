"""问题台账 as a list: the office brings in and corrects what was not routed yet, everything else goes by moves."""

import polars as pl
from django.db.models import Q

from spectown.accounts.permissions import Permission
from spectown.lists.declaration import BEFORE, Column, Ledger, Rule
from spectown.lists.rules import not_later_than_today
from spectown.supervision.models import Problem
from spectown.supervision.problemscope import problems_seen

CONTENT = (
    *(("title", "问题"), ("text", "情况说明"), ("kind", "类别"), ("clause", "方案条款"), ("chain", "链上位置")),
    *(("territory", "属地"), ("town", "专业镇"), ("enterprise", "企业"), ("raised_on", "提出日期")),
)


def _fixed(name: str, label: str) -> Rule:
    """Once it was given to somebody, the problem says what it said then."""
    same = pl.col(name).eq_missing(pl.col(f"{BEFORE}{name}"))
    reason = f"问题已分办,不能在清单里改“{label}”;说错了的,请提出单位撤回后重新提出。"
    return Rule(name, same | (pl.col(f"{BEFORE}state") == "raised"), reason)


PROBLEMS = Ledger(
    slug="problems",
    model=Problem,
    label="问题台账",
    counter="件",
    prefix="WT",
    clauses=("四(三)",),
    tasks=(),
    about="专业镇和企业的共性问题、个性问题:谁提出,由谁办,怎样答复,提出单位是否认可。",
    columns=(
        Column("title", example="二期厂房用地指标不足", width=34),
        Column("text", shown=False, sortable=False, single=True, width=40),
        Column("kind", width=12),
        Column("clause", shown=False, example="三(九)", width=10),
        Column("territory", width=10),
        Column("town", shown=False, width=20),
        Column("enterprise", shown=False, width=30),
        Column("chain", shown=False, width=10),
        Column("origin", shown=False, width=12),
        Column("source", shown=False, example="5月12日调研", width=20),
        Column("raised_on", width=12),
        Column("nature", stepped=True, width=10),
        Column("raiser", stepped=True, width=18),
        Column("state", stepped=True, width=12),
        Column("proposed", stepped=True, shown=False, width=16),
        Column("holder", stepped=True, width=16),
        Column("routed_on", stepped=True, shown=False, width=12),
        Column("due_on", stepped=True, width=12),
        Column("answer", stepped=True, shown=False, sortable=False, width=34),
        Column("answered_on", stepped=True, shown=False, width=12),
        Column("solved_on", stepped=True, shown=False, width=12),
        Column("common", stepped=True, shown=False, width=12),
        Column("note", shown=False, sortable=False, width=24),
    ),
    search=("title", "text", "answer"),
    filters=("territory", "town", "kind", "nature", "state", "holder"),
    order=("-raised_on",),
    rules=(not_later_than_today("raised_on", "“提出日期”不能晚于今天,请核对。"),),
    moves=tuple(_fixed(name, label) for name, label in CONTENT),
    enterprise="enterprise",
    entered_by="raiser",
    permission=Permission.PLAN_MANAGE,
    sees=problems_seen,
    changing=Q(state="raised"),
    icon="alert-triangle",
    menu=False,  # stands with 责任与督办
)
