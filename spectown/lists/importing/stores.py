"""The files of an upload: as sent, and the tables of rows and faults as parquet."""

from __future__ import annotations

import uuid
from io import BytesIO
from pathlib import Path

import polars as pl
from django.core.files.base import ContentFile
from django.db.models.fields.files import FieldFile

from spectown.lists.models import ImportRun

FILES = ("upload", "staged", "fault_table")


def keep(run: ImportRun, field: str, data: bytes, ending: str) -> None:
    """Store a file under a name that tells nothing; the row is saved by the caller."""
    drop(run, field)
    _file(run, field).save(f"{uuid.uuid4().hex}{ending}", ContentFile(data), save=False)


def keep_table(run: ImportRun, field: str, table: pl.DataFrame) -> None:
    """Store a table."""
    buffer = BytesIO()
    table.write_parquet(buffer, compression="lz4", statistics=False)
    keep(run, field, buffer.getvalue(), ".parquet")


def drop(run: ImportRun, field: str) -> None:
    """Remove a file, where there is one."""
    found = _file(run, field)
    if found:
        found.delete(save=False)


def content(run: ImportRun, field: str) -> bytes:
    """A stored file."""
    with _file(run, field).open("rb") as stream:
        data: bytes = stream.read()
    return data


def table(run: ImportRun, field: str) -> pl.DataFrame:
    """A stored table."""
    return pl.read_parquet(BytesIO(content(run, field)))


def scan(run: ImportRun, field: str) -> pl.LazyFrame:
    """A stored table of which only a part is read."""
    return pl.scan_parquet(BytesIO(content(run, field)))


def ending(name: str) -> str:
    """Ending of a file name, where it is one that is read."""
    found = Path(name).suffix.lower()
    return found if found in {".xlsx", ".xls", ".csv"} else ".bin"


def _file(run: ImportRun, field: str) -> FieldFile:
    found: FieldFile = getattr(run, field)
    return found
