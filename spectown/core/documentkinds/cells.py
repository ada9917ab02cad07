"""Columns of a table whose headings and cells are facts: their widths and sides follow from their texts."""

from __future__ import annotations

from collections.abc import Sequence

from spectown.core.officialdoc.blocks import Align
from spectown.core.officialdoc.widths import width

SHORT, ROOM = 6.0, 36.0  # characters: columns up to SHORT get their whole width and are centred; ROOM in a line


def columns(head: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[tuple[float, ...], tuple[Align, ...]]:
    """Shares of the width and sides of text: short columns get their width, long ones share the rest, flush left."""
    longest = [max(width(text) for text in column) for column in zip(head, *rows, strict=True)]
    extra = sum(max(each - SHORT, 0) for each in longest)
    room = max(ROOM - sum(min(each, SHORT) + 1 for each in longest), 0)
    share = min(room / extra, 1) if extra else 0.0
    widths = tuple(min(each, SHORT) + 1 + max(each - SHORT, 0) * share for each in longest)
    return widths, tuple(Align.LEFT if each > SHORT else Align.CENTER for each in longest)
