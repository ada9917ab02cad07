"""How the workbook looks: a row for each town and indicator that is asked; what tells the row is locked or hidden."""

from __future__ import annotations

from spectown.lib.excel.bulk import BulkColumn, BulkSheet
from spectown.lib.sheets.columns import Kind, Spec
from spectown.monitoring.models import FormPeriod
from spectown.organisations.actors import Actor

KEY, VALUE, COMMENT, REVISION, WAS, SAID = "key", "value", "comment", "revision", "was", "said"
HEADINGS = {
    "town": "专业镇",
    "indicator": "指标",
    "unit": "计量单位",
    "year_ago": "上年同期",
    "last": "上期",
    VALUE: "本期",
    COMMENT: "说明",
    KEY: "编号",
    REVISION: "版本",
    WAS: "原填数",
    SAID: "原说明",
}
HIDDEN = (KEY, REVISION, WAS, SAID)
WIDTHS = {"town": 22, "indicator": 22, "unit": 10, "year_ago": 14, "last": 14, VALUE: 16, COMMENT: 36}
FOOT = "@"  # begins the code of a row of the end of the sheet (表末)
LONGEST = {VALUE: 500, COMMENT: 300}
HINTS = {
    VALUE: "只填这一列和“说明”。没有发生的填 0;没有这项业务的填“不适用”;还不知道的空着。\n可以带单位,如 1.2亿元。",
    COMMENT: "表末的人名、电话、日期写在这一列。数字有大的变动、与清单不一致等,写明原因,不超过 300 个字。",
}
GUIDE = (
    ("怎么填", "在“本期”列填数,需要说明的写在“说明”列;其他列已锁定,由系统填好,不要改动、不要增删行。"),
    ("单位", "按“计量单位”列的单位填;也可以在数字后面写明单位,如 1.2亿元、8000万元,系统会换算。"),
    ("0 和空白", "没有发生的填 0;没有这项业务的填“不适用”;空着表示还没有填。不要填“无”,分不清是 0 还是不适用。"),
    (
        "怎么交",
        "保存后在系统的这一期报表中上传。要么全部写入,要么一格不写;有问题的逐格指出在哪一行、填了什么、怎么改。",
    ),
    ("别人改过的", "下载以后别人在系统中改过的格,不会被这份表覆盖,会指出来;没有动过的行不受影响。"),
    ("表末", "每个镇最后几行是单位负责人、统计负责人、填表人、联系电话、报出日期,写在“说明”列;日期写作 2026-11-03。"),
    ("上传以后", "数已填好,还要在系统中核对,再提交审核。"),
)


def key_of(opened: FormPeriod, town: str, indicator: str) -> str:
    """What tells a row: form, period, town, indicator."""
    return "/".join((opened.form, opened.period.code, town, indicator))


def sheet_of(opened: FormPeriod, by: Actor) -> BulkSheet:
    """The sheet without its rows."""
    return BulkSheet(
        name=opened.name,
        title=str(opened),
        columns=tuple(_column(field, heading) for field, heading in HEADINGS.items()),
        meta=(f"填报单位:{by.unit_name}", f"到期:{opened.due.isoformat()}", f"截止:{opened.closes.isoformat()}"),
        instructions=(("事项", "要求"), *GUIDE),
        properties={"form": opened.form, "period": opened.period.code},
        protect=True,
        frozen=2,
    )


def _column(field: str, heading: str) -> BulkColumn:
    return BulkColumn(
        field,
        heading,
        "decimal" if field in (VALUE, "last", "year_ago") else "text",
        width=WIDTHS.get(field, 10),
        hint=HINTS.get(field, ""),
        maximum=LONGEST[COMMENT] if field == COMMENT else None,
        locked=field not in (VALUE, COMMENT),
        hidden=field in HIDDEN,
    )


def specs() -> list[Spec]:
    """What is read: everything as text, since what a cell may hold depends on the indicator of its row."""
    read = {KEY: True, VALUE: True, COMMENT: True, REVISION: False, WAS: False, SAID: False, "town": False}
    return [
        Spec(
            field=field,
            heading=HEADINGS[field],
            kind=Kind.TEXT,
            column_required=must,
            max_length=LONGEST.get(field),
            multiline=field in (COMMENT, SAID),
        )
        for field, must in read.items()
    ]
