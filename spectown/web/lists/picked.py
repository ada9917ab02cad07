"""Rows that were ticked on a list page, or all that its filter chooses, and the one column that all are to get."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Count, Model, QuerySet
from django.http import QueryDict

from spectown.lib.columnar.reading import key_set
from spectown.lib.refusal import Refused
from spectown.lists.choosing import choose
from spectown.lists.declaration import BoundColumn, Ledger
from spectown.lists.scope import changeable
from spectown.lists.services.bulk import BULK_MOST
from spectown.lists.services.views import kept_query
from spectown.organisations.actors import Actor
from spectown.web.lists.fields import field_of
from spectown.web.lists.words import labels_of, words

LISTED, MOST_VALUES = 10, 12


@dataclass(frozen=True, slots=True)
class Picked:
    """`pks`: the rows that the actor may change; `left_out`: number of the others. `query`: the filter of the page;
    `whole`: all rows that it chooses, not only ticked ones."""

    pks: list[int]
    left_out: int
    query: str
    whole: bool
    rows: QuerySet[Any]

    @property
    def listed(self) -> list[str]:
        """Names of the first rows."""
        return [str(row) for row in self.rows.order_by("pk")[:LISTED]]

    @property
    def further(self) -> int:
        """How many rows there are beside the named ones."""
        return max(0, len(self.pks) - LISTED)


def picked(ledger: Ledger, sent: QueryDict, actor: Actor) -> Picked:
    """What a list page sent. Raises Refused for none or too many."""
    query, whole = kept_query(sent.get("query", "")), bool(sent.get("all"))
    chosen = choose(ledger, actor, QueryDict(query)).pks(BULK_MOST) if whole else numbers(sent.getlist("pk"))
    if len(chosen) > BULK_MOST:
        raise Refused(
            f"符合条件的超过 {BULK_MOST:,} {ledger.counter},一次改不完。请加上筛选条件分几次改,或用表格导入。"
        )
    if not chosen:
        raise Refused("没有符合条件的行。" if whole else "请先在清单中勾选要改的行。")
    rows = changeable(ledger, actor).filter(pk__in=key_set(chosen))
    pks = sorted(rows.values_list("pk", flat=True))
    return Picked(pks, len(chosen) - len(pks), query, whole, rows)


class ColumnForm(forms.Form):
    """Which column."""

    column = forms.ChoiceField(label="改哪一栏", error_messages={"required": "请选择要改的一栏。"})

    def __init__(self, data: Any = None, *, ledger: Ledger) -> None:
        super().__init__(data)
        choices = [(c.name, c.heading) for c in ledger.bulk]
        self.fields["column"].choices = [("", "请选择"), *choices]  # type: ignore[attr-defined]


class ValueForm(forms.Form):
    """The value for all, and why."""

    reason = forms.CharField(label="修改说明", max_length=200, help_text="写入每一行的变更记录。")

    def __init__(self, data: Any = None, *, ledger: Ledger, column: BoundColumn, actor: Actor) -> None:
        super().__init__(data)
        field = field_of(ledger, column, actor)
        field.label = f"{column.label}改为"
        self.fields["value"] = field
        self.fields["reason"].error_messages["required"] = "请填写修改说明。"
        self.order_fields(["value", "reason"])


def numbers(texts: Sequence[str]) -> list[int]:
    """Row numbers out of the ticked boxes; what is no number is none of ours."""
    return sorted({int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < 19})


def present_values(rows: QuerySet[Any], column: BoundColumn) -> list[tuple[str, int]]:
    """What the rows have in the column now, most frequent first."""
    name = column.field.attname
    counted = list(
        rows.order_by().values_list(name).annotate(number=Count("pk")).order_by("-number", name)[:MOST_VALUES]
    )
    labels = labels_of([column], [{column.name: value} for value, _ in counted])
    return [(words(column, value, labels), number) for value, number in counted]


def shown(column: BoundColumn, value: Any) -> str:
    """A cleaned value in words."""
    stored = value.pk if isinstance(value, Model) else value
    return words(column, stored, labels_of([column], [{column.name: stored}]))
