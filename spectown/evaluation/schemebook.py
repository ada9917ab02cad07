"""The tree of a draft as a workbook, and what came back in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spectown.core.evaluation.table import Unusable
from spectown.core.evaluation.treetable import HEADS, rows_of, tree_from
from spectown.evaluation import schemes
from spectown.evaluation.models import Scheme
from spectown.lib.excel.faults import WorkbookRefusedError
from spectown.lib.refusal import Refused
from spectown.lib.sheets.reading import read_sheets
from spectown.lib.tables.sheet import Table, workbook
from spectown.plans.models import Clause

NOTES = (
    "改完上传:整张表就是指标和权重,删去的行即删除,新增的行填在它的上级后面;次序即表中的次序,最多四级。",
    "指标的代码在“监测→指标目录”中查;方面的代码就是它的名称;名称一栏只供看。没有列出的(两两比较、权重依据等)保持不变。",
)
WIDTHS = (8, 22, 26, 16, 10, 12, 10, 10, 10, 10, 10, 8, 12)


def as_book(draft: Scheme) -> bytes:
    """Content of the file."""
    rows = rows_of(draft.content, schemes.names())
    return workbook(Table("指标和权重", f"{draft}:指标和权重", NOTES, HEADS, rows, [], WIDTHS, 3))


def tree_of_book(entry: Mapping[str, Any], content: bytes, name: str) -> dict[str, Any]:
    """The entry with the tree of the file. Raises Refused, Unusable with every fault and its row."""
    try:
        frame = read_sheets(content, name)[0].frame
    except WorkbookRefusedError as fault:
        raise Refused(f"{name}:{fault}。") from fault
    lines = [["" if cell is None else str(cell).strip() for cell in row] for row in frame.iter_rows()]
    start = next((n for n, line in enumerate(lines) if set(HEADS) <= set(line)), None)
    if start is None:
        raise Refused(f"{name}没有这些列:{'、'.join(HEADS)}。请从“下载 Excel”的表改起。")
    at = {head: lines[start].index(head) for head in HEADS}
    body = [
        (n, {head: line[place] for head, place in at.items()}) for n, line in enumerate(lines[start + 1 :], start + 2)
    ]
    filled = [(number, row) for number, row in body if any(row.values())]
    if not filled:
        raise Unusable("表中没有填任何方面和指标。")
    known = frozenset(Clause.objects.filter(version__is_current=True).values_list("ref", flat=True))
    return tree_from(entry, filled, known)
