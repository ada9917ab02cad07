"""Puts skeleton and rows into one .xlsx and hands it out in pieces; in memory is one block of rows."""

from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

import polars as pl

from spectown.lib.excel.bulk.body import Body
from spectown.lib.excel.bulk.limits import check_bytes
from spectown.lib.excel.bulk.sheet import BulkSheet
from spectown.lib.excel.bulk.skeleton import skeleton

TYPES = "[Content_Types].xml"
_LEVEL = 1  # twice as fast as level 6 for a file one third larger


class _Pieces:
    """A file that only keeps what has not been taken yet; without tell, so that zipfile streams."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        """Keep a piece."""
        if data:
            self._pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def __bool__(self) -> bool:
        return bool(self._pieces)

    def take(self) -> bytes:
        """What was written since the last time."""
        data = b"".join(self._pieces)
        self._pieces.clear()
        return data


def stream_workbook(sheet: BulkSheet, frames: Iterable[pl.DataFrame]) -> Iterator[bytes]:
    """The workbook in pieces, for a StreamingHttpResponse.

    The frames have one column for each field. Raises Refused where Excel has no room (too many rows, a text too long),
    ValueError for a number that is not finite; call `check_rows` before the response begins.
    """
    return stream_sheets([sheet], [frames])


def write_workbook(sheet: BulkSheet, frames: Iterable[pl.DataFrame], target: BinaryIO) -> None:
    """The same into a file."""
    for piece in stream_workbook(sheet, frames):
        target.write(piece)


def stream_sheets(sheets: Sequence[BulkSheet], feeds: Sequence[Iterable[pl.DataFrame]]) -> Iterator[bytes]:
    """A workbook with several sheets, each with its own frames. No piece is empty: that would end a response."""
    before = skeleton(sheets, [0] * len(sheets))
    bodies = [Body(sheet, part.styles) for sheet, part in zip(sheets, before.sheets, strict=True)]
    pieces = _Pieces()
    with ZipFile(pieces, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as archive:  # type: ignore[call-overload]  # a sink
        archive.writestr(TYPES, before.others[TYPES])
        for number, (part, frames) in enumerate(zip(before.sheets, feeds, strict=True)):
            with archive.open(part.path, "w") as member:
                for xml in _sheet_xml(sheets, bodies, number, part.head, frames):
                    member.write(xml)
                    if pieces:
                        yield pieces.take()
        for path, data in skeleton(sheets, [body.rows for body in bodies]).others.items():
            if path != TYPES:
                archive.writestr(path, data)
    yield pieces.take()


def _sheet_xml(
    sheets: Sequence[BulkSheet], bodies: Sequence[Body], number: int, head: bytes, frames: Iterable[pl.DataFrame]
) -> Iterator[bytes]:
    """The XML of one sheet; what comes behind the rows is made when their number is known."""
    size = len(head)
    yield head
    for block in bodies[number].blocks(frames):
        size += len(block)
        check_bytes(sheets[number], size)
        yield block
    yield skeleton(sheets, [body.rows for body in bodies]).sheets[number].tail
