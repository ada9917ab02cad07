"""How far the cells of one sheet reach, counted over the bytes of its XML without building a tree.

Files written by Excel, WPS, LibreOffice and the usual libraries write a cell as `<c r="A1"`; those are counted with
numpy. Any other way of writing (a prefix, cells without reference) is walked by expat, slower but exact. What matters
for safety is the range: a reader allocates rows × columns, so two cells far apart would be a bomb.
"""

from collections.abc import Iterable
from dataclasses import dataclass
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
_LONGEST = 12  # letters and digits of a reference, XFD1048576 and some more


@dataclass(slots=True)
class Range:
    """The last row and column of one sheet that hold a cell (from 1), exact for sheets written the usual way."""

    last_row: int = 0
    last_column: int = 0
    usual: bool = True  # every cell begins with <c r="
    prefixed: bool = False  # some tag may have a prefix

    @property
    def standard(self) -> bool:
        """Written the usual way, so that range, merges and hidden rows are exact."""
        return self.usual and not self.prefixed

    def add(self, block: bytes) -> None:
        """Measure one block that begins and ends between tags."""
        if b":" in block and b":c" in block:  # the first is found at once or not at all
            self.prefixed = True
        data, places = tags(block)
        self._cells(data, places[data[places] == ord("c")], block)

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


def tags(block: bytes) -> tuple[Bytes, Places]:
    """The block as numbers, some blanks behind it, and the places behind each `<`."""
    data = np.frombuffer(block + _PAD, dtype=np.uint8)
    return data, np.flatnonzero(data == ord("<")) + 1


def is_digit(values: Bytes) -> NDArray[np.bool_]:
    """True where a byte is one of 0 to 9."""
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
        digit = inside & is_digit(here)
        letter = inside & ~digit
        rows = np.where(digit, rows * 10 + here - 48, rows)
        if step < 4 or letter.any():
            columns = np.where(letter, columns * 26 + (here & 0xDF) - 64, columns)
    raise damaged()


def walk(blocks: Iterable[bytes], found: Range) -> None:
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
            found.last_row, found.last_column = max(found.last_row, at), max(found.last_column, column)

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
