"""What one sheet holds that needs a closer look: counted over its bytes while the reader takes the values."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from spectown.lib.sheets.scan import Bytes, Places, is_digit, place_of, tags

_MERGE = re.compile(rb'<mergeCell\b[^>]*\bref="([A-Z]+\d+):([A-Z]+\d+)"')
_HIDDEN_ROW = re.compile(rb'<row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d+)"')
_HIDDEN_COLUMN = re.compile(rb'<col\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\bmin="(\d+)"')
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
    """One sheet in numbers.

    `merges`, `hidden_rows`, `hidden_columns` are exact for sheets written the usual way; `merged` counts any way.
    """

    formulas: int = 0
    foreign: int = 0  # formulas with a prefix
    unsaved: int = 0
    errors: int = 0
    merged: int = 0
    long: bool = False  # numbers of 16 digits and more
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)

    def add(self, block: bytes) -> None:
        """Count one block that begins and ends between tags."""
        self._values(block)
        if b":" in block:
            self.foreign += block.count(b":f>") + block.count(b":f ")
        self.errors += block.count(b't="e"')
        if b"mergeCell" in block:
            self._merges(block)
        if b'hidden="' in block:
            self.hidden_rows += map(int, _HIDDEN_ROW.findall(block))
            self.hidden_columns += map(int, _HIDDEN_COLUMN.findall(block))

    def _values(self, block: bytes) -> None:
        data, places = tags(block)
        follows = data[places]
        self.long = self.long or _holds_long(data, places[follows == ord("v")], block)
        if (follows == ord("f")).any():
            self.formulas += block.count(b"<f>") + block.count(b"<f ") + block.count(b"<f/>")
            self.unsaved += len(UNSAVED.findall(block))

    def _merges(self, block: bytes) -> None:
        self.merged += block.count(b"mergeCell ")
        for match in _MERGE.finditer(block):
            (left, top), (right, bottom) = (place_of(match[i].decode()) for i in (1, 2))
            self.merges.append(Merge(top, left, bottom, right))


def facts_of(blocks: Iterable[bytes]) -> Facts:
    """Count all blocks of a sheet."""
    facts = Facts()
    for block in blocks:
        facts.add(block)
    return facts


def _holds_long(data: Bytes, places: Places, block: bytes) -> bool:
    """Whether a value is written with 16 digits in a row, or like 9.114E+17."""
    digits = places + 2  # behind "v>"
    for offset in (15, 10, 1, *range(15)):
        digits = digits[is_digit(data[digits + offset])]
        if not digits.size:
            return b"E+1" in block
    return True
