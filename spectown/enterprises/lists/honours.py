"""企业荣誉: titles of enterprises with issuer, document and span."""

import polars as pl

from spectown.enterprises.enums import HonourKind, HonourLevel
from spectown.enterprises.models import EnterpriseHonour
from spectown.lists.declaration import Column, Ledger, Rule
from spectown.lists.rules import needed_when, not_before

_withdrawn = pl.col("withdrawn_on").is_not_null()
_reasoned = pl.col("withdrawn_reason").cast(pl.String).fill_null("") != ""

HONOURS = Ledger(
    slug="enterprise-honours",
    model=EnterpriseHonour,
    label="企业荣誉",
    counter="项",
    prefix="RY",
    clauses=("二(五)", "三(二)"),
    tasks=(2,),
    about="企业的称号和认定:认定单位、文号、有效期;过期或撤销的保留记录,不计入任何统计。",
    columns=(
        Column("enterprise", example="长治市沁州黄小米(集团)有限公司(91140400DE00000013)", width=44),
        Column("territory", locked=True, hint="随企业,不用填。", width=12),
        Column("town", locked=True, shown=False, hint="随企业,不用填。", width=22),
        Column("kind", clause="二(五)", width=20),
        Column("title", width=24),
        Column("level", width=10),
        Column("issuer", example="山西省工业和信息化厅", width=24),
        Column("document_number", example="晋工信中小字〔2023〕45号", shown=False, width=24),
        Column("valid_from", width=12),
        Column("valid_to", width=12),
        Column("withdrawn_on", shown=False, width=12),
        Column("withdrawn_reason", shown=False, sortable=False, width=24),
        Column("note", shown=False, sortable=False, width=24),
    ),
    search=("title", "issuer", "document_number"),
    identities=(("enterprise", "kind", "level", "title", "valid_from"),),
    filters=("territory", "town", "kind", "level"),
    order=("-valid_from", "-pk"),
    rules=(
        needed_when("title", "kind", [HonourKind.OTHER], "“荣誉类型”为“其他”的,请填“荣誉名称”。"),
        not_before("valid_to", "valid_from", "“有效期至”早于“认定日期”,请核对这两个日期。"),
        not_before("withdrawn_on", "valid_from", "“撤销日期”早于“认定日期”,请核对这两个日期。"),
        Rule("withdrawn_reason", ~_withdrawn | _reasoned, "填了“撤销日期”,请再填“撤销理由”。"),
        Rule("withdrawn_on", ~_reasoned | _withdrawn, "填了“撤销理由”,请再填“撤销日期”。"),
        Rule(
            "level",
            (pl.col("kind") != HonourKind.LITTLE_GIANT) | (pl.col("level") == HonourLevel.STATE),
            "专精特新“小巨人”由国家认定,“级别”请选“国家级”;省级认定的,“荣誉类型”请选“专精特新中小企业”。",
        ),
    ),
    enterprise="enterprise",
    follows=("territory", "town"),
    icon="award",
    menu=False,
)
