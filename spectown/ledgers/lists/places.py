"""公共服务平台, 园区载体."""

from spectown.ledgers.models import Park, ServicePlatform
from spectown.lists.declaration import Column, Ledger
from spectown.lists.rules import not_above, not_before

FUNCTIONS = ("design", "testing", "training", "advice", "rights", "guarantee", "display", "logistics")

PLATFORMS = Ledger(
    slug="service-platforms",
    model=ServicePlatform,
    label="公共服务平台",
    counter="个",
    prefix="FW",
    clauses=("三(十)", "二(七)"),
    tasks=(10,),
    about="公共服务平台和它具备的功能;方案 二(七) 列出的八项功能按专业镇对照检查。",
    columns=(
        Column("name", example="沁县小米产业公共检验检测平台", width=34),
        Column("territory", width=12),
        Column("town", width=22),
        Column("operator", shown=False, width=26),
        *(Column(name, clause="二(七)", sortable=False, width=10) for name in FUNCTIONS),
        Column("opened_on", shown=False, width=12),
        Column("closed_on", shown=False, width=12),
        Column("firms_served", unit="户", total=True, width=14),
        Column("investment", total=True, shown=False, width=14),
        Column("note", shown=False, sortable=False, width=24),
    ),
    search=("name", "operator"),
    identities=(("name", "territory"),),
    filters=("territory", "town", *FUNCTIONS),
    order=("territory", "name"),
    rules=(not_before("closed_on", "opened_on", "“停用日期”早于“投用日期”,请核对这两个日期。"),),
    icon="settings",
)

PARKS = Ledger(
    slug="parks",
    model=Park,
    label="园区载体",
    counter="个",
    prefix="YQ",
    clauses=("三(十)",),
    tasks=(10,),
    about="承载专业镇产业的开发区、产业园、小微企业园和双创载体,土地和基础设施情况。",
    columns=(
        Column("name", example="沁县小米产业园", width=30),
        Column("kind", width=16),
        Column("territory", width=12),
        Column("town", width=22),
        Column("operator", shown=False, width=26),
        Column("area", unit="亩", total=True, width=12),
        Column("used", unit="亩", total=True, width=12),
        Column("ready_land", unit="亩", total=True, width=12),
        Column("firms", unit="户", total=True, width=12),
        Column("road", sortable=False, shown=False, width=8),
        Column("power", sortable=False, shown=False, width=8),
        Column("water", sortable=False, shown=False, width=8),
        Column("digital", sortable=False, shown=False, width=8),
        Column("full_service", sortable=False, width=8),
        Column("note", shown=False, sortable=False, width=24),
    ),
    search=("name", "operator"),
    identities=(("name", "territory"),),
    filters=("territory", "town", "kind", "full_service"),
    order=("territory", "name"),
    rules=(
        not_above("used", "area", "“已用面积”大于“规划面积”,请核对这两个数(单位都是亩)。"),
        not_above("ready_land", "area", "“标准地”大于“规划面积”,请核对这两个数(单位都是亩)。"),
    ),
    icon="building",
)
