"""展会与市场拓展."""

from spectown.ledgers.models import Fair
from spectown.lists.declaration import Column, Ledger
from spectown.lists.rules import not_before

FAIRS = Ledger(
    slug="fairs",
    model=Fair,
    label="展会与市场拓展",
    counter="场",
    prefix="ZH",
    clauses=("三(七)",),
    tasks=(7,),
    about="参展、展销、产供销对接、电商活动和公开招标,以及签约和补助金额。",
    columns=(
        Column("name", example="山西特色专业镇投资贸易博览会", width=34),
        Column("kind", width=14),
        Column("rank", width=10),
        Column("territory", width=12),
        Column("town", width=22),
        Column("organiser", shown=False, width=24),
        Column("place", shown=False, width=16),
        Column("starts_on", width=12),
        Column("ends_on", shown=False, width=12),
        Column("firms", unit="户", total=True, width=12),
        Column("intended", total=True, width=14),
        Column("signed", total=True, width=14),
        Column("subsidy", total=True, shown=False, width=14),
        Column("note", shown=False, sortable=False, width=24),
    ),
    search=("name", "organiser", "place"),
    identities=(("name", "starts_on", "territory"),),
    filters=("territory", "town", "kind", "rank", "starts_on"),
    order=("-starts_on",),
    rules=(not_before("ends_on", "starts_on", "“结束日期”早于“开始日期”,请核对这两个日期。"),),
    icon="world",
)
