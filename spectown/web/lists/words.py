"""Stored values of a list as people read them; empty text where nothing was filled in."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.dateparse import parse_date

from spectown.lists.declaration import BoundColumn
from spectown.lists.kinds import Kind
from spectown.lists.references import reference_of

Labels = Mapping[str, Mapping[Any, str]]


def labels_of(columns: Iterable[BoundColumn], rows: Iterable[Mapping[str, Any]]) -> Labels:
    """Words of everything stored as a code or a number in these rows; one query for each table referred to."""
    bound, stored = list(columns), list(rows)
    found: dict[str, Mapping[Any, str]] = {}
    wanted: dict[Any, set[int]] = defaultdict(set)
    for column in bound:
        if column.kind == Kind.REFERENCE:
            wanted[column.field.related_model] |= {row[column.name] for row in stored if row.get(column.name)}
    named = {model: reference_of(model).labels(pks) for model, pks in wanted.items()}
    for column in bound:
        if column.kind == Kind.REFERENCE:
            found[column.name] = named[column.field.related_model]
        elif column.kind == Kind.CHOICE:
            found[column.name] = {code: str(label) for code, label in column.field.flatchoices}
    return found


def words(column: BoundColumn, value: Any, labels: Labels) -> str:
    """One stored value (or its form in the log, where dates and amounts are text)."""
    if value is None or value == "":
        return ""
    if column.name in labels:
        return labels[column.name].get(value, str(value))
    return _plain(column.kind, value)


def _plain(kind: Kind, value: Any) -> str:
    if kind == Kind.FLAG:
        return "是" if value else "否"
    if kind == Kind.YEAR:
        return str(value)
    if kind in {Kind.INTEGER, Kind.DECIMAL, Kind.PERCENT}:
        return figure(Decimal(str(value)))
    if kind == Kind.DATE:
        day = value if isinstance(value, datetime.date) else parse_date(str(value))
        return day.isoformat() if day else str(value)
    return str(value)


def figure(number: Decimal) -> str:
    """With thousands separators, without trailing zeros."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def number(value: int) -> str:
    """With thousands separators."""
    return f"{value:,}"
