"""Checks all columns of a located sheet: typed values where right, one reason per faulty cell where not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from spectown.lib.sheets.columns import Outcome, Spec, no_reasons
from spectown.lib.sheets.headings import Column, Located
from spectown.lib.sheets.kinds import outcome_of

ROW = "_row"
FAULTS = {"row": pl.Int32(), "field": pl.String(), "value": pl.String(), "reason": pl.String()}
_MERGED = "这一格在合并单元格中,请取消合并,每行都填写。"
_TWINS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule across columns: `expression` is true when fine; null is not decidable, which is fine too."""

    field: str
    expression: pl.Expr
    reason: str


@dataclass(frozen=True, slots=True)
class Checked:
    """Typed columns with "_row", and the faults: row, field, value as written, reason.

    The frame has only the columns that the file has. A faulty cell is null in it, so rows that have faults must not be
    saved: `clean` leaves them out.
    """

    located: Located
    frame: pl.DataFrame
    faults: pl.DataFrame
    notices: tuple[str, ...]

    @property
    def clean(self) -> pl.DataFrame:
        """The rows without any fault."""
        if not self.faults.height:
            return self.frame
        return self.frame.join(self.faults.select(pl.col("row").unique()), left_on=ROW, right_on="row", how="anti")

    def report(self) -> pl.DataFrame:
        """Return the faults for people: sheet, row, column letters, heading, value, reason."""
        columns = self.located.columns
        letters = {field: column.letters for field, column in columns.items()}
        headings = {field: column.heading for field, column in columns.items()}
        return self.faults.select(
            pl.lit(self.located.sheet).alias("sheet"),
            "row",
            _named(letters).alias("column"),
            _named(headings).alias("heading"),
            "field",
            "value",
            "reason",
        )


def _named(names: dict[str, str]) -> pl.Expr:
    return pl.col("field").replace_strict(names, default="", return_dtype=pl.String)


def check(
    located: Located,
    specs: Sequence[Spec],
    *,
    unique: Iterable[Sequence[str]] = (),
    rules: Iterable[Rule] = (),
) -> Checked:
    """Check every column that the file has; `unique` are sets of fields that tell rows apart within the file."""
    present = [spec for spec in specs if spec.field in located.columns]
    frame, faults, notices = located.frame.select(ROW), list[pl.DataFrame](), list(located.notices)
    for spec in present:
        column: Column = located.columns[spec.field]
        merged = _merged(located, column)
        outcome = _with_merges(outcome_of(located.frame[spec.field], spec, column.unit), merged)
        faults.append(_faults(located, spec.field, outcome.reasons))
        frame = frame.with_columns(_only_right(outcome).alias(spec.field))
        notices += outcome.notices
    fields = {spec.field for spec in present}
    faults += [_twins(located, frame, names) for names in unique if set(names) <= fields]
    faults += [
        _broken(located, frame, rule) for rule in rules if {rule.field, *rule.expression.meta.root_names()} <= fields
    ]
    found = pl.concat([pl.DataFrame(schema=FAULTS), *faults]).sort("row", maintain_order=True)
    return Checked(located, frame, found, tuple(notices))


def _only_right(outcome: Outcome) -> pl.Series:
    """By expression: `Series.scatter` cannot put nothing into decimals."""
    return pl.select(pl.when(outcome.reasons.is_null()).then(outcome.values)).to_series()


def _faults(located: Located, field: str, reasons: pl.Series) -> pl.DataFrame:
    bad = reasons.is_not_null().arg_true()
    return pl.DataFrame(
        {
            "row": located.frame[ROW].gather(bad),
            "field": pl.repeat(field, len(bad), dtype=pl.String, eager=True),
            "value": located.frame[field].gather(bad),
            "reason": reasons.gather(bad),
        },
        schema=FAULTS,
    )


def _merged(located: Located, column: Column) -> pl.Series | None:
    """Positions of the rows whose cell in this column is part of a merged range."""
    position = located.first_column + column.index if located.first_column else 0
    spans = [merge for merge in located.merges if merge.left <= position <= merge.right]
    if not spans:
        return None
    rows = located.frame[ROW]
    inside = pl.Series([], dtype=pl.UInt32)
    for merge in spans:
        inside = inside.append(rows.is_between(merge.top, merge.bottom).arg_true())
    return inside.unique().sort()


def _with_merges(outcome: Outcome, merged: pl.Series | None) -> Outcome:
    if merged is None or not len(merged):
        return outcome
    reasons = outcome.reasons.clone().scatter(merged, pl.repeat(_MERGED, len(merged), eager=True))
    return Outcome(outcome.values, reasons, outcome.notices)


def unique_within(located: Located, frame: pl.DataFrame, fields: Sequence[str]) -> pl.Series:
    """Return a reason for every row whose values in `fields` stand in another row too, which it names."""
    keyed = frame.select(ROW, *fields).with_row_index("_at").drop_nulls(list(fields))
    twins = (
        keyed.filter(pl.struct(*fields).is_duplicated())
        if len(fields) > 1
        else keyed.filter(pl.col(fields[0]).is_duplicated())
    )
    if not twins.height:
        return no_reasons(frame.height)
    headings = "、".join(located.columns[field].heading for field in fields)
    rows = twins.group_by(list(fields)).agg(pl.col(ROW).alias("_rows"))
    named = twins.join(rows, on=list(fields), how="left", maintain_order="left").select(
        "_at",
        reason=pl.format(
            f"“{headings}”与第 {{}} 行{{}}重复,请只保留一行。",
            pl.col("_rows")
            .list.set_difference(pl.concat_list(ROW))
            .list.sort()
            .list.head(_TWINS_SHOWN)
            .cast(pl.List(pl.String))
            .list.join("、"),
            pl.when(pl.col("_rows").list.len() > _TWINS_SHOWN + 1).then(pl.lit("等")).otherwise(pl.lit("")),
        ),
    )
    return no_reasons(frame.height).clone().scatter(named["_at"], named["reason"])


def _twins(located: Located, frame: pl.DataFrame, fields: Sequence[str]) -> pl.DataFrame:
    return _faults(located, fields[0], unique_within(located, frame, fields))


def _broken(located: Located, frame: pl.DataFrame, rule: Rule) -> pl.DataFrame:
    broken = frame.select((~rule.expression).fill_null(False).alias("b")).to_series()
    bad = broken.arg_true()
    return _faults(
        located, rule.field, no_reasons(frame.height).clone().scatter(bad, pl.repeat(rule.reason, len(bad), eager=True))
    )
