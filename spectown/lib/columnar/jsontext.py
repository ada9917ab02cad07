"""JSON objects row by row as text, made by the column."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl


def json_of(members: Mapping[str, pl.Expr], only: Mapping[str, pl.Expr] | None = None) -> pl.Expr:
    """One JSON object a row with these members; `only`: a member is left out where its condition does not hold.

    Decimals, dates and times become text, as in the log of single changes.
    """
    parts = [_member(name, value) for name, value in members.items()]
    if only is not None:
        parts = [pl.when(only[name]).then(part) for name, part in zip(members, parts, strict=True)]
    if not parts:
        return pl.lit("{}")
    return pl.concat_str(pl.lit("{"), pl.concat_str(parts, separator=",", ignore_nulls=True), pl.lit("}"))


def _member(name: str, value: pl.Expr) -> pl.Expr:
    alone = pl.struct(value.alias(name)).struct.json_encode()
    return alone.str.strip_prefix("{").str.strip_suffix("}")
