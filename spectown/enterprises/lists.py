"""The lists of this app as declared."""

from spectown.enterprises.models import Enterprise
from spectown.lists.declaration import Column, Ledger

ENTERPRISES = Ledger(
    slug="enterprises",
    model=Enterprise,
    label="企业",
    counter="户",
    prefix="QY",
    clauses=("三(一)", "三(二)", "二(五)"),
    tasks=(1, 2),
    about="专业镇的企业、家庭农场、合作社和个体工商户,龙头与配套户数从这里数出。",
    columns=(
        Column("code", example="91140400MA0K8XXX0X", width=22),
        Column("name", example="长治市沁州黄小米(集团)有限公司", width=34),
        Column("territory", width=12),
        Column("town", width=22),
        Column("chain_role", clause="二(五)", width=10),
        Column("kind", width=12),
        Column("size", shown=False, width=8),
        Column("above_scale", clause="三(二)", width=8),
        Column("promotion", clause="三(二)", width=10),
        Column("industry", shown=False, width=16),
        Column("products", width=24, sortable=False),
        Column("established", shown=False, width=12),
        Column("capital", total=True, width=14),
        Column("legal_person", shown=False, sortable=False, width=10),
        Column("contact", shown=False, sortable=False, width=10),
        Column("phone", shown=False, sortable=False, width=14),
        Column("address", shown=False, sortable=False, width=30),
        Column("status", width=10),
        Column("note", shown=False, sortable=False, width=24),
    ),
    search=("name", "code"),
    identities=(("code",), ("name", "territory")),
    filters=("territory", "town", "chain_role", "kind", "above_scale", "promotion", "status"),
    order=("-pk",),
    enterprise="self",
    large=True,
    icon="building-factory-2",
)

LISTS = (ENTERPRISES,)
