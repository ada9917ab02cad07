"""Addresses of other choices: the present parameters with changes, always on the first page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

PAGING = ("page", "before", "after", "count")


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition in force; `url` is the address without it."""

    label: str
    url: str


def as_querydict(params: Mapping[str, str | Sequence[str]]) -> QueryDict:
    """Parameters of an address, whatever mapping they come in."""
    if isinstance(params, QueryDict):
        return params
    made = QueryDict(mutable=True)
    for key, value in params.items():
        made.setlist(key, [value] if isinstance(value, str) else list(value))
    return made


def with_values(params: QueryDict, changes: Mapping[str, str | Sequence[str] | None]) -> str:
    """`?…` with some parameters replaced (None = left out)."""
    made = params.copy()
    for key in (*PAGING, *changes):
        made.pop(key, None)
    for key, value in changes.items():
        if value is not None:
            made.setlist(key, [value] if isinstance(value, str) else list(value))
    return f"?{made.urlencode()}"


def without(params: QueryDict, name: str, value: str | None = None) -> str:
    """`?…` without a parameter, or without one of its values."""
    kept = [] if value is None else [other for other in params.getlist(name) if other != value]
    return with_values(params, {name: kept or None})
