"""Rows outside the actor's reach. lists.scope decides; here it is asked once for each pair of place and town."""

from __future__ import annotations

import polars as pl

from spectown.lists import scope
from spectown.lists.declaration import Ledger
from spectown.organisations.actors import Actor

PLACE = ("territory", "town")


def outside(ledger: Ledger, actor: Actor, frame: pl.DataFrame, names: tuple[str, str] = PLACE) -> pl.Series:
    """True where the actor may not have a row with these values (columns `names`, as numbers) in the list."""
    if actor.role in scope.EVERYTHING and scope.may_change(ledger, actor):
        return pl.Series("outside", [False], pl.Boolean).new_from_index(0, frame.height)
    pairs = frame.select(names).unique()
    verdict = [
        not scope.admits(ledger, actor, {"territory_id": territory, "town_id": town})
        for territory, town in pairs.rows()
    ]
    judged = pairs.with_columns(pl.Series("outside", verdict, pl.Boolean))
    return frame.select(names).join(judged, on=list(names), how="left", nulls_equal=True, maintain_order="left")[
        "outside"
    ]
