"""One sheet as text: every cell as an official sees it, every row with its number in the file."""

from dataclasses import dataclass

import polars as pl

from spectown.lib.excel.bulk.layout import GUIDE
from spectown.lib.excel.bulk.lists import SHEET as OPTIONS
from spectown.lib.excel.marks import LIST_SHEET
from spectown.lib.sheets.marks import Merge
from spectown.lib.sheets.scan import letters_of

# Sheets that the system itself adds to a workbook: never read, and nobody needs to be told.
OWN_SHEETS = frozenset({GUIDE, OPTIONS, LIST_SHEET})


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that was read. Row i of the frame is row i + 1 of the file; blank cells are null.

    `first_column` is the number (from 1) of the frame's first column in the file, None where the format does not tell
    (.xls), so that no wrong column letter is ever shown. `notices` are sentences for the reader of the preview.
    """

    name: str
    number: int
    frame: pl.DataFrame
    first_column: int | None = 1
    merges: tuple[Merge, ...] = ()
    notices: tuple[str, ...] = ()
    unsaved: tuple[tuple[int, int], ...] = ()  # column and row (from 1) of formulas without a stored result
    hidden: tuple[int, ...] = ()  # number (from 1) of each hidden column or of the first of several side by side

    def letters(self, index: int) -> str:
        """Return the column letters of the frame's column `index`, "" where unknown."""
        return "" if self.first_column is None else letters_of(self.first_column + index)
