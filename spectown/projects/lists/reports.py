"""项目年度计划 and 项目月报, 方案 三(四) 动态监测."""

from spectown.lists.declaration import Column, Ledger
from spectown.projects.models import ProjectMonth, ProjectYear

YEARS = Ledger(
    slug="project-years",
    model=ProjectYear,
    label="项目年度计划",
    counter="条",
    prefix="XN",
    clauses=("三(四)", "四(四)"),
    tasks=(4,),
    about="每个项目每年一条:年度计划投资是投资进度的依据,投产以后的实际年产值是达效率的依据。",
    columns=(
        Column("project", hint="填项目名称;重名的填编号。", width=34),
        Column("territory", width=12),
        Column("town", shown=False, width=22),
        Column("year", width=8),
        Column("planned", total=True, width=16),
        Column("output", total=True, width=16),
        Column("goal", sortable=False, width=36),
        Column("note", shown=False, sortable=False, width=24),
    ),
    search=("goal",),
    identities=(("project", "year"),),
    filters=("territory", "town", "year"),
    order=("-year", "-pk"),
    enterprise="project__enterprise",
    icon="calendar",
    menu=False,
)

MONTHS = Ledger(
    slug="project-months",
    model=ProjectMonth,
    label="项目月报",
    counter="条",
    prefix="XY",
    clauses=("三(四)", "四(四)"),
    tasks=(4,),
    about="每个项目每月一条:当月完成投资、形象进度和建设进展,每月调度从这里取数。",
    columns=(
        Column("project", hint="填项目名称;重名的填编号。", width=34),
        Column("territory", width=12),
        Column("town", shown=False, width=22),
        Column("year", width=8),
        Column("month", width=8),
        Column("completed", total=True, width=16),
        Column("progress", width=12),
        Column("works", sortable=False, width=40),
        Column("note", shown=False, sortable=False, width=24),
    ),
    search=("works",),
    identities=(("project", "year", "month"),),
    filters=("territory", "town", "year", "month"),
    order=("-year", "-month", "-pk"),
    enterprise="project__enterprise",
    icon="progress",
    menu=False,
)
