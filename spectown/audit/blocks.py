"""Blocks: the changes of many rows under one event of the chain, sealed by their digest in that event.

An event's `after` may hold {BLOCK: {"rows": n, "sm3": digest}}: then n rows of Change with its number belong to it, and
the digest is over them in order of writing. Since the event is in the chain, so is every row.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from cryptography.hazmat.primitives.hashes import SM3, Hash
from django.db.models import Count

from spectown.audit.models import Change
from spectown.lib.columnar import writing

BLOCK = "_block"
COLUMNS = ("object_id", "label", "before_json", "after_json")
FIELD, ROW = "\x1f", "\x1e"  # in no stored field: labels are freed of control characters, JSON escapes them
STEP = 20_000


@dataclass(frozen=True, slots=True)
class Block:
    """Changes of many rows as they will be stored, and what stands in the event about them."""

    rows: pl.DataFrame
    seal: Mapping[str, Any]


def block_of(changes: pl.DataFrame) -> Block:
    """The block of `object_id`, `label`, `before`, `after` (JSON objects as text). Needs no database."""
    rows = changes.select(
        pl.col("object_id").cast(pl.String),
        pl.col("label").fill_null("").str.replace_all(r"[\x00-\x1f]", " ").str.slice(0, 200),
        pl.col("before").fill_null("{}").alias("before_json"),
        pl.col("after").fill_null("{}").alias("after_json"),
    )
    return Block(rows, {"rows": rows.height, "sm3": _digest(rows)})


def _digest(rows: pl.DataFrame) -> str:
    digest = Hash(SM3())
    for part in rows.iter_slices(STEP):
        lines = part.select(pl.concat_str(COLUMNS, separator=FIELD).str.join(ROW)).item()
        digest.update(f"{lines}{ROW}".encode())
    return digest.finalize().hex()


def write(block: Block, *, seq: int, object_type: str) -> None:
    """Store the rows of a block."""
    placed = block.rows.with_columns(pl.lit(seq, pl.Int64).alias("seq"), pl.lit(object_type).alias("object_type"))
    writing.insert(Change, placed)


def sealed(after: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The seal that an event holds, None for an event without a block."""
    found = after.get(BLOCK)
    return found if isinstance(found, Mapping) else None


def fault(seq: int, object_type: str, expected: Mapping[str, Any]) -> str:
    """What is wrong with the block of an event, in Chinese; empty where it is whole."""
    digest, number = Hash(SM3()), 0
    rows = Change.objects.filter(seq=seq).order_by("pk")
    for values in rows.values_list(*COLUMNS, "object_type").iterator(chunk_size=5000):
        digest.update(f"{FIELD.join(values[:-1])}{ROW}".encode())
        number += 1 if values[-1] == object_type else 0
    if number != expected.get("rows"):
        return f"逐行明细应有 {expected.get('rows')} 行,现有 {number} 行:有明细被删除、插入或改动过"
    return "" if digest.finalize().hex() == expected.get("sm3") else "逐行明细与校验值不符:有明细被改动过"


def strays(known: set[int], reached: int, last: int) -> Iterator[tuple[int, datetime.datetime | None, str]]:
    """Rows under no event with a block. Those of events written while the log was read are left for the next time."""
    for seq, number in Change.objects.order_by("seq").values_list("seq").annotate(number=Count("pk")):
        if seq not in known and not reached < seq <= last:
            yield seq, None, f"有 {number} 行逐行明细不属于任何事件:是后来插入的,或所属事件被改动过"
