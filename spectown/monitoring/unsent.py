"""Figures that a county has not sent yet are its own affair: they stand in no sum that others read."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl
from django.db.models import Exists, OuterRef, Q, QuerySet

from spectown.monitoring.enums import Origin
from spectown.monitoring.models import Cell, Sheet
from spectown.monitoring.seeing import seen, sees_all
from spectown.organisations.actors import Actor
from spectown.supervision.models import Step

BEFORE = ("not_started", "filling", "filled", "checked")
SHEET = {"sheet": pl.Int64, "town": pl.Int64, "ordinal": pl.Int64}


def never_sent() -> QuerySet[Sheet]:
    """Sheets that were never sent; one that was given back was."""
    rows = Sheet.objects.filter(sent_on=None, work__state__in=BEFORE)
    return rows.exclude(Exists(Step.objects.filter(work=OuterRef("work"), move="send")))


def sent(rows: QuerySet[Cell]) -> QuerySet[Cell]:
    """Of these cells those of sheets that were sent, those computed beside such ones, those of the lists."""
    beside = never_sent().filter(town=OuterRef("town"), form_period__ordinal=OuterRef("ordinal"))
    kept = rows.filter(Q(sheet=None) | ~Q(sheet__in=never_sent()))
    return kept.filter(~Q(origin=Origin.FORMULA) | ~Exists(beside))


def without_drafts(cells: pl.DataFrame, ordinals: Collection[int]) -> pl.DataFrame:
    """The same on a frame of cells (town, ordinal, sheet, origin): two small queries less than a join of all cells."""
    rows = never_sent().filter(form_period__ordinal__in=ordinals)
    open_ = pl.DataFrame(list(rows.values_list("pk", "town", "form_period__ordinal")), schema=SHEET, orient="row")
    filled = cells.filter(~pl.col("sheet").is_in(open_["sheet"].to_list()) | pl.col("sheet").is_null())
    beside = open_.select("town", "ordinal").unique().with_columns(draft=pl.lit(value=True))
    told = filled.join(beside, on=["town", "ordinal"], how="left")
    return told.filter(pl.col("draft").is_null() | (pl.col("origin") != Origin.FORMULA.value)).drop("draft")


def readable(rows: QuerySet[Cell], by: Actor) -> QuerySet[Cell]:
    """What an actor reads in views: its own with drafts, of others what was sent."""
    seen_ = rows.filter(seen(by))
    return sent(seen_) if sees_all(by) else seen_
