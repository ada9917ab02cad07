"""The sheet 填写说明: what the list is for, who fills it in, what each column takes."""

from __future__ import annotations

from spectown.lists.declaration import BoundColumn, Ledger
from spectown.lists.duties import leads
from spectown.lists.kinds import Kind

HEAD = ("栏目", "含义和要求", "单位", "例", "取值范围", "方案条款")
TAKES = {
    Kind.TEXT: "文字",
    Kind.CODE: "18 位代码",
    Kind.INTEGER: "整数",
    Kind.DECIMAL: "数字",
    Kind.PERCENT: "百分数,12.5 表示 12.5%",
    Kind.DATE: "日期,如 2026-06-30",
    Kind.YEAR: "四位年份",
    Kind.REFERENCE: "系统中已有的名称",
    Kind.FLAG: "是 或 否",
}


def instructions(ledger: Ledger) -> tuple[tuple[str, ...], ...]:
    """Rows of the sheet, the heading first."""
    return (HEAD, *(_line(*words) for words in _general(ledger)), *(_of_column(column) for column in ledger.bound))


def _general(ledger: Ledger) -> tuple[tuple[str, str], ...]:
    clauses = "、".join(f"方案 {clause}" for clause in ledger.clauses)
    return (
        ("这张表", f"{ledger.about}({clauses})" if clauses else ledger.about),
        ("谁来填", f"县(区)填本县(区)的行,专业镇填本镇的行;牵头单位:{'、'.join(leads(ledger)) or '未定'}。"),
        ("怎么改", "直接改表中的值。编号和隐藏的版本列不要动:系统靠它们认出是哪一行、是否被别人改过。"),
        ("怎么加", "在最后一行之后的空行填写,编号留空。"),
        ("怎么删", "在系统中逐行删除并写明理由;从表中去掉一行不会删除它。"),
        ("怎么交", "保存后在系统的这个清单中点“导入”。先看到新增、修改和问题,确认后才写入,要么全部写入,要么一行不写。"),
        ("有疑问", "请与领导小组办公室(设在市工业和信息化局)联系。"),
    )


def _line(title: str, text: str) -> tuple[str, ...]:
    return (title, text, "", "", "", "")


def _of_column(column: BoundColumn) -> tuple[str, ...]:
    must = "由系统带出,不用填。" if column.column.locked else "必填。" if column.required else ""
    meaning = f"{must}{column.cell_hint}" or "可不填。"
    return (column.heading, meaning, column.unit, column.column.example, _range(column), column.column.clause)


def _range(column: BoundColumn) -> str:
    if column.kind == Kind.CHOICE:
        return "、".join(column.choices)
    low, high = column.limits
    bounds = [f"不小于 {low}"] if low is not None else []
    bounds += [f"不大于 {high}"] if high is not None else []
    if column.kind == Kind.TEXT and column.field.max_length:
        bounds.append(f"不超过 {column.field.max_length} 个字")
    return ",".join([TAKES[column.kind], *bounds])
