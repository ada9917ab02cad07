"""A snapshot as a table for the evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np

from spectown.core.evaluation.snapshot import Entry, Figure, Snapshot
from spectown.core.evaluation.table import Floats, Table
from spectown.core.evaluation.yearscheme import PREVIOUS, YearScheme


def table_of(snapshot: Snapshot, scheme: YearScheme, *, reported: bool = False) -> Table:
    """Columns for the evaluation, towns by name. `reported`: what the towns said in place of what counts."""
    codes = [each.code for each in snapshot.participants]
    known = {(each.town, each.column): each for each in snapshot.figures}
    figures: dict[str, Floats] = {}
    for leaf in scheme.scheme.indicators:
        rows = [known.get((code, leaf.code), Figure(code, leaf.code, None)) for code in codes]
        figures[leaf.code] = _floats([row.reported if reported else row.now for row in rows])
        figures[f"{leaf.code}{PREVIOUS}"] = _floats([row.last for row in rows])
    for item in scheme.items:
        figures[item.code] = _sums(snapshot.entries, codes, item.code)
    words = {veto.code: _vetoes(snapshot.entries, codes, veto.code) for veto in scheme.vetoes}
    return Table(tuple(each.name for each in snapshot.participants), figures, words)


def _floats(values: Sequence[Decimal | None]) -> Floats:
    return np.array([np.nan if value is None else float(value) for value in values], np.float64)


def _sums(entries: Sequence[Entry], codes: Sequence[str], item: str) -> Floats:
    return np.array([float(sum(e.amount for e in entries if (e.town, e.code) == (code, item))) for code in codes])


def _vetoes(entries: Sequence[Entry], codes: Sequence[str], veto: str) -> tuple[str, ...]:
    held = {entry.town for entry in entries if entry.code == veto}
    return tuple("是" if code in held else "" for code in codes)
