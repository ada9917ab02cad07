"""What the model's constraints say about whole columns: keys that stand once, conditions of a row."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
from django.db.models import CheckConstraint, Q, UniqueConstraint

from spectown.lib.columnar.reading import read
from spectown.lists.declaration import Ledger
from spectown.lists.importing import faults
from spectown.lists.importing.conditions import expression, fields_in
from spectown.lists.importing.faults import ROW
from spectown.lists.importing.matching import PK, Keys, key_values, labels, twice
from spectown.lists.importing.settling import OLD


def broken(
    ledger: Ledger, final: pl.DataFrame, sound: pl.Series, changed: pl.Series, places: pl.Series
) -> pl.DataFrame:
    """Faults of rows as they would stand in the list: `final` has ROW, PK and every column of the list.

    `sound`: rows that are looked at; `changed`: those of them that are new or differ from the list.
    """
    names = frozenset(b.name for b in ledger.bound)
    found = [_conditions(ledger, final, changed, names)]
    for fields, condition in _unique(ledger):
        if set(fields) <= names:
            found.append(_once(ledger, final, sound, changed, fields, condition, places))
    return faults.together(found)


def _unique(ledger: Ledger) -> Iterator[tuple[Keys, Q]]:
    for bound in ledger.bound:
        if bound.field.unique:
            yield (bound.name,), Q()
    for constraint in ledger.model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and constraint.fields and not constraint.expressions:
            yield tuple(constraint.fields), constraint.condition or Q()


def _conditions(ledger: Ledger, final: pl.DataFrame, changed: pl.Series, names: frozenset[str]) -> pl.DataFrame:
    found = []
    for constraint in ledger.model._meta.constraints:
        if not isinstance(constraint, CheckConstraint) or not isinstance(constraint.condition, Q):
            continue
        said = expression(constraint.condition, names)
        field = next((name for name in fields_in(constraint.condition) if name in names), None)
        if said is not None and field is not None:
            wrong = _some(final, pl.lit(changed) & ~said.fill_null(True), (field,))
            found.append(faults.at(wrong, field, str(constraint.get_violation_error_message()), pl.col(field)))
    return faults.together(found)


def _once(
    ledger: Ledger,
    final: pl.DataFrame,
    sound: pl.Series,
    changed: pl.Series,
    fields: Keys,
    condition: Q,
    places: pl.Series,
) -> pl.DataFrame:
    """A key that two rows of the file share, or that another row of the list has now."""
    meant = expression(condition, frozenset(final.columns))
    keyed = pl.all_horizontal(pl.col(name).is_not_null() for name in fields)
    applies = keyed if meant is None else keyed & meant.fill_null(False)
    rows = _some(final, applies & pl.lit(sound), fields)
    said = pl.format(f"{labels(ledger, fields)}与第 {{}} 行重复,请核对后只保留一行。", "other")
    inside = twice(rows, list(fields), places, said, fields[0])
    moved = pl.col(PK).is_null() | pl.any_horizontal(pl.col(n).ne_missing(pl.col(f"{OLD}{n}")) for n in fields)
    moving = _some(final, applies & pl.lit(changed) & moved, fields)
    return faults.together([inside, _held(ledger, moving, fields, condition)])


def _some(final: pl.DataFrame, which: pl.Expr, names: Keys) -> pl.DataFrame:
    """ROW, PK and these columns of some rows: a copy of all columns would be the largest table of an import."""
    return final.lazy().filter(which).select(ROW, PK, *names).collect()


def _held(ledger: Ledger, rows: pl.DataFrame, fields: Keys, condition: Q) -> pl.DataFrame:
    if rows.is_empty():
        return faults.none()
    keys = key_values(ledger, fields[0], rows[fields[0]].unique())
    held = read(ledger.model._base_manager.filter(condition, **{f"{fields[0]}__in": keys}), ["id", *fields])
    met = rows.join(held, on=list(fields)).filter(pl.col("id").ne_missing(pl.col(PK)))
    number = pl.format(ledger.prefix + "{}", pl.col("id").cast(pl.String).str.zfill(7))
    said = pl.format(
        f"{labels(ledger, fields)}已属于 {{}}。如是同一行,请填写它的编号;如要从那一行移过来,请分两次导入。", number
    )
    return faults.at(met.unique(ROW), fields[0], said, pl.col(fields[0]))
