"""An upload from file to preview: read, compare, stage. Writes nothing but the run's own files."""

from __future__ import annotations

from typing import Protocol

import polars as pl

from spectown.lib.memory import give_back
from spectown.lists.declaration import Ledger
from spectown.lists.importing import preview, stores
from spectown.lists.importing.comparing import CONFLICT, Comparison, compare
from spectown.lists.importing.faults import ROW
from spectown.lists.importing.incoming import NUMBER, NUMBER_HEADING, Incoming
from spectown.lists.importing.reading import read_upload
from spectown.lists.models import ImportRun
from spectown.organisations.actors import Actor

TOLD = 200
STEPS = ("读取表格", "核对各列", "与清单比对", "整理预览")


class Pulse(Protocol):
    """What a long check reports to and asks (jobs.context.JobContext)."""

    def progress(self, done: int, total: int | None = None, message: str = "") -> None:
        """Say how far it is."""

    def announce(self, done: int, total: int | None = None, message: str = "") -> None:
        """The same, and see to it that it is known before going on."""

    def raise_if_cancelled(self) -> None:
        """Stop here if somebody asked for it."""


class Silent:
    """Nobody watches."""

    def progress(self, done: int, total: int | None = None, message: str = "") -> None:
        """Say nothing."""

    def announce(self, done: int, total: int | None = None, message: str = "") -> None:
        """Say nothing."""

    def raise_if_cancelled(self) -> None:
        """Go on."""


def examine(ledger: Ledger, run: ImportRun, by: Actor, pulse: Pulse) -> bool:
    """Fill the run with counts, preview and faults (the caller saves). Return True where it may be applied.

    Raises WorkbookRefusedError for a file that cannot be used as a whole.
    """
    _step(pulse, 0)
    incoming = read_upload(ledger, stores.content(run, "upload"), run.file_name)
    give_back()  # the reader's cells, three times the file's text
    _step(pulse, 2)
    compared = compare(ledger, incoming, by)
    give_back()
    _step(pulse, 3)
    return stage(ledger, run, incoming, compared)


def stage(ledger: Ledger, run: ImportRun, incoming: Incoming, compared: Comparison) -> bool:
    """Keep what was found: tables as parquet, the beginning of each on the run."""
    rows = compared.rows.with_columns(incoming.places.gather(compared.rows[ROW]).alias(preview.PLACE))
    told = worded(ledger, incoming, compared.faults)
    stores.keep_table(run, "staged", rows)
    stores.keep_table(run, "fault_table", told)
    run.counts, run.notices = compared.counts, list(incoming.notices)
    run.preview, run.faults = preview.first(ledger, rows), told.head(TOLD).to_dicts()
    return not run.counts["faults"] and not run.counts[CONFLICT]


def worded(ledger: Ledger, incoming: Incoming, faults: pl.DataFrame) -> pl.DataFrame:
    """Faults with their place in the file: sheet, row, cell, heading, value as written, reason."""
    headings = {bound.name: bound.heading for bound in ledger.bound} | {NUMBER: NUMBER_HEADING}
    letters = pl.col("field").replace_strict(incoming.letters, default="", return_dtype=pl.String).fill_null("")
    place = incoming.places.gather(faults["row"])
    return faults.with_columns(
        _as_written(incoming, faults),
        row=place,
        sheet=pl.lit(incoming.sheet),
        cell=pl.when(letters == "").then(pl.lit("")).otherwise(pl.concat_str(letters, place.cast(pl.String))),
        heading=pl.col("field").replace_strict(headings, default="整行", return_dtype=pl.String).fill_null("整行"),
    ).select("sheet", "row", "cell", "field", "heading", "value", "reason")


def _as_written(incoming: Incoming, faults: pl.DataFrame) -> pl.Series:
    """What stands in the cell of each fault as it was written; what the check knows where the file has no cell."""
    told = faults["value"].fill_null("")  # a merged cell has none
    for field in faults["field"].drop_nulls().unique().to_list():
        if field in incoming.written.columns:
            at = (faults["field"] == field).fill_null(False).arg_true()
            texts = incoming.written[field].gather(faults["row"].gather(at)).fill_null("")
            told = told.scatter(at, texts)
    return told.alias("value")


def _step(pulse: Pulse, number: int) -> None:
    pulse.raise_if_cancelled()
    pulse.progress(number, len(STEPS), STEPS[number])
