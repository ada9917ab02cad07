"""A compared upload into the list, inside the caller's transaction: locked, compared again, written by the column."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from typing import Any

import polars as pl
from django.db import connection
from django.utils import timezone

from spectown.accounts.models import Installation
from spectown.audit.blocks import Block, block_of
from spectown.audit.history import touched_since
from spectown.audit.models import Event
from spectown.audit.services import record_many
from spectown.lib.columnar import writing
from spectown.lib.columnar.jsontext import json_of
from spectown.lists.declaration import Ledger
from spectown.lists.derived import derive
from spectown.lists.following import carry
from spectown.lists.importing.comparing import differs
from spectown.lists.importing.matching import PK, key_columns, match
from spectown.lists.importing.reach import PLACE
from spectown.lists.importing.settling import NOW, OLD
from spectown.lists.searchable import search_texts, searched
from spectown.organisations.actors import Actor

PART = 5_000  # rows whose text for the log is made at a time


class Outdated(Exception):
    """The list is no longer what the preview was made from: nothing is written, the upload is compared again."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the rows come from, for the log: `about` all of them; `seq`: the last event before they were compared."""

    about: Mapping[str, Any]
    seq: int
    action: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """Changed and new rows as Comparison has them, new ones without OLD columns; `places`: row of the file by ROW."""

    changed: pl.DataFrame
    new: pl.DataFrame
    places: pl.Series


def write(ledger: Ledger, rows: Rows, source: Source, by: Actor) -> Event:
    """Write new and changed rows and one event for all. Raises Outdated."""
    _one_at_a_time(ledger)
    if touched_since(ledger.model, source.seq):
        _require_unknown(ledger, rows.new, rows.places)
    keys = pl.Series(PK, writing.new_keys(ledger.model, rows.new.height), pl.Int64)
    changed, new = rows.changed, rows.new.with_columns(keys)
    with ThreadPoolExecutor(1) as beside:  # the log's text is made while the database writes
        block = beside.submit(_block, ledger, changed, new)
        _update(ledger, changed)
        _insert(ledger, new)
        places = [name for name in PLACE if name in ledger.by_name]
        carry(ledger, changed.filter(pl.any_horizontal(pl.lit(False), *map(differs, places)))[PK].to_list())
        _derive(ledger, changed, new)
        told = {**source.about, "ledger": ledger.slug, "new": new.height, "changed": changed.height}
        about: dict[str, Any] = {"model": ledger.model, "block": block.result(), "after": told}
        return record_many(by=by, action=source.action, reason=source.reason, **about)


def _derive(ledger: Ledger, changed: pl.DataFrame, new: pl.DataFrame) -> None:
    parents = (
        [new[ledger.followed], *(changed[f"{mark}{ledger.followed}"] for mark in ("", OLD))] if ledger.follows else []
    )
    derive(
        ledger,
        [*changed[PK].to_list(), *new[PK].to_list()],
        {pk for column in parents for pk in column.unique().to_list()},
    )


def _block(ledger: Ledger, changed: pl.DataFrame, new: pl.DataFrame) -> Block:
    """By parts: the text of all rows at once would be the largest table of an import. New keys are the highest."""
    order = changed[PK].arg_sort()
    first = (_changes(ledger, changed[part]) for part in _parts(order))
    return block_of(chain(first, (_additions(ledger, part) for part in new.iter_slices(PART))))


def _parts(order: pl.Series) -> Iterator[pl.Series]:
    return (order.slice(start, PART) for start in range(0, len(order), PART))


def _one_at_a_time(ledger: Ledger) -> None:
    """Two imports into one list run one after the other; SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [zlib.crc32(f"import {ledger.slug}".encode())])


def _require_unknown(ledger: Ledger, new: pl.DataFrame, places: pl.Series) -> None:
    """No row that is to be new has meanwhile been entered by somebody else."""
    if new.is_empty():
        return
    matched, wrong = match(ledger, new.select(key_columns(ledger)), places)
    met = matched.filter(pl.col(PK).is_not_null()).height + wrong.height
    if met:
        raise Outdated(f"预览之后有 {met} 行已由他人录入,没有导入任何内容。已重新核对,请再看一遍。")


def _update(ledger: Ledger, changed: pl.DataFrame) -> None:
    """Only the columns that differ anywhere are set, so that the others' indexes are left alone."""
    names = [b.name for b in ledger.bound if changed.select(differs(b.name).any()).item()]
    values = changed.select(pl.col(PK).alias("id"), *names, (pl.col(NOW) + 1).alias("version"), _stamp())
    if set(names) & set(searched(ledger)):
        values = values.with_columns(search_texts(ledger, changed).alias("search_text"))
    found = writing.update(ledger.model, values, step="version")  # deleting a row is a step too
    if found != changed.height:
        raise Outdated(
            f"预览之后有 {changed.height - found} 行被他人修改或删除,没有导入任何内容。已重新核对,请再看一遍。"
        )


def _insert(ledger: Ledger, new: pl.DataFrame) -> None:
    demo = Installation.objects.filter(pk=1, mode=Installation.Mode.DEMO).exists()
    fixed = {"version": pl.lit(1), "delete_reason": pl.lit(""), "is_demo": pl.lit(demo)}
    names = [bound.name for bound in ledger.bound]
    hidden = [value.alias(name) for name, value in (_hidden(ledger, names) | fixed).items()]
    values = new.select(pl.col(PK).alias("id"), *names, *hidden, _stamp())
    text = search_texts(ledger, new).alias("search_text") if searched(ledger) else pl.lit("").alias("search_text")
    writing.insert(ledger.model, values.with_columns(text))


def _hidden(ledger: Ledger, names: list[str]) -> dict[str, pl.Expr]:
    """Defaults of fields that are no columns of the list; those of ListRow are set by the caller."""
    ours = {"id", "search_text", "version", "updated_at", "delete_reason", "is_demo", *names}
    fields = [f for f in ledger.model._meta.concrete_fields if f.name not in ours and not f.null]
    return {field.name: pl.lit(field.get_default()) for field in fields}


def _stamp() -> pl.Expr:
    return pl.lit(timezone.now()).cast(pl.Datetime("us", "UTC")).alias("updated_at")


def _changes(ledger: Ledger, changed: pl.DataFrame) -> pl.DataFrame:
    names = [bound.name for bound in ledger.bound]
    only = {name: differs(name) for name in names}
    before = json_of({name: pl.col(f"{OLD}{name}") for name in names}, only)
    after = json_of({name: pl.col(name) for name in names}, only)
    return changed.select(_key(), _label(ledger), before.alias("before"), after.alias("after"))


def _additions(ledger: Ledger, new: pl.DataFrame) -> pl.DataFrame:
    after = json_of({bound.name: pl.col(bound.name) for bound in ledger.bound})
    return new.select(_key(), _label(ledger), pl.lit("{}").alias("before"), after.alias("after"))


def _key() -> pl.Expr:
    return pl.col(PK).cast(pl.String).alias("object_id")


def _label(ledger: Ledger) -> pl.Expr:
    names = searched(ledger)
    return pl.col(names[0]).alias("label") if names else pl.lit("").alias("label")
