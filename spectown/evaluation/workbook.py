"""An evaluation as an .xlsx: a board per peer group, the breakdown, what the ranks hang on, remarks."""

from __future__ import annotations

from decimal import Decimal

from spectown.core.evaluation.boards import Board, Row
from spectown.core.evaluation.checkup import Remark
from spectown.core.evaluation.drawing import HIGH, LOW
from spectown.core.evaluation.scheme import Scheme
from spectown.core.evaluation.sensitivity import SOURCES
from spectown.lib.tables.sheet import Cell, Table, workbook

HEADS = ("名次", "名称", "得分", "名次区间", "进前列的可能", "落后列的可能", "覆盖", "等次", "说明")
LINES = {"top": "前列界线在区间内", "bottom": "后列界线在区间内"}


def as_workbook(scheme: Scheme, boards: list[Board], remarks: list[Remark]) -> bytes:
    """Content of the file."""
    ways = [board.name or "全部" for board in boards]
    tables = [_board(scheme, board, way) for board, way in zip(boards, ways, strict=True)]
    tables += [_breakdown(board, way) for board, way in zip(boards, ways, strict=True)]
    return workbook(*tables, _sure(boards, ways), _remarks(remarks))


def told(row: Row) -> tuple[Cell, ...]:
    """Cells of a row under HEADS."""
    interval = row.interval
    notes = [row.why, *(LINES[line] for line in row.noise)]
    return (
        row.rank,
        row.name,
        row.score,
        f"{interval.low}–{interval.high}" if interval else "",
        f"{interval.top:.0%}" if interval else "",
        f"{interval.bottom:.0%}" if interval else "",
        f"{row.coverage:.0%}",
        row.band,
        ";".join(filter(None, notes)),
    )


def _board(scheme: Scheme, board: Board, name: str) -> Table:
    drawn = scheme.robustness
    note = (
        f"名次区间为 {drawn.draws} 次抽样(种子 {drawn.seed})的 {LOW:.0%} 至 {HIGH:.0%};界线在区间内的为临界,由人决定。"
    )
    title = f"{scheme.name or '评估结果'}({name})"
    widths = (8, 24, 10, 12, 14, 14, 8, 10, 30)
    return Table(f"{name}名次"[:31], title, [note], HEADS, [told(row) for row in board.rows], [], widths, 2)


def _breakdown(board: Board, name: str) -> Table:
    rows = [
        (
            row.name,
            part.code,
            None if part.raw is None else Decimal(repr(part.raw)),
            _two(part.value),
            f"{part.weight:.2%}",
        )
        for row in board.rows
        for part in row.breakdown
    ]
    heads = ("名称", "维度、指标", "原值", "得分(0–100)", "权重")
    return Table(f"{name}分项"[:31], f"分项得分({name})", [], heads, rows, [], (24, 30, 16, 14, 10), 2)


def _sure(boards: list[Board], ways: list[str]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for board, way in zip(boards, ways, strict=True):
        rows += [(way, f"{SOURCES[source]}引起的名次变动", f"{share:.0%}") for source, share in board.shares.items()]
        shifts = [f"平均 {each.mean:.2f} 位,最多 {each.largest} 位" for each in board.dropped]
        rows += [(way, f"去掉“{each.code}”", shift) for each, shift in zip(board.dropped, shifts, strict=True)]
    return Table("稳健性", "名次取决于什么", [], ("组", "事项", "结果"), rows, [], (20, 40, 30), 2)


def _remarks(remarks: list[Remark]) -> Table:
    rows = [(remark.about, remark.text) for remark in remarks]
    return Table("方案体检", "方案体检", [], ("对象", "提示"), rows, [], (30, 80), 2)


def _two(value: float | None) -> Cell:
    return None if value is None else Decimal(f"{value:.2f}")
