"""重大项目清单, 方案 三(四), 四(四)."""

import polars as pl

from spectown.lists.declaration import Column, Ledger, Rule
from spectown.lists.rules import needed_when
from spectown.projects.enums import Course, Stage
from spectown.projects.lists.rules import agree, explained, in_order, not_in_future
from spectown.projects.models import Project

CODE = r"^\d{4}-\d{6}-\d{2}-\d{2}-\d{6}$"
PLANNED = {
    "plan_signed": "计划签约",
    "plan_landed": "计划落地",
    "plan_started": "计划开工",
    "plan_producing": "计划投产",
    "plan_full": "计划达效",
}
ACTUAL = {
    "signed_on": "实际签约",
    "landed_on": "实际落地",
    "started_on": "实际开工",
    "producing_on": "实际投产",
    "full_on": "实际达效",
}
DATED = dict(zip(Stage.values[2:], ACTUAL.items(), strict=True))
LIGHTS = (
    ("red", "严重滞后,或连续没有月报"),
    ("yellow", "滞后,或缺一个月的月报"),
    ("grey", "缺数据,不能判定"),
    ("green", "正常"),
    ("none", "现阶段不考核,或已暂停、终止"),
)

PROJECTS = Ledger(
    slug="projects",
    model=Project,
    label="重大项目",
    counter="个",
    prefix="XM",
    clauses=("三(四)", "四(四)"),
    tasks=(4,),
    about="专业镇的重大项目从谋划到达效的全过程,“三个一批”和每月调度从这里算出。",
    columns=(
        Column("name", example="沁州黄小米精深加工项目", width=34),
        Column("code", example="2306-140430-89-01-123456", shown=False, width=26),
        Column("category", clause="三(四)", shown=False, width=14),
        Column("batch", example="2025年第一批", shown=False, width=14),
        Column("territory", width=12),
        Column("town", width=22),
        Column("content", shown=False, sortable=False, width=40),
        Column("enterprise", shown=False, width=30),
        Column("builder", shown=False, width=30),
        Column("unit", hint="负责推动项目的县(区)政府或部门。", shown=False, width=18),
        Column("post", hint="填职务,人员变动时由现任接续。", shown=False, width=24),
        Column("leader", shown=False, sortable=False, width=16),
        Column("stage", clause="三(四)", width=8),
        Column("light", locked=True, hint="按月报和计划日期自动得出。", width=8, lights=LIGHTS),
        Column("light_reason", locked=True, sortable=False, width=40),
        Column("light_on", locked=True, hint="每天更新。", width=12),
        Column("registered_on", locked=True, hint="从这个月起要求月报。", shown=False, width=12),
        Column("course", shown=False, width=10),
        Column("halt_reason", shown=False, sortable=False, width=24),
        Column("investment", total=True, width=14),
        Column("planned_output", total=True, shown=False, width=14),
        *(Column(name, shown=False, width=12) for name in PLANNED),
        *(Column(name, shown=False, width=12) for name in ACTUAL),
        Column("land", unit="亩", total=True, shown=False, clause="三(九)", width=10),
        Column("land_state", shown=False, width=10),
        Column("energy", unit="吨标煤", total=True, shown=False, clause="三(九)", width=12),
        Column("energy_state", shown=False, width=10),
        Column("environment", shown=False, sortable=False, clause="三(九)", width=24),
        Column("environment_state", shown=False, width=12),
        Column("finance", total=True, shown=False, clause="三(九)", width=12),
        Column("finance_state", shown=False, width=10),
        Column("problem", shown=False, sortable=False, width=36),
        Column("problems_open", unit="个", total=True, shown=False, width=12),
        Column("needs_leader", shown=False, width=12),
        Column("note", shown=False, sortable=False, width=24),
    ),
    search=("name", "code", "builder"),
    identities=(("code",), ("name", "territory")),
    filters=("territory", "town", "category", "stage", "light", "course", "unit", "needs_leader"),
    rules=(
        *in_order(PLANNED),
        *in_order(ACTUAL),
        *not_in_future(ACTUAL),
        *agree("stage", Stage.values, DATED, dict(Stage.choices)),
        needed_when(
            "halt_reason",
            "course",
            (Course.PAUSED.value, Course.ENDED.value),
            "“推进状态”为“暂停”“终止”的,请填“暂停或终止原因”。",
        ),
        Rule(
            "code",
            (pl.col("code") == "") | pl.col("code").cast(pl.String).str.contains(CODE),
            "“项目代码”应形如 2306-140430-89-01-123456,请按备案证填写;还没有代码的不填。",
        ),
        Rule(
            "post",
            pl.col("post").is_null() | (pl.col("leader").fill_null("") == ""),
            "“责任领导职务”和“责任领导”只填一处:职务在名单中的请选职务,把“责任领导”留空;不在的请在“责任领导”中写职务和姓名。",
        ),
    ),
    moves=(explained("stage", DATED),),
    enterprise="enterprise",
    icon="building-community",
)
