"""Which row of the list a row of the upload is: by its 编号, then by the list's identities in order."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from spectown.lib.columnar.reading import key_set, read
from spectown.lib.columnar.types import dtype_of
from spectown.lists.declaration import Ledger
from spectown.lists.importing import deletions, faults
from spectown.lists.importing.faults import ROW
from spectown.lists.importing.incoming import NUMBER

PK = "_pk"
Keys = tuple[str, ...]


def match(
    ledger: Ledger, frame: pl.DataFrame, places: pl.Series, known: pl.DataFrame | None = None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The frame with PK (null = new or undecided), and the faults. References must be numbers already.

    `known`: what `numbered` gives for the frame, where it has been read.
    """
    frame, wrong = _by_number(ledger, frame, numbered(ledger, frame, []) if known is None else known)
    found = [wrong]
    for position, identity in enumerate(ledger.identities):
        if set(identity) <= set(frame.columns):
            open_rows = frame.join(faults.together(found), left_on=ROW, right_on="row", how="anti")
            frame, wrong = _by_identity(ledger, frame, open_rows, identity, _earlier(ledger, frame, position))
            found.append(wrong)
    found.append(_met_twice(ledger, frame, places))
    good = frame.join(faults.together(found), left_on=ROW, right_on="row", how="anti")
    for position, identity in enumerate(ledger.identities):
        if set(identity) <= set(frame.columns):
            found.append(_told_twice(ledger, good, identity, _earlier(ledger, frame, position), places))
    return frame, faults.together(found)


def key_columns(ledger: Ledger) -> list[str]:
    """All that `match` looks at: the place in the upload, the 编号 and the columns of the identities."""
    return [ROW, NUMBER, *dict.fromkeys(name for keys in ledger.identities for name in keys)]


def filled(ledger: Ledger, names: Sequence[str]) -> pl.Expr:
    """True where all of these columns have a value."""
    texts = {n for n in names if dtype_of(ledger.by_name[n].field) == pl.String}
    return pl.all_horizontal(*(pl.col(n).is_not_null() & ((pl.col(n) != "") if n in texts else True) for n in names))


def candidates(ledger: Ledger, identity: Keys, frame: pl.DataFrame, more: Sequence[str] = ()) -> pl.DataFrame:
    """Rows of the list whose first part occurs in the frame, with the parts, `id` and `deleted_at`."""
    first = identity[0]
    values = frame[first].unique()
    rows = ledger.model._base_manager.filter(**{f"{first}__in": key_values(ledger, first, values)})
    return read(rows, ["id", "deleted_at", *dict.fromkeys([*identity, *more])])


def key_values(ledger: Ledger, name: str, values: pl.Series) -> object:
    """Right side of `__in` for values of a column."""
    whole = isinstance(dtype_of(ledger.by_name[name].field), pl.Int64)
    if whole or isinstance(values.dtype, pl.String):
        return key_set(values.to_list(), text=not whole)
    return values.to_list()


def _earlier(ledger: Ledger, frame: pl.DataFrame, position: int) -> list[Keys]:
    return [keys for keys in ledger.identities[:position] if set(keys) <= set(frame.columns)]


def numbered(ledger: Ledger, frame: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """The rows of the list that the frame's 编号 name: `id`, `deleted_at` and these columns."""
    pks = frame.select(_pk(ledger)).to_series().drop_nulls()
    rows = ledger.model._base_manager
    return read(rows.filter(pk__in=key_set(pks.to_list())) if len(pks) else rows.none(), ["id", "deleted_at", *names])


def _text() -> pl.Expr:
    return pl.col(NUMBER).str.strip_chars().str.to_uppercase()


def _pk(ledger: Ledger) -> pl.Expr:
    digits = _text().str.strip_prefix(ledger.prefix)
    return pl.when(digits.str.contains(r"^[0-9]{1,15}$")).then(digits).cast(pl.Int64)


def _by_number(ledger: Ledger, frame: pl.DataFrame, known: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows with a 编号: of this list, known and not deleted, or a fault."""
    given = frame.select(ROW, NUMBER, _pk(ledger).alias("pk")).filter(_text().is_not_null() & (_text() != ""))
    known = known.select("id", "deleted_at")
    joined = given.join(known, left_on="pk", right_on="id", how="left", coalesce=False, maintain_order="left")
    shape = joined.filter(pl.col("pk").is_null())
    unknown = joined.filter(pl.col("pk").is_not_null() & pl.col("id").is_null())
    gone = joined.filter(pl.col("deleted_at").is_not_null())
    sample = f"编号不是{ledger.title}的编号(应形如 {ledger.number(1)})。新增的行请把编号留空。"
    wrong = faults.together(
        [
            faults.at(shape, NUMBER, sample, pl.col(NUMBER)),
            faults.at(unknown, NUMBER, f"{ledger.title}中没有这个编号。新增的行请把编号留空。", pl.col(NUMBER)),
            deletions.faults_of(ledger, gone, NUMBER, pl.col(NUMBER)),
        ]
    )
    good = joined.filter(pl.col("id").is_not_null() & pl.col("deleted_at").is_null())
    matched = frame.join(good.select(ROW, pl.col("id").alias(PK)), on=ROW, how="left", maintain_order="left")
    return matched, wrong


def _by_identity(
    ledger: Ledger, frame: pl.DataFrame, open_rows: pl.DataFrame, identity: Keys, earlier: list[Keys]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows still without a row of the list: found by these columns unless an earlier identity says otherwise.

    `open_rows`: those of the frame in which nothing has been found wrong yet.
    """
    numbered = pl.col(NUMBER).fill_null("").str.strip_chars() != ""
    open_rows = open_rows.filter(pl.col(PK).is_null() & ~numbered & filled(ledger, identity))
    if open_rows.is_empty():
        return frame, faults.none()
    parts = list(dict.fromkeys(name for keys in earlier for name in keys))
    known = candidates(ledger, identity, open_rows, parts)
    met = open_rows.select(ROW, *dict.fromkeys([*identity, *parts])).join(known, on=list(identity), suffix="_known")
    for keys in earlier:
        other = [name if name in identity else f"{name}_known" for name in keys]
        same = pl.all_horizontal(pl.col(a) == pl.col(b) for a, b in zip(keys, other, strict=True))
        met = met.filter(same | ~filled(ledger, keys) | ~_filled_as(ledger, keys, other))
    alive = met.filter(pl.col("deleted_at").is_null()).group_by(ROW, maintain_order=True).agg(pl.col("id"))
    gone = met.filter(pl.col("deleted_at").is_not_null()).join(alive, on=ROW, how="anti").unique(ROW, keep="first")
    single = alive.filter(pl.col("id").list.len() == 1).select(ROW, pl.col("id").list.first().alias("met"))
    many = alive.filter(pl.col("id").list.len() > 1)
    wrong = [_several(ledger, many, identity), deletions.faults_of(ledger, gone, identity[0], pl.col(identity[0]))]
    joined = frame.join(single, on=ROW, how="left", maintain_order="left")
    return joined.with_columns(pl.coalesce(PK, "met").alias(PK)).drop("met"), faults.together(wrong)


def _filled_as(ledger: Ledger, names: Sequence[str], columns: Sequence[str]) -> pl.Expr:
    texts = {c for n, c in zip(names, columns, strict=True) if dtype_of(ledger.by_name[n].field) == pl.String}
    return pl.all_horizontal(*(pl.col(c).is_not_null() & ((pl.col(c) != "") if c in texts else True) for c in columns))


def labels(ledger: Ledger, identity: Keys) -> str:
    """The columns of an identity in words."""
    return "、".join(ledger.by_name[name].label for name in identity)


def _several(ledger: Ledger, many: pl.DataFrame, identity: Keys) -> pl.DataFrame:
    numbers = (
        pl.col("id").list.head(3).list.eval(pl.element().cast(pl.String).str.zfill(7)).list.join("、" + ledger.prefix)
    )
    said = pl.concat_str(
        pl.lit(f"在清单中按{labels(ledger, identity)}找到 "),
        pl.col("id").list.len().cast(pl.String),
        pl.lit(f" 行({ledger.prefix}"),
        numbers,
        pl.lit(" 等),分不清是哪一行,请填写编号。"),
    )
    return faults.at(many, identity[0], said)


def _met_twice(ledger: Ledger, frame: pl.DataFrame, places: pl.Series) -> pl.DataFrame:
    """Two rows of the file that are the same row of the list."""
    met = frame.filter(pl.col(PK).is_not_null()).select(ROW, PK)
    return twice(met, [PK], places, pl.format("这一行与第 {} 行是清单中的同一行,请只保留一行。", "other"), None)


def _told_twice(
    ledger: Ledger, good: pl.DataFrame, identity: Keys, earlier: list[Keys], places: pl.Series
) -> pl.DataFrame:
    """A new row that a later upload of the same file could not tell from another one."""
    with_new = pl.col(PK).is_null().any().over(list(identity))
    rows = good.filter(filled(ledger, identity)).filter(with_new)
    for keys in earlier:
        group = rows.select(
            *identity, *(pl.col(k).alias(f"_k{n}") for n, k in enumerate(keys)), full=filled(ledger, keys)
        )
        names = [f"_k{n}" for n in range(len(keys))]
        apart = group.group_by(list(identity)).agg(
            (pl.col("full").all() & (pl.struct(names).n_unique() == pl.len())).alias("apart")
        )
        rows = rows.join(apart.filter(pl.col("apart")), on=list(identity), how="anti")
    said = pl.format(f"这一行与第 {{}} 行重复({labels(ledger, identity)}相同),请只保留一行。", "other")
    return twice(rows, list(identity), places, said, identity[0])


def twice(rows: pl.DataFrame, keys: list[str], places: pl.Series, said: pl.Expr, field: str | None) -> pl.DataFrame:
    """Faults of rows that share these keys with another row of the file; `other` in `said` is that row."""
    if rows.is_empty() or not rows.select(pl.struct(keys).is_duplicated().any()).item():
        return faults.none()
    double = rows.filter(pl.struct(keys).is_duplicated()).with_columns(
        first=pl.col(ROW).first().over(keys), second=pl.col(ROW).get(1).over(keys)
    )
    partner = pl.when(pl.col(ROW) == pl.col("first")).then("second").otherwise("first")
    told = double.with_columns(partner.alias("at")).with_columns(other=pl.lit(places).gather(pl.col("at")))
    return faults.at(told, field, said, pl.col(keys[0]) if field else None)
