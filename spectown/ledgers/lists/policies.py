"""一镇一策."""

from spectown.ledgers.models import TownPolicy
from spectown.lists.declaration import Column, Ledger
from spectown.lists.rules import not_above, not_before

POLICIES = Ledger(
    slug="town-policies",
    model=TownPolicy,
    label="一镇一策",
    counter="条",
    prefix="ZC",
    clauses=("四(二)",),
    tasks=(1, 2),
    about="县(区)为每个专业镇制定的扶持措施,一条措施一行:依据哪份文件、预算多少、兑现多少。",
    columns=(
        Column("title", example="沁县支持小米产业高质量发展十条措施", width=34),
        Column("territory", width=12),
        Column("town", width=22),
        Column("document", example="沁政发〔2024〕8号", shown=False, width=20),
        Column("issuer", shown=False, width=22),
        Column("kind", width=12),
        Column("measure", sortable=False, width=40),
        Column("issued_on", width=12),
        Column("valid_to", shown=False, width=12),
        Column("planned", total=True, width=14),
        Column("paid", total=True, width=14),
        Column("beneficiaries", unit="户", total=True, shown=False, width=12),
        Column("note", shown=False, sortable=False, width=24),
    ),
    search=("title", "document", "measure"),
    identities=(("title", "measure", "town"),),
    filters=("territory", "town", "kind", "issued_on"),
    order=("territory", "-issued_on"),
    rules=(
        not_before("valid_to", "issued_on", "“有效期至”早于“印发日期”,请核对这两个日期。"),
        not_above("paid", "planned", "“已兑现金额”大于“预算金额”,请核对这两个金额(单位都是万元)。"),
    ),
    icon="file-text",
)
