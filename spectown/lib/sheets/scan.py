"""What the XML of one sheet holds, counted over its bytes without building a tree.

Files written by Excel, WPS, LibreOffice and the usual libraries write a cell as `<c r="A1"`; those are counted with
numpy. Any other way of writing (a prefix, cells without reference) is walked by expat, slower but exact. What matters
for safety is the range: a reader allocates rows × columns, so two cells far apart would be a bomb.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate

import numpy as np
from numpy.typing import NDArray

from spectown.lib.excel.faults import WorkbookRefusedError
from spectown.lib.excel.guard import damaged

Bytes = NDArray[np.uint8]
Places = NDArray[np.int64]
UNUSUAL = "文件的内部结构不是 Excel、WPS 或 LibreOffice 写出的样子,请用其中之一打开,另存为 .xlsx 后重新上传"
_CELL = b'<c r="'
_CELL_STARTS = (b"<c ", b"<c>", b"<c/", b"<c\t", b"<c\n", b"<c\r")
_PAD = b" " * 32
_MOST_ELEMENTS = 6_000_000
_MERGE = re.compile(rb'<mergeCell\b[^>]*\bref="([A-Z]+\d+):([A-Z]+\d+)"')
_HIDDEN_ROW = re.compile(rb'<row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d+)"')
_HIDDEN_COLUMN = re.compile(rb'<col\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\bmin="(\d+)"')
_LONGEST = 12  # letters and digits of a reference, XFD1048576 and some more
# A formula whose result was never stored; an empty text is a result.
UNSAVED = re.compile(rb'<c (?![^>]*t="str")[^>]*><f\b(?:[^>]*/>|[^>]*>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, rows and columns from 1, both ends inside."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Facts:
    """One sheet in numbers: the last row and column that hold a cell (from 1) and what needs a closer look.

    `merges`, `hidden_rows`, `hidden_columns` are exact for sheets written the usual way; `merged` counts any way.
    """

    last_row: int = 0
    last_column: int = 0
    formulas: int = 0
    foreign: int = 0  # formulas with a prefix
    unsaved: int = 0
    errors: int = 0
    merged: int = 0
    long: bool = False  # numbers of 16 digits and more
    usual: bool = True  # every cell begins with <c r="
    prefixed: bool = False  # some tag may have a prefix
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)

    @property
    def standard(self) -> bool:
        """Written the usual way, so that range, merges and hidden rows are exact."""
        return self.usual and not self.prefixed

    def measure(self, block: bytes) -> None:
        """Range, formulas and long numbers of one block that begins and ends between tags.

        It shares no attribute with `mark`, so that each may run in a thread of its own.
        """
        data = np.frombuffer(block + _PAD, dtype=np.uint8)
        places = np.flatnonzero(data == ord("<")) + 1
        follows = data[places]
        self._cells(data, places[follows == ord("c")], block)
        self.long = self.long or _holds_long(data, places[follows == ord("v")], block)
        if (follows == ord("f")).any():
            self.formulas += block.count(b"<f>") + block.count(b"<f ") + block.count(b"<f/>")
            self.unsaved += len(UNSAVED.findall(block))

    def mark(self, block: bytes) -> None:
        """Errors, merges, hidden rows and columns, prefixes of the same block."""
        if b":" in block and b":c" in block:  # the first is found at once or not at all
            self.prefixed = True
            self.foreign += block.count(b":f>") + block.count(b":f ")
        self.errors += block.count(b't="e"')
        if b"mergeCell" in block:
            self._merges(block)
        if b'hidden="' in block:
            self.hidden_rows += map(int, _HIDDEN_ROW.findall(block))
            self.hidden_columns += map(int, _HIDDEN_COLUMN.findall(block))

    def _merges(self, block: bytes) -> None:
        self.merged += block.count(b"mergeCell ")
        for match in _MERGE.finditer(block):
            (left, top), (right, bottom) = (place_of(match[i].decode()) for i in (1, 2))
            self.merges.append(Merge(top, left, bottom, right))

    def _cells(self, data: Bytes, places: Places, block: bytes) -> None:
        usual = data[places + 1] == _CELL[2]
        for offset in range(3, len(_CELL)):
            usual &= data[places + offset - 1] == _CELL[offset]
        if not usual.all():  # <cols> and the like stand before and after the rows
            self.usual &= sum(map(block.count, _CELL_STARTS)) == block.count(_CELL)
        refs = places[usual] + len(_CELL) - 1
        if refs.size:
            columns, rows = decode(data, refs)
            self.last_column = max(self.last_column, int(columns.max()))
            self.last_row = max(self.last_row, int(rows.max()))


def _holds_long(data: Bytes, places: Places, block: bytes) -> bool:
    """Whether a value is written with 16 digits in a row, or like 9.114E+17."""
    digits = places + 2  # behind "v>"
    for offset in (15, 10, 1, *range(15)):
        digits = digits[_is_digit(data[digits + offset])]
        if not digits.size:
            return b"E+1" in block
    return True


def _is_digit(values: Bytes) -> NDArray[np.bool_]:
    return values - np.uint8(48) < 10


def decode(data: Bytes, refs: Places) -> tuple[Places, Places]:
    """Return column and row (from 1) of the references that begin at `refs` and end with a quote."""
    columns, rows = np.zeros(len(refs), dtype=np.int64), np.zeros(len(refs), dtype=np.int64)
    inside = np.ones(len(refs), dtype=np.bool_)
    for step in range(_LONGEST):
        here = data[refs + step]
        inside &= here != ord('"')
        if not inside.any():
            return columns, rows
        digit = inside & _is_digit(here)
        letter = inside & ~digit
        rows = np.where(digit, rows * 10 + here - 48, rows)
        if step < 4 or letter.any():
            columns = np.where(letter, columns * 26 + (here & 0xDF) - 64, columns)
    raise damaged()


def walk(blocks: Iterable[bytes], facts: Facts) -> None:
    """Find the range of a sheet that is not written the usual way, element by element."""
    row = column = elements = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, elements
        elements += 1
        if elements > _MOST_ELEMENTS:
            raise WorkbookRefusedError(UNUSUAL)
        name = tag.rpartition(":")[2]
        if name == "row":
            row, column = int(attributes.get("r", row + 1)), 0
        elif name == "c":
            column, at = place_of(attributes["r"]) if "r" in attributes else (column + 1, row)
            facts.last_row, facts.last_column = max(facts.last_row, at), max(facts.last_column, column)

    parser: Any = ParserCreate()
    parser.StartElementHandler = start
    try:
        for block in blocks:
            parser.Parse(block)
        parser.Parse(b"", True)
    except WorkbookRefusedError:
        raise
    except (ExpatError, ValueError) as error:
        raise damaged() from error


def place_of(reference: str) -> tuple[int, int]:
    """Return column and row of a reference: place_of("C5") == (3, 5)."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column, int(reference[len(letters) :])


def letters_of(column: int) -> str:
    """Return the letters of a column: letters_of(3) == "C"."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
