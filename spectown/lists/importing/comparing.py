"""An upload against the list: every row is new, changed, unchanged, faulty, or in conflict with a later change."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from spectown.lib.columnar.types import dtype_of
from spectown.lists.declaration import Ledger
from spectown.lists.importing import constraints, faults, reach, settling
from spectown.lists.importing.faults import ROW
from spectown.lists.importing.incoming import NUMBER, VERSION, Incoming
from spectown.lists.importing.matching import PK, key_columns, match, numbered
from spectown.lists.importing.resolving import resolve
from spectown.lists.importing.settling import NOW, OLD
from spectown.organisations.actors import Actor

STATUS = "_status"
NEW, CHANGED, UNCHANGED, FAULTY, CONFLICT = "new", "changed", "unchanged", "faulty", "conflict"
PART = 20_000  # rows checked at a time: a copy of all columns of a large upload takes 100 MB
KINDS = (NEW, CHANGED, UNCHANGED, FAULTY, CONFLICT)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`rows`: ROW, NUMBER, STATUS, PK, NOW, all columns of the list as they would be, OLD… as they are."""

    rows: pl.DataFrame
    faults: pl.DataFrame

    @property
    def counts(self) -> dict[str, int]:
        """Rows by status, and faults."""
        found = dict(self.rows.group_by(STATUS).len().rows())
        return {kind: found.get(kind, 0) for kind in KINDS} | {"rows": self.rows.height, "faults": self.faults.height}


def compare(ledger: Ledger, incoming: Incoming, actor: Actor) -> Comparison:
    """Resolve, match, settle and check everything; nothing is written."""
    frame, unresolved = resolve(ledger, incoming.frame)
    keys = [n for n in key_columns(ledger) if n in frame.columns]  # few: a copy of the whole upload takes 40 MB
    meant = _without(frame.select(keys), _whole(incoming, unresolved))
    known = numbered(ledger, meant, settling.stored_columns(ledger))
    matched, unmatched = match(ledger, meant, incoming.places, known)
    frame = frame.join(matched.select(ROW, PK), on=ROW, how="left", maintain_order="left")
    final = settling.settle(ledger, incoming, frame, known)
    if ledger.entered_by:
        final = final.with_columns(_entered(ledger.entered_by, actor))
    steps = frame.select(ROW, *(b.name for b in ledger.bound if b.column.stepped and b.name in frame.columns))
    del frame, known  # 40 MB of a large upload
    cells = faults.together([incoming.faults, unresolved, unmatched, settling.stepped(ledger, steps, final)])
    sound = ~final[ROW].is_in(cells["row"].unique().implode())
    checked = _checks(ledger, incoming, final, sound, actor)
    needed = final.select(ROW, *(b.name for b in ledger.bound if b.required))
    gaps = settling.missing(ledger, needed.join(matched.select(ROW), on=ROW, how="semi"))
    gaps = gaps.join(cells, on=["row", "field"], how="anti")
    gaps = gaps.join(final.select(ROW).filter(sound), left_on="row", right_on=ROW, how="anti")
    wrong = faults.together([cells, checked, gaps])
    rows = final.with_columns(_status(ledger, final, wrong))
    kept = [ROW, NUMBER, VERSION, STATUS, PK, NOW]
    kept += [*(b.name for b in ledger.bound), *(f"{OLD}{b.name}" for b in ledger.bound)]
    return Comparison(rows.select(kept), wrong)


def _entered(name: str, actor: Actor) -> pl.Expr:
    """The unit of whoever adds a row (Ledger.entered_by)."""
    return pl.when(pl.col(PK).is_null()).then(pl.lit(actor.unit_id, pl.Int64)).otherwise(pl.col(name)).alias(name)


def _without(frame: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    """The rows without faulty cells, in order; the frame itself, not a copy of it, where there are none."""
    if cells.is_empty():
        return frame
    return frame.join(cells, left_on=ROW, right_on="row", how="anti", maintain_order="left")


def differs(name: str) -> pl.Expr:
    """True where a column of a compared row is not as it stands in the list."""
    return pl.col(name).ne_missing(pl.col(f"{OLD}{name}"))


def _whole(incoming: Incoming, unresolved: pl.DataFrame) -> pl.DataFrame:
    """Faults that leave open which row is meant: none of a row's own cells decide, only its key columns do."""
    return faults.together([incoming.faults, unresolved]).filter(pl.col("field").is_in([NUMBER, VERSION]))


def _checks(ledger: Ledger, incoming: Incoming, final: pl.DataFrame, sound: pl.Series, actor: Actor) -> pl.DataFrame:
    """Faults of the rows in which nothing was wrong so far (`sound`); those as in the list are right already."""
    different = pl.col(PK).is_null() | pl.any_horizontal(differs(b.name) for b in ledger.bound)
    changed = sound & final.select(different).to_series()
    found = [constraints.broken(ledger, final, sound, changed, incoming.places), _from_elsewhere(final, sound)]
    for start in range(0, final.height, PART):
        touched = final.slice(start, PART).filter(changed.slice(start, PART))
        found += [
            settling.missing(ledger, touched),
            settling.too_long(ledger, touched),
            settling.refused(ledger, touched),
            settling.rules(ledger, touched, explained=incoming.explained),
            _foreign(ledger, touched, actor),
        ]
    return faults.together(found)


def _foreign(ledger: Ledger, touched: pl.DataFrame, actor: Actor) -> pl.DataFrame:
    """Rows that are not the actor's, or would not be after the import."""
    here, field = f"“{actor.unit_name}”", ledger.bound[0].name
    old = (f"{OLD}territory", f"{OLD}town")
    if not {"territory", "town"} <= {b.name for b in ledger.bound}:
        return faults.none()
    before = touched.filter(pl.col(PK).is_not_null())
    theirs = before.filter(reach.outside(ledger, actor, before, old))
    after = touched.filter(reach.outside(ledger, actor, touched)).join(theirs, on=ROW, how="anti")
    return faults.together(
        [
            faults.at(
                theirs, field, f"这一行已登记在其他单位名下,不属于{here}维护,不能修改。如已迁入,请联系领导小组办公室。"
            ),
            faults.at(after, "territory", f"这一行不属于{here}维护的范围,不能放在这个属地和专业镇名下。"),
        ]
    )


def _from_elsewhere(final: pl.DataFrame, sound: pl.Series) -> pl.DataFrame:
    later = final.filter(sound & final.select(pl.col(VERSION) > pl.col(NOW)).to_series())
    said = "文件中的版本比系统中的还新:文件可能来自另一套系统。请重新下载本清单填写。"
    return faults.at(later, NUMBER, said, pl.col(NUMBER))


def _status(ledger: Ledger, final: pl.DataFrame, wrong: pl.DataFrame) -> pl.Expr:
    faulty = pl.col(ROW).is_in(wrong["row"].unique().implode())
    different = pl.any_horizontal(differs(bound.name) for bound in ledger.bound)
    return (
        pl.when(faulty)
        .then(pl.lit(FAULTY))
        .when(pl.col(PK).is_null())
        .then(pl.lit(NEW))
        .when(~different)
        .then(pl.lit(UNCHANGED))
        .when(pl.col(VERSION) < pl.col(NOW))
        .then(pl.lit(CONFLICT))
        .otherwise(pl.lit(CHANGED))
        .alias(STATUS)
    )


def text_columns(ledger: Ledger) -> list[str]:
    """Columns of the list that hold text."""
    return [b.name for b in ledger.bound if isinstance(dtype_of(b.field), pl.String)]
