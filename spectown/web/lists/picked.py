"""Rows that were ticked on a list page, and the one column that all of them are to get a new value in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django import forms

from spectown.lists.declaration import BoundColumn, Ledger
from spectown.lists.models import ListRow
from spectown.lists.services.records import BULK_MOST
from spectown.organisations.actors import Actor
from spectown.web.lists.fields import field_of
from spectown.web.lists.words import labels_of, words


class ColumnForm(forms.Form):
    """Which column."""

    column = forms.ChoiceField(label="改哪一栏")

    def __init__(self, data: Any = None, *, ledger: Ledger) -> None:
        super().__init__(data)
        alone = {names[0] for names in ledger.identities if len(names) == 1}
        choices = [(c.name, c.heading) for c in ledger.bound if c.name not in alone and not c.column.locked]
        self.fields["column"].choices = choices  # type: ignore[attr-defined]


class ValueForm(forms.Form):
    """The value for all, and why."""

    reason = forms.CharField(label="修改说明", max_length=200, help_text="写入每一行的变更记录。")

    def __init__(self, data: Any = None, *, ledger: Ledger, column: BoundColumn, actor: Actor) -> None:
        super().__init__(data)
        field = field_of(ledger, column, actor)
        field.label = f"{column.label}改为"
        self.fields["value"] = field
        self.order_fields(["value", "reason"])


def numbers(texts: Sequence[str]) -> list[int]:
    """Row numbers out of the ticked boxes; what is no number is none of ours."""
    found = {int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < 19}
    return sorted(found)[: BULK_MOST + 1]


def present_values(rows: Sequence[ListRow], column: BoundColumn) -> list[tuple[str, int]]:
    """What the rows have in the column now, most frequent first."""
    counted = Counter(getattr(row, column.field.attname) for row in rows)
    labels = labels_of([column], [{column.name: value} for value in counted])
    return [(words(column, value, labels), count) for value, count in counted.most_common(12)]
