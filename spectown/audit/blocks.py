"""Blocks: the changes of many rows under one event of the chain, sealed by their digest in that event.

An event's `after` may hold {BLOCK: {"rows": n, "sm3": digest}}: then Parts with its number hold n rows, and the digest
is over their text in order of writing. Since the event is in the chain, so is every row. The text is compressed by
parts of some hundred rows: a tenth of the room, and a hundredth of the rows that a bulk change must write.
"""

from __future__ import annotations

import datetime
import json
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

import polars as pl
from cryptography.hazmat.primitives.hashes import SM3, Hash
from django.db.models import Sum
from isal import isal_zlib

from spectown.audit.models import Part

BLOCK = "_block"
COLUMNS = ("object_id", "label", "before", "after")
FIELD, ROW = "\x1f", "\x1e"  # in no stored field: labels are freed of control characters, JSON escapes them
STEP, LEVEL = 500, 1


@dataclass(frozen=True, slots=True)
class Piece:
    """One part before it is stored."""

    first_id: int
    last_id: int
    rows: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Block:
    """Changes of many rows as they will be stored, and what stands in the event about them."""

    pieces: tuple[Piece, ...]
    seal: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """What one bulk event changed in one row."""

    seq: int
    object_id: int
    label: str
    before_json: str
    after_json: str

    @property
    def before(self) -> dict[str, Any]:
        """Values before, by field."""
        return dict(json.loads(self.before_json))

    @property
    def after(self) -> dict[str, Any]:
        """Values after, by field."""
        return dict(json.loads(self.after_json))


def block_of(changes: Iterable[pl.DataFrame]) -> Block:
    """The block of frames of `object_id` (numbers, rising from frame to frame), `label`, `before`, `after` (JSON text).

    A frame at a time is in memory. Needs no database.
    """
    digest, pieces = Hash(SM3()), []
    for rows in chain.from_iterable(_rows(frame).iter_slices(STEP) for frame in changes):
        text = rows.select(pl.concat_str(COLUMNS, separator=FIELD).str.join(ROW)).item().encode() + ROW.encode()
        digest.update(text)
        ids = rows["object_id"]
        pieces.append(Piece(ids[0], ids[-1], rows.height, isal_zlib.compress(text, LEVEL)))
    return Block(tuple(pieces), {"rows": sum(p.rows for p in pieces), "sm3": digest.finalize().hex()})


def _rows(changes: pl.DataFrame) -> pl.DataFrame:
    return changes.select(
        pl.col("object_id").cast(pl.Int64),
        pl.col("label").fill_null("").str.replace_all(r"[\x00-\x1f]", " ").str.slice(0, 200),
        pl.col("before").fill_null("{}"),
        pl.col("after").fill_null("{}"),
    ).sort("object_id")


def store(block: Block, *, seq: int, object_type: str) -> None:
    """Store the parts of a block."""
    Part.objects.bulk_create(
        Part(seq=seq, object_type=object_type, first_id=p.first_id, last_id=p.last_id, rows=p.rows, data=p.data)
        for p in block.pieces
    )


def changes_in(part: Part, wanted: Collection[int] = ()) -> Iterator[Change]:
    """The rows of a part, or those of them about these objects. Raises zlib.error, ValueError where it was damaged."""
    for line in _text(part).decode().removesuffix(ROW).split(ROW):
        pk, rest = line.split(FIELD, 1)
        if not wanted or int(pk) in wanted:
            label, before, after = rest.split(FIELD)
            yield Change(part.seq, int(pk), label, before, after)


def _text(part: Part) -> bytes:
    return zlib.decompress(bytes(part.data))


def sealed(after: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The seal that an event holds, None for an event without a block."""
    found = after.get(BLOCK)
    return found if isinstance(found, Mapping) else None


def fault(seq: int, object_type: str, expected: Mapping[str, Any]) -> str:
    """What is wrong with the block of an event, in Chinese; empty where it is whole."""
    digest, number = Hash(SM3()), 0
    for part in Part.objects.filter(seq=seq).order_by("pk").iterator(chunk_size=20):
        try:
            digest.update(_text(part))
            found = [change.object_id for change in changes_in(part)]
        except (zlib.error, ValueError):
            return "逐行明细不能读出:有明细被改动过"
        if (part.rows, part.first_id, part.last_id) != (len(found), min(found), max(found)):
            return "逐行明细与其行数、编号范围不符:有明细被改动过"
        number += part.rows if part.object_type == object_type else 0
    if number != expected.get("rows"):
        return f"逐行明细应有 {expected.get('rows')} 行,现有 {number} 行:有明细被删除、插入或改动过"
    return "" if digest.finalize().hex() == expected.get("sm3") else "逐行明细与校验值不符:有明细被改动过"


def strays(known: set[int], reached: int, last: int) -> Iterator[tuple[int, datetime.datetime | None, str]]:
    """Parts under no event with a block. Those of events written while the log was read are left for the next time."""
    for seq, number in Part.objects.order_by("seq").values_list("seq").annotate(number=Sum("rows")):
        if seq not in known and not reached < seq <= last:
            yield seq, None, f"有 {number} 行逐行明细不属于任何事件:是后来插入的,或所属事件被改动过"
