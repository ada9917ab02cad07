"""Whoever takes rows out as a file stands in the log: of which list, how many, by which choice."""

from __future__ import annotations

import polars as pl
from django.db import transaction
from django.db.models import QuerySet

from spectown.audit.blocks import block_of
from spectown.audit.services import record_many
from spectown.lists.declaration import Ledger
from spectown.lists.models import ListRow
from spectown.organisations.actors import Actor

NOTHING = pl.DataFrame(schema=dict.fromkeys(("object_id", "label", "before", "after"), pl.String))


@transaction.atomic
def note_export(*, ledger: Ledger, rows: QuerySet[ListRow], query: str, by: Actor, template: bool = False) -> None:
    """One event; `query`: the choice as the address has it; `template`: taken to be filled in."""
    after = {"ledger": ledger.slug, "rows": rows.order_by().count(), "query": query[:500]}
    record_many(
        by=by,
        action="list.template" if template else "list.export",
        model=ledger.model,
        block=block_of([NOTHING]),
        after=after,
    )
