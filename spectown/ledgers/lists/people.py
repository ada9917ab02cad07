"""人才培训, 就业情况."""

from spectown.ledgers.models import Employment, Training
from spectown.lists.declaration import Column, Ledger
from spectown.lists.rules import not_above, not_before

TRAININGS = Ledger(
    slug="trainings",
    model=Training,
    label="人才培训",
    counter="期",
    prefix="PX",
    clauses=("三(五)",),
    tasks=(5,),
    about="面向专业镇的技能培训、急需紧缺人才培训、订单式培养、合作办学和创业辅导。",
    columns=(
        Column("name", example="小米加工职业技能培训第一期", width=34),
        Column("kind", width=16),
        Column("territory", width=12),
        Column("town", width=22),
        Column("organiser", shown=False, width=24),
        Column("school", shown=False, width=24),
        Column("starts_on", width=12),
        Column("ends_on", shown=False, width=12),
        Column("persons", unit="人", total=True, width=12),
        Column("certified", unit="人", total=True, width=12),
        Column("employed", unit="人", total=True, width=12),
        Column("note", shown=False, sortable=False, width=24),
    ),
    search=("name", "organiser", "school"),
    identities=(("name", "starts_on", "territory"),),
    filters=("territory", "town", "kind", "starts_on"),
    order=("-starts_on",),
    rules=(
        not_before("ends_on", "starts_on", "“结束日期”早于“开始日期”,请核对这两个日期。"),
        not_above("certified", "persons", "“取证人数”多于“培训人数”,请核对这两个数。"),
        not_above("employed", "persons", "“就业人数”多于“培训人数”,请核对这两个数。"),
    ),
    icon="school",
)

EMPLOYMENT = Ledger(
    slug="employment",
    model=Employment,
    label="就业情况",
    counter="条",
    prefix="JY",
    clauses=("三(五)", "二(二)"),
    tasks=(5,),
    about="各专业镇每年的从业人数、新增就业和县(区)自定目标。没有数据的不填,不要填 0。",
    columns=(
        Column("territory", width=12),
        Column("town", width=22),
        Column("year", width=8),
        Column("employees", unit="人", total=True, width=12),
        Column("created", unit="人", total=True, width=12),
        Column("goal", unit="人", total=True, width=12),
        Column("returned_workers", unit="人", total=True, shown=False, width=12),
        Column("graduates", unit="人", total=True, shown=False, width=12),
        Column("veterans", unit="人", total=True, shown=False, width=12),
        Column("source", example="县人社局 2025 年就业统计年报", width=30),
        Column("note", shown=False, sortable=False, width=24),
    ),
    search=("source",),
    identities=(("town", "year"),),
    filters=("territory", "town", "year"),
    order=("-year", "territory"),
    rules=(not_above("created", "employees", "“新增就业”多于“从业人数”,请核对这两个数。"),),
    icon="users",
    menu=False,
)
