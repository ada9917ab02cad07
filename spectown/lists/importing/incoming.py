"""An upload after reading: typed columns beside the text as written, and where each row stands in the file."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from spectown.lists.declaration import Ledger
from spectown.lists.importing.faults import ROW, none

NUMBER, VERSION = "_number", "_version"
NUMBER_HEADING, VERSION_HEADING = "编号", "版本"


@dataclass(frozen=True, slots=True)
class Incoming:
    """`frame`: ROW (from 0), NUMBER and VERSION (null where the file has none), then the list's columns that the file
    has, typed; references still as text, blank and faulty cells null. `written`: the same as written, blanks null.
    `places`: row of the file by ROW. `letters`: letters of the column in the file by name. `explained`: a written
    reason stands with all of it, so that Ledger.moves are not asked."""

    frame: pl.DataFrame
    written: pl.DataFrame
    places: pl.Series
    sheet: str = ""
    letters: dict[str, str] = field(default_factory=dict)
    faults: pl.DataFrame = field(default_factory=none)
    notices: tuple[str, ...] = ()
    explained: bool = False

    @property
    def texts(self) -> pl.DataFrame:
        """The cells as written, blank ones empty: for the marked copy alone, so not kept."""
        return self.written.select(pl.all().fill_null(""))

    def present(self, ledger: Ledger) -> list[str]:
        """Columns of the list that the file has and may change."""
        return [b.name for b in ledger.bound if b.name in self.frame.columns and not b.column.locked]


def of_frame(ledger: Ledger, frame: pl.DataFrame, *, explained: bool = False) -> Incoming:
    """An upload that is a frame already (the list's columns, NUMBER, VERSION): every row in order, no file behind."""
    extra = {NUMBER: pl.lit(None, pl.String), VERSION: pl.lit(None, pl.Int64)}
    missing = [value.alias(name) for name, value in extra.items() if name not in frame.columns]
    names = [b.name for b in ledger.bound if b.name in frame.columns]
    whole = frame.with_columns(missing).with_row_index(ROW).cast({ROW: pl.Int64})
    texts = whole.select(pl.col(name).cast(pl.String) for name in [NUMBER, *names])
    places = pl.int_range(4, 4 + frame.height, eager=True)
    return Incoming(whole.select(ROW, NUMBER, VERSION, *names), texts, places, ledger.title, explained=explained)
