"""创新平台, 技术攻关."""

from spectown.ledgers.enums import ResearchState
from spectown.ledgers.models import InnovationCentre, ResearchTopic
from spectown.lists.declaration import Column, Ledger
from spectown.lists.rules import needed_when, not_before

CENTRES = Ledger(
    slug="innovation-centres",
    model=InnovationCentre,
    label="创新平台",
    counter="个",
    prefix="CX",
    clauses=("三(三)", "二(五)"),
    tasks=(3,),
    about="企业技术中心、工程技术中心、重点实验室和创新联盟;有效的省级、市级平台是优先评定的依据。",
    columns=(
        Column("name", example="山西省小米加工工程技术研究中心", width=34),
        Column("kind", width=16),
        Column("rank", width=10),
        Column("territory", width=12),
        Column("town", width=22),
        Column("enterprise", width=30),
        Column("partners", shown=False, sortable=False, width=26),
        Column("document", example="晋科发〔2024〕12号", shown=False, width=20),
        Column("valid_from", width=12),
        Column("valid_to", width=12),
        Column("note", shown=False, sortable=False, width=24),
    ),
    search=("name", "partners"),
    identities=(("name", "rank"),),
    filters=("territory", "town", "kind", "rank"),
    order=("territory", "name"),
    rules=(not_before("valid_to", "valid_from", "“有效期至”早于“认定日期”,请核对这两个日期。"),),
    enterprise="enterprise",
    icon="bulb",
)

TOPICS = Ledger(
    slug="research-topics",
    model=ResearchTopic,
    label="技术攻关",
    counter="项",
    prefix="GG",
    clauses=("三(三)",),
    tasks=(3,),
    about="筛选出的重大共性技术和关键技术,由谁牵头、和谁联合、进展如何。",
    columns=(
        Column("name", example="小米全谷物饮品加工关键技术", width=34),
        Column("field", shown=False, width=14),
        Column("mode", width=14),
        Column("territory", width=12),
        Column("town", width=22),
        Column("enterprise", width=30),
        Column("partners", shown=False, sortable=False, width=26),
        Column("investment", total=True, width=14),
        Column("state", width=10),
        Column("started_on", shown=False, width=12),
        Column("due_on", width=12),
        Column("done_on", shown=False, width=12),
        Column("outcome", shown=False, sortable=False, width=34),
        Column("note", shown=False, sortable=False, width=24),
    ),
    search=("name", "partners"),
    identities=(("name", "territory"),),
    filters=("territory", "town", "field", "mode", "state"),
    order=("territory", "name"),
    rules=(
        not_before("due_on", "started_on", "“计划完成”早于“开始日期”,请核对这两个日期。"),
        not_before("done_on", "started_on", "“实际完成”早于“开始日期”,请核对这两个日期。"),
        needed_when("done_on", "state", [ResearchState.DONE], "“进展”为“已完成”的,请填“实际完成”的日期。"),
    ),
    enterprise="enterprise",
    icon="bulb",
    menu=False,
)
