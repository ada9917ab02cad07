"""Everything of an evaluation as a workbook: boards, breakdown, frozen figures, objections, decisions, the scheme."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from spectown.core.evaluation.consequences import LABELS
from spectown.core.evaluation.scheme import Indicator, Node
from spectown.evaluation.gathering import STATES
from spectown.evaluation.models import Evaluation, Result, SnapshotValue
from spectown.evaluation.robust import chances_of, left_out, sources_of
from spectown.evaluation.services.beginning import items_of
from spectown.evaluation.standing import decisions_of, replies_of, taken
from spectown.lib.tables.sheet import Cell, Table, workbook

BOARD = (
    "名次",
    "专业镇",
    "责任主体",
    "同类组",
    "同类名次",
    "得分",
    "名次区间",
    "表扬线以内的可能",
    "督办线以后的可能",
    "等次",
    "覆盖",
    "进步分",
    "进步名次",
    "说明",
)
FIGURES = ("专业镇", "指标", "单位", "当年数", "上年数", "填报数", "状态", "来源")
PARTS = ("专业镇", "维度、指标", "原值", "得分(0–100)", "权重")
WHAT, WHY = ("专业镇", "指标", "哪一年的数", "原数", "认为应为"), ("理由", "证明材料", "页码")
REPLIES = (*WHAT, *WHY, "状态", "答复", "更正后", "答复人")
ENTRIES = ("专业镇", "事项", "次数", "依据")
DECISIONS = ("专业镇", "界线", "是否适用", "理由", "决定人", "时间")
SCHEME = ("维度、指标", "代码", "层内权重", "条款", "标准化办法", "增长份额")


def as_workbook(evaluation: Evaluation, result: Result, *, note: str, whole: bool) -> bytes:
    """Content of the file. `whole`: with objections and decisions, which are the office's and the leading group's."""
    names = {code: meaning.name for code, meaning in taken(result.snapshot).meanings.items()}
    tables = [
        _board(evaluation, result, note),
        _sure(result, names),
        _parts(result, names),
        _figures(result),
        _scheme(result, names),
        _entries(result),
    ]
    if whole:
        tables += [_replies(evaluation, result, names), _decisions(result)]
    return workbook(*tables)


def _table(name: str, head: tuple[str, ...], rows: list[Any], widths: tuple[int, ...], note: str = "") -> Table:
    return Table(name, name, [note] if note else [], head, rows, [], widths, 2)


def _board(evaluation: Evaluation, result: Result, note: str) -> Table:
    rows: list[tuple[Cell, ...]] = []
    chances = chances_of(result)
    for row in result.rows.select_related("participant").order_by("rank", "pk"):
        person = row.participant
        interval = f"{row.rank_low}–{row.rank_high}" if row.rank_low else ""
        chance = chances.get(person.name)
        likely = (f"{chance.top:.0%}", f"{chance.bottom:.0%}") if chance else ("", "")
        rows.append((row.rank, person.name, person.unit_name, person.group, row.peer_rank, _plain(row.score), interval,
                     *likely, row.band, f"{row.coverage:.0%}", _plain(row.gain), row.gain_rank, row.why))  # fmt: skip
    widths = (8, 24, 22, 18, 10, 10, 12, 12, 12, 10, 8, 10, 10, 16)
    return _table("名次", BOARD, rows, widths, f"{evaluation.name}{result.get_stage_display()}。{note}")


def _sure(result: Result, names: dict[str, str]) -> Table:
    rows = [(f"{source}引起的名次变动", f"{share}%") for source, share in sources_of(result)]
    rows += [(f"去掉“{e.name}”", f"平均变动 {e.mean:.2f} 位,最多 {e.most} 位") for e in left_out(result, names)]
    return _table("名次取决于什么", ("事项", "结果"), rows, (40, 30))


def _parts(result: Result, names: dict[str, str]) -> Table:
    rows = [
        (row["name"], names.get(part["code"], part["code"]), _number(part["raw"]), _number(part["value"]),
         f"{part['weight']:.2%}")
        for row in result.content["board"]["rows"]
        for part in row["breakdown"]
    ]  # fmt: skip
    return _table("分项得分", PARTS, rows, (24, 26, 16, 14, 10))


def _figures(result: Result) -> Table:
    meanings = taken(result.snapshot).meanings
    rows = SnapshotValue.objects.filter(participant__snapshot=result.snapshot_id).select_related("participant")
    lines = [
        (row.participant.name, meanings[row.code].name, meanings[row.code].unit, _plain(row.now), _plain(row.last),
         _plain(row.reported), STATES.get(row.state, row.state), row.source)
        for row in rows.order_by("pk")
    ]  # fmt: skip
    return _table("冻结的数据", FIGURES, lines, (24, 26, 12, 16, 16, 16, 16, 36), f"SHA-256 {result.snapshot.sha256}")


def _entries(result: Result) -> Table:
    frozen, labels = taken(result.snapshot), items_of(result.snapshot.rules)
    towns = {each.code: each.name for each in frozen.participants}
    rows = [(towns[each.town], labels[each.code], _plain(each.amount), each.reason) for each in frozen.entries]
    return _table("加减分和否决", ENTRIES, rows, (24, 30, 10, 60))


def _scheme(result: Result, names: dict[str, str]) -> Table:
    rules = result.snapshot.rules
    rows: list[tuple[Cell, ...]] = []

    def put(node: Node | Indicator) -> None:
        if isinstance(node, Node):
            rows.append((node.code, "", Decimal(str(node.weight)), node.clause, "", ""))
            for child in node.children:
                put(child)
            return
        way = (node.normalisation or rules.scheme.normalisation).value
        grown = f"{node.dynamic:.0%}" if node.dynamic else ""
        rows.append((names.get(node.code, node.code), node.code, Decimal(str(node.weight)), node.clause, way, grown))

    for child in rules.scheme.root.children:
        put(child)
    return _table("评估方案", SCHEME, rows, (26, 22, 10, 10, 16, 10), f"{rules.name}:{rules.source}")


def _replies(evaluation: Evaluation, result: Result, names: dict[str, str]) -> Table:
    rows = []
    for row in replies_of(evaluation, result.snapshot):
        value = row.value
        before = value.now if row.which == "now" else value.last
        answered = row.answered_by.name if row.answered_by else ""
        rows.append((value.participant.name, names.get(value.code, value.code), row.get_which_display(), _plain(before),
                     _plain(row.asked), row.text, row.name, row.page_number, row.state_label, row.answer,
                     _plain(row.after), answered))  # fmt: skip
    return _table("意见和答复", REPLIES, rows, (24, 22, 10, 14, 14, 36, 24, 8, 10, 36, 14, 12))


def _decisions(result: Result) -> Table:
    rows = [
        (town, LABELS[line], "适用" if row.applies else "不适用", row.reason, row.person, f"{row.made_at:%Y-%m-%d}")
        for (town, line), row in decisions_of(result).items()
    ]
    return _table("临界决定", DECISIONS, rows, (24, 18, 10, 60, 14, 14))


def _plain(number: Decimal | None) -> Decimal | None:
    return None if number is None else Decimal(f"{number.normalize():f}")


def _number(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(repr(value))
