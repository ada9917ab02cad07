"""The tree of a draft, and whose scheme it is, as a workbook, and what came back in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from spectown.core.evaluation.sharing import code_of
from spectown.core.evaluation.table import Unusable
from spectown.core.evaluation.treetable import HEADS, NO, YES, rows_of, tree_from
from spectown.core.evaluation.yearscheme import GENERAL
from spectown.evaluation import schemes
from spectown.evaluation.models import Scheme
from spectown.lib.excel.faults import WorkbookRefusedError
from spectown.lib.refusal import Refused
from spectown.lib.sheets.reading import read_sheets
from spectown.lib.sheets.sheet import Sheet
from spectown.lib.tables.sheet import Table, workbook
from spectown.plans.models import Clause

NOTES = (
    "改完上传:整张表就是指标和权重,删去的行即删除,新增的行填在它的上级后面;次序即表中的次序,最多四级。",
    "指标的代码在“监测→指标目录”中查;方面的代码就是它的名称;名称一栏只供看。没有列出的(两两比较、权重依据等)保持不变。",
)
OWN_SHEET, OWN_HEADS = "适用类别", ("类别代码", "类别名称", "适用")
OWN_NOTES = ("“适用”填“是”的类别按这一方案评估;简称在网页的“总则”中改。",)
WIDTHS = (8, 22, 26, 16, 10, 12, 10, 10, 10, 10, 10, 8, 12)


def as_book(draft: Scheme) -> bytes:
    """Content of the file."""
    rows = rows_of(draft.content, schemes.names())
    tables = [Table("指标和权重", f"{draft}:指标和权重", NOTES, HEADS, rows, [], WIDTHS, 3)]
    if draft.code != GENERAL:
        chosen = set(draft.content["categories"])
        known = [(code, label, "是" if code in chosen else "") for code, label in schemes.categories().items()]
        tables.append(Table(OWN_SHEET, f"{draft}:适用类别", OWN_NOTES, OWN_HEADS, known, [], (20, 30, 10), 2))
    return workbook(*tables)


def entry_of_book(entry: Mapping[str, Any], content: bytes, name: str) -> dict[str, Any]:
    """The entry with the tree of the file, and where it has such a sheet with the categories that are chosen there.
    Raises Refused, Unusable with every fault and its row."""
    try:
        sheets = read_sheets(content, name)
    except WorkbookRefusedError as fault:
        raise Refused(f"{name}:{fault}。") from fault
    made = _tree(entry, sheets[0], name)
    own = next((each for each in sheets[1:] if each.name == OWN_SHEET), None)
    return {**made, "categories": _chosen(own, name)} if own and code_of(entry) != GENERAL else made


def _filled(sheet: Sheet, heads: Sequence[str], name: str) -> list[tuple[int, dict[str, str]]]:
    """Rows beneath the headings that hold anything, with their numbers. Raises Refused."""
    lines = [["" if cell is None else str(cell).strip() for cell in row] for row in sheet.frame.iter_rows()]
    start = next((n for n, line in enumerate(lines) if set(heads) <= set(line)), None)
    if start is None:
        raise Refused(f"{name}没有这些列:{'、'.join(heads)}。请从“下载 Excel”的表改起。")
    at = {head: lines[start].index(head) for head in heads}
    body = [
        (n, {head: line[place] for head, place in at.items()}) for n, line in enumerate(lines[start + 1 :], start + 2)
    ]
    return [(number, row) for number, row in body if any(row.values())]


def _chosen(sheet: Sheet, name: str) -> list[str]:
    """Codes of the categories with a 是. Raises Unusable with every row that cannot be read."""
    known, faults, found = schemes.categories(), [], []
    for number, row in _filled(sheet, OWN_HEADS, name):
        code, said = row[OWN_HEADS[0]], row[OWN_HEADS[2]]
        if code not in known:
            faults.append(f"“{OWN_SHEET}”第 {number} 行:方案中没有类别“{code}”。")
        elif said not in YES | NO:
            faults.append(f"“{OWN_SHEET}”第 {number} 行:“{OWN_HEADS[2]}”应填“是”或不填。")
        elif said in YES:
            found.append(code)
    if faults:
        raise Unusable("".join(faults))
    return found


def _tree(entry: Mapping[str, Any], sheet: Sheet, name: str) -> dict[str, Any]:
    filled = _filled(sheet, HEADS, name)
    if not filled:
        raise Unusable("表中没有填任何方面和指标。")
    known = frozenset(Clause.objects.filter(version__is_current=True).values_list("ref", flat=True))
    return tree_from(entry, filled, known)
