"""兼属专业镇: further towns of an enterprise."""

from spectown.enterprises.models import TownMembership
from spectown.lists.declaration import Column, Ledger

TOWN_MEMBERSHIPS = Ledger(
    slug="town-memberships",
    model=TownMembership,
    label="兼属专业镇",
    counter="条",
    prefix="JS",
    clauses=("二(五)", "三(一)"),
    tasks=(1,),
    about="一户企业除主要专业镇外还属于的专业镇;在每个镇各计一次,在全市只计一次。",
    columns=(
        Column("enterprise", example="长治市沁州黄小米(集团)有限公司(91140400DE00000013)", shown=False, width=44),
        Column("territory", locked=True, hint="随企业,不用填。", width=12),
        Column("town", width=22),
        Column("chain_role", clause="二(五)", width=10),
        Column("note", shown=False, sortable=False, width=24),
    ),
    search=("note",),
    identities=(("enterprise", "town"),),
    filters=("territory", "town", "chain_role"),
    enterprise="enterprise",
    follows=("territory",),
    icon="git-compare",
    menu=False,
)
