"""Compared rows and faults in words, for the page: the first of each kind on the run, the others by the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from spectown.audit.history import Entry, histories
from spectown.lists.declaration import BoundColumn, Ledger
from spectown.lists.importing import conflicts, stores
from spectown.lists.importing.comparing import CHANGED, CONFLICT, NEW, STATUS
from spectown.lists.importing.faults import ROW
from spectown.lists.importing.incoming import NUMBER, VERSION
from spectown.lists.importing.matching import PK
from spectown.lists.importing.settling import NOW, OLD
from spectown.lists.kinds import Kind
from spectown.lists.models import ImportRun
from spectown.lists.references import reference_of

PAGE = 200
PLACE = "_place"


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows or faults as dicts; `after` asks for the next ones, None where there are no more."""

    rows: list[dict[str, Any]]
    after: int | None


def preview_page(ledger: Ledger, run: ImportRun, kind: str, after: int = -1) -> Page:
    """Rows of a kind (new, changed, unchanged, conflict) behind the row `after`."""
    return page(ledger, stores.table(run, "staged"), kind, after)


def faults_page(run: ImportRun, after: int = 0) -> Page:
    """Faults from the one numbered `after` (from 0) on."""
    told = stores.table(run, "fault_table").slice(after, PAGE + 1)
    return Page(told.head(PAGE).to_dicts(), after + PAGE if told.height > PAGE else None)


def page(ledger: Ledger, staged: pl.DataFrame, kind: str, after: int = -1) -> Page:
    """The same of a table in memory."""
    found = staged.lazy().filter((pl.col(STATUS) == kind) & (pl.col(ROW) > after)).head(PAGE + 1).collect()
    shown = found.head(PAGE)
    return Page(_rows(ledger, shown, kind), int(shown[ROW][-1]) if found.height > PAGE else None)


def _rows(ledger: Ledger, rows: pl.DataFrame, kind: str) -> list[dict[str, Any]]:
    words = _words(ledger, rows)
    steps = _steps(ledger, rows) if kind == CONFLICT else {}
    shown = rows.iter_rows(named=True)
    return [_row(ledger, row, kind, words) | _conflict(ledger, row, kind, steps) for row in shown]


def _row(ledger: Ledger, row: dict[str, Any], kind: str, words: _Words) -> dict[str, Any]:
    """`cells`: label, present value, new value, of the columns that differ (all filled ones of a new row)."""
    pairs = [(b, row[f"{OLD}{b.name}"] if kind != NEW else None, row[b.name]) for b in ledger.bound]
    told = [(b, old, new) for b, old, new in pairs if (old != new if kind != NEW else new not in (None, ""))]
    return {
        "row": row[PLACE],
        "number": ledger.number(row[PK]) if row[PK] else (row[NUMBER] or ""),
        "pk": row[PK],
        "label": words.text(_label(ledger), row[_label(ledger).name]),
        "cells": [[b.label, words.text(b, old), words.text(b, new)] for b, old, new in told],
    }


def _conflict(ledger: Ledger, row: dict[str, Any], kind: str, steps: dict[int, list[Entry]]) -> dict[str, Any]:
    """Of a row in conflict: `told`, a sentence for each of its cells; `who` changed it last; what to do."""
    if kind != CONFLICT:
        return {}
    entries = steps.get(row[PK], [])
    passed = conflicts.since(entries, row.get(VERSION), row[NOW])
    differing = [b for b in ledger.bound if row[f"{OLD}{b.name}"] != row[b.name]]
    told = [conflicts.told(b, row[b.name], passed) for b in differing]
    own = [b.label for b, (_, is_own) in zip(differing, told, strict=True) if is_own]
    who = conflicts.who(entries[0]) if entries else ""
    return {"told": [said for said, _ in told], "who": who, "advice": conflicts.advice(own)}


def _label(ledger: Ledger) -> BoundColumn:
    texts = [b for b in ledger.bound if b.name in ledger.search and b.kind == Kind.TEXT]
    return (texts or list(ledger.bound))[0]


@dataclass(frozen=True, slots=True)
class _Words:
    """Texts of stored values: labels of choices and names of references."""

    labels: dict[str, dict[Any, str]]

    def text(self, bound: BoundColumn, value: Any) -> str:
        """A stored value as it stands in a workbook."""
        if value is None:
            return ""
        if bound.name in self.labels:
            return self.labels[bound.name].get(value, str(value))
        if bound.kind == Kind.FLAG:
            return "是" if value else "否"
        return f"{value:,f}{_unit(bound)}" if bound.numeric else str(value)


def _unit(bound: BoundColumn) -> str:
    """The unit behind a figure: 1,234.50 万元, 12.50%."""
    return bound.unit if bound.unit in ("", "%") else f" {bound.unit}"


def _words(ledger: Ledger, rows: pl.DataFrame) -> _Words:
    labels: dict[str, dict[Any, str]] = {}
    for bound in ledger.bound:
        if bound.kind == Kind.CHOICE:
            labels[bound.name] = {code: label for label, code in bound.choices.items()}
        elif bound.kind == Kind.REFERENCE and bound.field.related_model:
            pks = {*rows[bound.name].to_list(), *rows[f"{OLD}{bound.name}"].to_list()} - {None}
            labels[bound.name] = dict(reference_of(bound.field.related_model).labels(pks))
    return _Words(labels)


def _steps(ledger: Ledger, rows: pl.DataFrame) -> dict[int, list[Entry]]:
    """What changed these rows, newest first, without what was only looked at or decided about them."""
    found = histories(ledger.model, rows[PK].drop_nulls().to_list())
    return {
        pk: [e for e in entries if e.action.startswith("list.") or ledger.by_name.keys() & e.after.keys()]
        for pk, entries in found.items()
    }


def first(ledger: Ledger, staged: pl.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """The first rows of each kind, for the run itself."""
    return {kind: page(ledger, staged, kind).rows for kind in (NEW, CHANGED, CONFLICT)}
