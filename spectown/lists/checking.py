"""The rules of a list applied to one row; an import applies the same rules to whole columns."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Mapping
from typing import Any

import polars as pl
from django.core.exceptions import ValidationError

from spectown.lib.sheets.kinds import ERROR, FIRST_DAY, LAST_DAY
from spectown.lists.declaration import BEFORE, Ledger, Rule
from spectown.lists.models import ListRow


def stored(ledger: Ledger, row: ListRow) -> dict[str, Any]:
    """Values of the columns as the database has them: references as numbers."""
    return {bound.name: getattr(row, bound.field.attname) for bound in ledger.bound}


def check_row(ledger: Ledger, row: ListRow, leave: Collection[str] = ()) -> None:
    """Raise ValidationError by column for a row that breaks the model's or the list's rules: all faults at once.

    `leave`: fields that are not asked, nor any rule that looks at them, since their values are known to be wrong.
    """
    faults: dict[str, list[Any]] = {}
    try:
        row.full_clean(exclude=leave, validate_constraints=True)
    except ValidationError as found:
        found.update_error_dict(faults)
    values = stored(ledger, row)
    rules = tuple(rule for rule in ledger.rules if not {*leave, *faults} & {rule.column, *rule.fine.meta.root_names()})
    for name, reason in (*unwritable(ledger, values), *_broken(rules, values)):
        if name not in leave:
            faults.setdefault(name, []).append(reason)
    if faults:
        raise ValidationError(faults)


def unwritable(ledger: Ledger, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Column and reason of every value that a workbook could not bring back: the same limits as on import."""
    found = []
    for bound in ledger.bound:
        value = values.get(bound.name)
        if isinstance(value, datetime.date) and not FIRST_DAY <= value <= LAST_DAY:
            found.append((bound.name, f"日期应在 {FIRST_DAY} 至 {LAST_DAY} 之间。"))
        elif isinstance(value, str) and re.match(ERROR, value.strip()):
            found.append((bound.name, f"“{value.strip()}”是表格公式出错的标记,请填写实际内容。"))
    return found


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
