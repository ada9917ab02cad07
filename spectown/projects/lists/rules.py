"""Rules across columns of projects and leads: stages and dates must agree (docs/algorithms/projects.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from spectown.core.projects.stages import needs_reason
from spectown.lists.declaration import BEFORE, Rule
from spectown.lists.rules import not_later_than_today


def in_order(labels: Mapping[str, str]) -> tuple[Rule, ...]:
    """Dates by column that must not lie before any earlier one of the same row."""
    names = list(labels)
    return tuple(
        Rule(
            name,
            pl.col(name).cast(pl.Date) >= pl.max_horizontal(pl.col(n).cast(pl.Date) for n in names[:position]),
            f"“{labels[name]}”不能早于前面各阶段的日期,请核对:{'、'.join(labels[n] for n in names[:position])}。",
        )
        for position, name in enumerate(names)
        if position
    )


def not_in_future(labels: Mapping[str, str]) -> tuple[Rule, ...]:
    """Actual dates lie in the past; a plan belongs in the column of the plan."""
    return tuple(
        not_later_than_today(name, f"“{label}”是实际日期,不能晚于今天,请核对;还没有发生的请不填。")
        for name, label in labels.items()
    )


def agree(
    column: str,
    order: Sequence[str],
    dates: Mapping[str, tuple[str, str]],
    labels: Mapping[str, str],
    *,
    label: str = "阶段",
) -> tuple[Rule, ...]:
    """Stage and actual dates say the same. `dates`: column and heading of the date by stage; `label`: of `column`.

    A row at a stage has that stage's date, and no date of a later stage; codes outside `order` (终止) keep theirs.
    """
    rules = []
    for stage, (name, heading) in dates.items():
        earlier = list(order[: order.index(stage)])
        given, stands = pl.col(name).is_not_null(), pl.col(column)
        rules.append(Rule(name, (stands != stage) | given, f"“{label}”为“{labels[stage]}”的,请填“{heading}”。"))
        wrong = f"已填“{heading}”,“{label}”就不能还在“{labels[stage]}”之前;请改“{label}”,或删去这个日期。"
        rules.append(Rule(column, ~(given & stands.is_in(earlier)), wrong))
    return tuple(rules)


def explained(column: str, dates: Mapping[str, tuple[str, str]]) -> Rule:
    """A change of the stage that leaves stages out or goes back needs a written reason. `dates` as in agree."""
    names = {stage: name for stage, (name, _) in dates.items()}

    def fine(row: dict[str, Any]) -> bool:
        before, after = row[f"{BEFORE}{column}"], row[column]
        days = {stage: row[name] for stage, name in names.items()}
        return before is None or after is None or not needs_reason(before, after, days)

    values = pl.struct(f"{BEFORE}{column}", column, *names.values()).map_elements(fine, pl.Boolean)
    return Rule(
        column, values, "跳过阶段(所跳阶段没有实际日期)或退回,不能直接改“阶段”;请在项目页面用“变更阶段”办理,写明理由。"
    )
