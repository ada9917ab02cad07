"""The rules of a list applied to one row; an import applies the same rules to whole columns."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.core.exceptions import ValidationError

from spectown.lists.declaration import BEFORE, Ledger, Rule
from spectown.lists.models import ListRow


def stored(ledger: Ledger, row: ListRow) -> dict[str, Any]:
    """Values of the columns as the database has them: references as numbers."""
    return {bound.name: getattr(row, bound.field.attname) for bound in ledger.bound}


def check_row(ledger: Ledger, row: ListRow) -> None:
    """Raise ValidationError by column for a row that breaks the model's or the list's rules."""
    row.full_clean(validate_constraints=True)
    faults = broken_rules(ledger, stored(ledger, row))
    if faults:
        raise ValidationError(dict(faults))


def broken_rules(ledger: Ledger, values: dict[str, Any]) -> list[tuple[str, str]]:
    """Column and reason of every rule across columns that these values break."""
    return _broken(ledger.rules, values)


def unexplained(ledger: Ledger, before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, str]]:
    """Column and reason of everything in a change that needs a written reason (Ledger.moves)."""
    return _broken(ledger.moves, {**after, **{f"{BEFORE}{name}": value for name, value in before.items()}})


def _broken(rules: tuple[Rule, ...], values: dict[str, Any]) -> list[tuple[str, str]]:
    if not rules:
        return []
    frame = pl.DataFrame({name: [value] for name, value in values.items()})
    fine = frame.select(rule.fine.fill_null(True).alias(str(i)) for i, rule in enumerate(rules)).row(0)
    return [(rule.column, rule.reason) for rule, passed in zip(rules, fine, strict=True) if not passed]
