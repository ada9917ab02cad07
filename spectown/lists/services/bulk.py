"""One value for many rows: an import of a frame (lists.importing) that is compared first and written as one event."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from spectown.audit.history import position
from spectown.lib.columnar.reading import key_set, read
from spectown.lib.columnar.types import dtype_of
from spectown.lib.refusal import Refused
from spectown.lists.checking import unwritable
from spectown.lists.declaration import BoundColumn, Ledger
from spectown.lists.importing import applying
from spectown.lists.importing.comparing import CHANGED, CONFLICT, FAULTY, STATUS, Comparison, compare
from spectown.lists.importing.incoming import NUMBER, VERSION, of_frame
from spectown.lists.importing.matching import PK
from spectown.lists.scope import changeable
from spectown.lists.services.records import Stale
from spectown.organisations.actors import Actor

BULK_MOST = 10_000
MOVED_ON = "您预览之后,所选的行有变动,没有改动任何一行。请看过现在的情况后再确认。"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A bulk change as it would be now. `seal` stands for the rows in their present versions and what they are to get:
    whoever confirms it confirms just that."""

    compared: Comparison
    seal: str
    seq: int

    @property
    def changed(self) -> int:
        """Number of rows that would get another value."""
        return self.compared.counts[CHANGED]

    @property
    def same(self) -> int:
        """Number of rows that have the value already."""
        return self.compared.rows.height - self.changed - self.compared.counts[FAULTY]

    def faults(self, limit: int) -> list[tuple[int, str]]:
        """Row and reason of the first rows that would break a rule."""
        wrong = self.compared.faults.join(self.compared.rows, left_on="row", right_on="_row", maintain_order="left")
        return wrong.select(PK, "reason").head(limit).rows()


def propose(*, ledger: Ledger, pks: Collection[int], values: Mapping[str, Any], by: Actor) -> Proposal:
    """Compare and check; nothing is written. `values` by column, references as objects.

    Raises Refused for too many or foreign rows, ValidationError by column for a value that no row could have.
    """
    if len(pks) > BULK_MOST:
        raise Refused(f"一次最多批量修改 {BULK_MOST:,} 行,现选的超过此数。请加上筛选条件分几次改,或用表格导入。")
    seq = position()  # before the rows are read: whatever comes later is noticed
    rows = read(changeable(ledger, by).filter(pk__in=key_set(pks)), ["id", "version"]).sort("id")
    if rows.height != len(set(pks)):
        raise Refused(f"{ledger.title}中有 {len(set(pks)) - rows.height} 行不由您维护,或已不在清单中。请重新选择。")
    _require_common(ledger, values)
    stored = {name: _stored(ledger.by_name[name], value) for name, value in values.items()}
    _require_writable(ledger, stored)
    number = pl.format(ledger.prefix + "{}", pl.col("id").cast(pl.String).str.zfill(7))
    given = [pl.lit(value, dtype_of(ledger.by_name[name].field)).alias(name) for name, value in stored.items()]
    frame = rows.select(number.alias(NUMBER), pl.col("version").alias(VERSION), *given)
    return Proposal(compare(ledger, of_frame(ledger, frame, explained=True), by), _seal(frame), seq)


@transaction.atomic
def bulk_change(
    *, ledger: Ledger, pks: Collection[int], values: Mapping[str, Any], by: Actor, reason: str, seal: str = ""
) -> int:
    """Give many rows the same values; all or none. Return how many differed. `seal`: of the proposal that was shown.

    Raises Refused (also records.Stale), ValidationError with the first faults.
    """
    if not reason.strip():
        raise Refused("请填写修改说明。")
    proposal = propose(ledger=ledger, pks=pks, values=values, by=by)
    if (seal and seal != proposal.seal) or proposal.compared.counts[CONFLICT]:
        raise Stale(MOVED_ON)
    if not proposal.compared.faults.is_empty():
        raise ValidationError([f"{ledger.number(pk)}:{said}" for pk, said in proposal.faults(3)])
    rows = proposal.compared.rows.filter(pl.col(STATUS) == CHANGED)
    if rows.height:
        about = {"columns": sorted(values), "rows": len(pks)}
        source = applying.Source(about, proposal.seq, action="list.bulk_change", reason=reason.strip())
        _enter(ledger, rows, source, by)
    return rows.height


def _enter(ledger: Ledger, rows: pl.DataFrame, source: applying.Source, by: Actor) -> None:
    places = pl.Series("place", [], pl.Int64)  # only new rows have a place to be told
    try:
        with transaction.atomic():
            applying.write(ledger, applying.Rows(rows, rows.clear(), places), source, by)
    except (applying.Outdated, IntegrityError) as error:
        raise Stale(MOVED_ON) from error


def _require_common(ledger: Ledger, values: Mapping[str, Any]) -> None:
    common = {bound.name for bound in ledger.bulk}
    for name in values:
        if name not in common and not ledger.by_name[name].column.locked:
            raise Refused(f"“{ledger.by_name[name].label}”每行各不相同,不能批量改成一样的。请逐行改,或用表格导入。")


def _stored(bound: BoundColumn, value: Any) -> Any:
    """The value as the database has it. Raises ValidationError where no row could have it."""
    if bound.column.locked:
        raise Refused(f"“{bound.label}”由系统带出,不能修改。")
    plain = value.pk if isinstance(value, models.Model) else value
    try:
        return bound.field.clean(plain, None)
    except ValidationError as error:
        raise ValidationError({bound.name: error.messages}) from error


def _require_writable(ledger: Ledger, stored: Mapping[str, Any]) -> None:
    faults = unwritable(ledger, stored)
    if faults:
        raise ValidationError(dict(faults))


def _seal(frame: pl.DataFrame) -> str:
    return hashlib.sha256(frame.write_json().encode()).hexdigest()
