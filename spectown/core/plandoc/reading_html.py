"""HTML as text: one paragraph a line, the cells of a table row parted by tabs, numbers of <ol> written out."""

from __future__ import annotations

import logging
import re
from typing import Any

import lxml.html

from spectown.core.plandoc.numerals import written

_LOG = logging.getLogger(__name__)
_DROPPED = ("script", "style", "noscript", "head", "nav", "footer", "select", "button", "iframe", "svg")
_BLOCKS = frozenset(
    (
        *("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "ul", "ol"),
        *("dl", "dt", "dd", "blockquote", "pre", "center", "td", "th", "header"),
    )
)
_NUMBERED = re.compile(r"\s*[(（\[【]?[\d一二三四五六七八九十①-⑳]{1,3}[)）\]】、.．]")


def render(text: str) -> str:
    """Return the text of a page: blocks on lines of their own, table rows with tabs, scripts left out."""
    cleaned = text.replace("\x00", "")
    start = cleaned.find("?>") + 2 if cleaned.lstrip().startswith("<?xml") else 0
    try:
        parser = lxml.html.HTMLParser(huge_tree=True)
        root = lxml.html.document_fromstring(cleaned[start:], parser=parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        _LOG.info("HTML not parsed: %s", error)
        return cleaned
    pieces: list[str] = []
    _render(root, pieces)
    lines = (" ".join(line.split(" ")).rstrip() for line in "".join(pieces).split("\n"))
    return "\n".join(line if "\t" in line else line.strip() for line in lines)


def _render(root: Any, pieces: list[str]) -> None:
    """Append the text of an element, walking without recursion."""
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        node, leaving = stack.pop()
        if leaving:
            pieces.append("\n" if _is_block(node) else "")
            pieces.append(_flat(node.tail))
            continue
        tag = node.tag if isinstance(node.tag, str) else "script"
        if tag in _DROPPED:
            pieces.append(_flat(node.tail))
            continue
        if tag == "table" and not node.xpath(".//table") and _is_grid(node):
            pieces.append("\n" + "\n".join(_grid(node)) + "\n" + _flat(node.tail))
            continue
        if tag == "br":
            pieces.append("\n" + _flat(node.tail))
            continue
        pieces.append("\n" if _is_block(node) else "")
        pieces.append(_item_number(node))
        pieces.append(_flat(node.text) if tag != "pre" else node.text or "")
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))


def _item_number(node: Any) -> str:
    """Return the number that a browser shows before an item of an <ol>, unless the text brings its own."""
    parent = node.getparent()
    if node.tag != "li" or parent is None or parent.tag != "ol":
        return ""
    if "none" in (parent.get("style") or "").replace("list-style:none", "none") or _NUMBERED.match(node.text_content()):
        return ""
    begin = str(parent.get("start") or "1").strip()
    before = sum(1 for _ in node.itersiblings("li", preceding=True))
    value = before + (int(begin) if begin.isascii() and begin.isdigit() and len(begin) < 4 else 1)
    chinese = re.search(r"cjk|chinese|japanese", (parent.get("style") or "") + (node.get("style") or ""))
    return f"{written(value)}、" if chinese else f"{value}."


def _is_block(node: Any) -> bool:
    return node.tag in _BLOCKS or node.tag == "tr"


def _flat(text: str | None) -> str:
    return "" if text is None else text.replace("\r", "").replace("\n", "").replace("\t", " ")


def _is_grid(table: Any) -> bool:
    """Whether a table holds data: two rows of several cells, no cell with a whole article in it."""
    rows = table.xpath(".//tr")
    several = [row for row in rows if len(row.xpath("./td|./th")) > 1]
    longest = max((len(cell.text_content()) for cell in table.xpath(".//td|.//th")), default=0)
    return len(several) > 1 and longest < 3000


def _grid(table: Any) -> list[str]:
    """Return the rows with merged cells repeated downwards and left empty sideways."""
    lines: list[str] = []
    pending: dict[int, tuple[int, str]] = {}
    for row in table.xpath(".//tr"):
        cells: list[str] = []
        for cell in row.xpath("./td|./th"):
            _fill(cells, pending)
            words = " ".join(_cell_text(cell).split())
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            if down > 1:
                pending[len(cells)] = (down - 1, words)
            cells.extend([words] + [""] * (across - 1))
        _fill(cells, pending)
        lines.append("\t".join(cells))
    return lines


def _cell_text(cell: Any) -> str:
    """Return the text of a cell; what stands on lines of its own is parted by blanks."""
    if not len(cell):
        return _flat(cell.text)
    pieces: list[str] = []
    for node in cell.iter():
        begins = isinstance(node.tag, str) and (node.tag == "br" or _is_block(node))
        pieces.append(" " if begins else "")
        pieces.append(_flat(node.text) if isinstance(node.tag, str) and node.tag not in _DROPPED else "")
        if node is not cell:
            pieces.append(_flat(node.tail))
    return "".join(pieces)


def _fill(cells: list[str], pending: dict[int, tuple[int, str]]) -> None:
    while len(cells) in pending:
        column = len(cells)
        left, words = pending.pop(column)
        if left > 1:
            pending[column] = (left - 1, words)
            cells.append(words)
            continue
        cells.append(words)


def _span(cell: Any, name: str) -> int:
    value = str(cell.get(name) or "1").strip()
    return min(200, max(1, int(value))) if value.isascii() and value.isdigit() else 1
