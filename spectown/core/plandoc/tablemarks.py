"""Unit marks in tables: columns 牵头单位, 责任单位, 配合单位; every row with units is a task."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spectown.core.plandoc import units
from spectown.core.plandoc.content import Content, read
from spectown.core.plandoc.folding import cut, fold, squeeze
from spectown.core.plandoc.marks import Found
from spectown.core.plandoc.model import MarkStyle, Table
from spectown.core.plandoc.vocabulary import LABEL, Role, role_of_label
from spectown.core.plandoc.weighing import is_mark

_TITLE = re.compile(r"内容|任务|措施|事项|举措|项目|指标|目标|要求|名称")
_NUMBER = re.compile(r"序号|编号|序")
_HEADING_ROWS = 3


@dataclass(frozen=True, slots=True)
class RowMark:
    """A mark of a table row, with the row's number and title."""

    found: Found
    number: str
    title: str


def find(tables: list[Table], places: list[list[tuple[int, int]]]) -> list[RowMark]:
    """Return the marks of all tables whose heading row names responsible units."""
    found: list[RowMark] = []
    for table, ranges in zip(tables, places, strict=True):
        head = next((i for i, row in enumerate(table.rows[:_HEADING_ROWS]) if _columns(row)), None)
        if head is None:
            continue
        columns = _columns(table.rows[head])
        for row, place in zip(table.rows[head + 1 :], ranges[head + 1 :], strict=True):
            mark = _row_mark(table.rows[head], row, columns, place)
            if mark:
                found.append(mark)
    return found


def _columns(row: tuple[str, ...]) -> dict[int, Role]:
    """Return the roles of the columns whose heading is a label of units."""
    found: dict[int, Role] = {}
    for i, cell in enumerate(row):
        label = fold(squeeze(cell)).rstrip(":") + ":"
        if len(label) <= 16 and LABEL.fullmatch(label):
            role = role_of_label(label)
            if role is not Role.SKIP:
                found[i] = role
    return found


def _unheaded(head: tuple[str, ...], columns: dict[int, Role], width: int) -> dict[int, Role]:
    """Return the columns without a heading that follow a column of units: its heading spans them."""
    found: dict[int, Role] = {}
    for i in range(1, width):
        role = columns.get(i - 1) or found.get(i - 1)
        if role and (i >= len(head) or not head[i]):
            found[i] = role
    return found


def _cell(text: str, role: Role) -> Content:
    """Read a cell of units; where one ends and the next begins on a new line there is no 、 between them."""
    words = text.split(" ")
    joined = words[0]
    for word in words[1:]:
        left, right = _names(joined)[-1:], _names(word)[:1]
        parted = bool(left and right) and units.is_strong(left[0])
        parted = parted and (units.is_unit(right[0]) or units.is_collective(right[0]))
        joined += ("、" if parted else "") + word
    return read(cut(joined, fold(joined), 0, len(joined)), role=role)


def _names(text: str) -> list[str]:
    folded = fold(text)
    return [folded[a:b] for a, b in units.split(folded)]


def _row_mark(
    head: tuple[str, ...], row: tuple[str, ...], columns: dict[int, Role], place: tuple[int, int]
) -> RowMark | None:
    content = Content(labelled=True)
    for i, role in columns.items():
        if i < len(row) and row[i]:
            content.items += _cell(row[i], role).items
    for i, role in _unheaded(head, columns, len(row)).items():
        if i < len(row) and row[i]:
            more = _cell(row[i], role)
            content.items += more.items if all(units.is_unit(fold(name)) for name in more.names()) else []
    if not is_mark(content, at_end=True):
        return None
    number = next((row[i] for i, cell in enumerate(head[: len(row)]) if _NUMBER.fullmatch(squeeze(cell))), "")
    titles = [
        row[i]
        for i, cell in enumerate(head[: len(row)])
        if i not in columns and _TITLE.search(squeeze(cell)) and row[i]
    ]
    return RowMark(Found(MarkStyle.TABLE_ROW, place[0], place[1], content), number, titles[-1] if titles else "")
