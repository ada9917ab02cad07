"""A row of an upload meets a deleted row: it is neither overwritten nor doubled, the fault says what happened."""

from __future__ import annotations

import polars as pl
from django.utils import timezone

from spectown.lib.columnar.reading import key_set
from spectown.lists.declaration import Ledger
from spectown.lists.importing import faults


def faults_of(ledger: Ledger, rows: pl.DataFrame, field: str, value: pl.Expr) -> pl.DataFrame:
    """Faults at rows (a frame with ROW and `id` of a deleted row): when, by whom, that it can be restored."""
    if rows.is_empty():
        return faults.none()
    deleted = ledger.model._base_manager.filter(pk__in=key_set(rows["id"].to_list()))
    then = "如仍要使用,请先在已删除的行中恢复,再导入。"
    said = {
        pk: f"{ledger.number(pk)} 已于 {timezone.localtime(at):%Y-%m-%d} 由 {name} 删除。{then}"
        for pk, at, name in deleted.values_list("pk", "deleted_at", "deleted_by__name")
        if at is not None
    }
    reason = pl.col("id").replace_strict(
        said, default="这一行已被删除,请在已删除的行中恢复后再导入,或从表中去掉。", return_dtype=pl.String
    )
    return faults.at(rows, field, reason, value)
