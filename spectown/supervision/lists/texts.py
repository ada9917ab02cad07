"""Rules on the milestones of the action plan, which stand in one column."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl

from spectown.core.supervision.milestones import EXAMPLE, MilestoneFault, Planned, read_milestones
from spectown.lists.declaration import Rule


def milestones_of(text: str | None) -> tuple[Planned, ...] | None:
    """The milestones of a text; None where it cannot be read."""
    try:
        return read_milestones(text or "")
    except MilestoneFault:
        return None


def milestones_read(column: str) -> Rule:
    """The text can be read."""
    reason = f"“时间节点”请一行写一个,日期在前,先后排列,如 {EXAMPLE};百分比可以不写,写了不超过 100、不能比前一个低。"
    return Rule(column, _each(column, lambda text: milestones_of(text) is not None), reason)


def milestones_fit(column: str) -> Rule:
    """No milestone lies before the start or after the deadline."""
    row = pl.struct(column, "starts", "deadline")
    reason = "“时间节点”应在“开始日期”和“完成期限”之间,请核对日期。"
    return Rule(column, row.map_elements(_fits, return_dtype=pl.Boolean, skip_nulls=False), reason)


def _each(column: str, fine: Callable[[str | None], bool]) -> pl.Expr:
    return pl.col(column).cast(pl.String).map_elements(fine, return_dtype=pl.Boolean, skip_nulls=True)


def _fits(row: dict[str, Any]) -> bool:
    found = milestones_of(row[next(iter(row))]) or ()
    start, end = row["starts"], row["deadline"]
    return all((start is None or start <= each.due) and (end is None or each.due <= end) for each in found)
