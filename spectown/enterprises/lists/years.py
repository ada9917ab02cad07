"""企业年度数据: what enterprises reported, year by year."""

import polars as pl

from spectown.enterprises.models import EnterpriseYear
from spectown.lists.declaration import Column, Ledger, Rule
from spectown.lists.rules import needed_with, not_above

_year_of_certificate = pl.col("certified_on").cast(pl.Date).dt.year()

YEARS = Ledger(
    slug="enterprise-years",
    model=EnterpriseYear,
    label="企业年度数据",
    counter="条",
    prefix="ND",
    clauses=("二(二)", "三(二)"),
    tasks=(1, 2),
    about="企业每年的产值、营收、税收、从业、出口和研发,注明来源和核定单位;没有报的留空,不要填0。",
    columns=(
        Column("enterprise", example="长治市沁州黄小米(集团)有限公司(91140400DE00000013)", shown=False, width=44),
        Column("territory", locked=True, hint="随企业,不用填。", width=12),
        Column("town", locked=True, shown=False, hint="随企业,不用填。", width=22),
        Column("year", example="2025", width=8),
        Column("output", total=True, width=14),
        Column("revenue", total=True, width=14),
        Column("tax", total=True, width=14),
        Column("employees", unit="人", total=True, width=12),
        Column("export", total=True, width=14),
        Column("rnd", total=True, width=14),
        Column("source", example="县统计局年报", width=20),
        Column("certifier", shown=False, width=20),
        Column("certified_on", shown=False, width=12),
        Column("note", shown=False, sortable=False, width=24),
    ),
    search=("source", "note"),
    identities=(("enterprise", "year"),),
    filters=("territory", "town", "year"),
    order=("-year", "-pk"),
    rules=(
        needed_with("certifier", "certified_on", "填了“核定日期”,请再填“核定单位”。"),
        needed_with("certified_on", "certifier", "填了“核定单位”,请再填“核定日期”。"),
        Rule("certified_on", _year_of_certificate >= pl.col("year"), "“核定日期”在数据“年度”之前,请核对年度和日期。"),
        not_above("export", "revenue", "“出口额”大于“营业收入”,请核对这两个金额(单位都是万元)。"),
        not_above("tax", "revenue", "“税收”大于“营业收入”,请核对这两个金额(单位都是万元)。"),
    ),
    enterprise="enterprise",
    follows=("territory", "town"),
    icon="table",
    menu=False,
)
