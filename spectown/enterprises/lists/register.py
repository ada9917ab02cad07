"""市场主体: the register itself."""

import polars as pl

from spectown.enterprises.enums import EntityKind, Promotion
from spectown.enterprises.models import Enterprise
from spectown.lists.declaration import Column, Ledger, Rule
from spectown.lists.rules import needed_when, not_later_than_today

RULES = (
    needed_when(
        "code",
        "kind",
        [EntityKind.COMPANY],
        "“主体类型”为“企业”的,请填“统一社会信用代码”;家庭农场、专业合作社、个体工商户没有代码的可以不填,请核对主体类型。",
    ),
    Rule(
        "above_scale",
        (pl.col("promotion") != Promotion.PROMOTED) | pl.col("above_scale"),
        "“小升规”为“已升规”的,“规上”请填“是”;还没有升规的,请改“小升规”。",
    ),
    Rule(
        "town",
        (pl.col("chain_role").cast(pl.String).fill_null("") == "") | pl.col("town").is_not_null(),
        "填了“链上角色”,请再填“专业镇”(是哪个镇的角色)。",
    ),
    not_later_than_today("established", "“成立日期”不能晚于今天,请按营业执照核对。"),
)

ENTERPRISES = Ledger(
    slug="enterprises",
    model=Enterprise,
    label="企业",
    counter="户",
    prefix="QY",
    clauses=("三(一)", "三(二)", "二(五)"),
    tasks=(1, 2),
    about="专业镇的企业、家庭农场、专业合作社和个体工商户;龙头和配套户数从这里数出,已注销、停产停业的不计。",
    columns=(
        Column("code", example="91140400DE00000013", width=22),
        Column("name", example="长治市沁州黄小米(集团)有限公司", width=34),
        Column("territory", width=12),
        Column("town", width=22),
        Column("chain_role", clause="二(五)", width=10),
        Column("kind", width=12),
        Column("size", shown=False, width=8),
        Column("above_scale", clause="三(二)", width=8),
        Column("promotion", clause="三(二)", width=10),
        Column("industry", shown=False, width=16),
        Column("products", shown=False, width=24, sortable=False),
        Column("established", shown=False, single=True, width=12),
        Column("capital", total=True, width=14),
        Column("legal_person", shown=False, single=True, sortable=False, width=10),
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
    rules=RULES,
    enterprise="self",
    correctable=("contact", "phone", "address"),
    successor="merged_into",
    large=True,
    icon="building-factory-2",
)
