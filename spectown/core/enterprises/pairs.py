"""Which enterprises look like one: by code, by name; compared in blocks, so that a city takes seconds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl
from rapidfuzz import fuzz, process

from spectown.core.enterprises.names import numbers_of, place_words, split_name

SAME_CODE, SAME_BODY, SAME_NAME = "same_code", "same_body", "same_name"
OTHER_FORM, SIMILAR_NAME = "other_form", "similar_name"
_RANK = {SAME_CODE: 0, SAME_BODY: 1, SAME_NAME: 2, OTHER_FORM: 3, SIMILAR_NAME: 4}
COMMON = 60  # two letters that more names of one county share say nothing
RAREST = 4  # pairs of letters by which a name is looked up


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two rows that may be one: numbers in order, why, and how alike the names are (0 to 100).

    Names are compared without places; without legal form too, except where the form is all that differs.
    """

    first: int
    second: int
    reason: str
    score: int


def find_pairs(rows: pl.DataFrame, places: Iterable[str], least: int) -> list[Likeness]:
    """All pairs of `rows` (pk, name, kind, code, territory) that look alike, the surest reason of each, in order of pk.

    `least`: from which likeness on (0 to 100) two names of one territory count as similar.
    """
    if rows.is_empty():
        return []
    frame = _taken_apart(rows, place_words(places))
    coded = frame.filter(pl.col("code").str.len_chars() == 18)
    found = pl.concat(
        [
            _chained(coded, ["code"], SAME_CODE),
            _chained(coded.with_columns(pl.col("code").str.slice(8, 9).alias("body")), ["body"], SAME_BODY),
            _chained(frame, ["territory", "core", "form", "kind"], SAME_NAME),
            _chained(frame, ["territory", "core"], OTHER_FORM),
            _similar(frame, least),
        ]
    )
    best = found.sort("rank", "first", "second").unique(["first", "second"], keep="first", maintain_order=True)
    names = {pk: (core, core + form) for pk, core, form in frame.select("pk", "core", "form").iter_rows()}
    return [
        Likeness(first, second, reason, _score(names[first], names[second], reason))
        for first, second, reason in best.sort("first", "second").select("first", "second", "reason").iter_rows()
    ]


def _taken_apart(rows: pl.DataFrame, words: tuple[str, ...]) -> pl.DataFrame:
    """The rows in order with core, form and figures of their names."""
    parts = [split_name(name, words) for name in rows["name"].to_list()]
    return rows.with_columns(
        pl.Series("core", [core for core, _ in parts], dtype=pl.String),
        pl.Series("form", [form for _, form in parts], dtype=pl.String),
        pl.Series("numbers", ["/".join(numbers_of(core)) for core, _ in parts], dtype=pl.String),
        pl.col("code").str.to_uppercase().alias("code"),
    ).sort("pk")


def _score(first: tuple[str, str], second: tuple[str, str], reason: str) -> int:
    """Likeness of the cores; where only the legal form differs, of core and form, which is never 100."""
    if reason != OTHER_FORM:
        return round(fuzz.ratio(first[0], second[0]))
    return min(round(fuzz.ratio(first[1], second[1])), 99)


def _chained(frame: pl.DataFrame, keys: list[str], reason: str) -> pl.DataFrame:
    """Each row with the next one of the same key: a group of n gives n - 1 pairs, not n²."""
    chained = frame.with_columns(pl.col("pk").shift(-1).over(keys).alias("second")).filter(
        pl.col("second").is_not_null()
    )
    return _labelled(chained.select(pl.col("pk").alias("first"), "second"), reason)


def _labelled(pairs: pl.DataFrame, reason: str) -> pl.DataFrame:
    return pairs.select(
        pl.col("first").cast(pl.Int64),
        pl.col("second").cast(pl.Int64),
        pl.lit(reason).alias("reason"),
        pl.lit(_RANK[reason]).alias("rank"),
    )


def _similar(frame: pl.DataFrame, least: int) -> pl.DataFrame:
    once = frame.unique(["territory", "core"], keep="first", maintain_order=True)
    pairs = _candidates(once)
    cores = once.select("pk", "core", "numbers")
    both = pairs.join(cores, left_on="first", right_on="pk").join(cores, left_on="second", right_on="pk", suffix="_2")
    both = both.filter(pl.col("numbers") == pl.col("numbers_2"))
    scores = process.cpdist(both["core"].to_list(), both["core_2"].to_list(), scorer=fuzz.ratio, workers=-1)
    alike = both.with_columns(pl.Series("score", scores, dtype=pl.Float64)).filter(pl.col("score") >= least)
    return _labelled(alike.select("first", "second"), SIMILAR_NAME)


def _candidates(once: pl.DataFrame) -> pl.DataFrame:
    """Pairs of one territory that share one of their rarest two neighbouring letters."""
    grams = [sorted({core[i : i + 2] for i in range(len(core) - 1)}) for core in once["core"].to_list()]
    exploded = once.select("pk", "territory").with_columns(pl.Series("gram", grams, dtype=pl.List(pl.String)))
    exploded = (
        exploded.explode("gram").drop_nulls("gram").with_columns(pl.len().over("territory", "gram").alias("shared"))
    )
    rare = exploded.filter(pl.col("shared").is_between(2, COMMON)).sort("pk", "shared", "gram")
    keys = rare.group_by("pk", maintain_order=True).head(RAREST).select("pk", "territory", "gram")
    joined = keys.join(keys, on=["territory", "gram"], suffix="_2").filter(pl.col("pk") < pl.col("pk_2"))
    return joined.select(pl.col("pk").alias("first"), pl.col("pk_2").alias("second")).unique(maintain_order=True)
