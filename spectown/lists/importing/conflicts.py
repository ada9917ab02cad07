"""A row in conflict, field by field: what the file says, what stands now, who changed it since the file was made.

Only shown, never merged: the person decides what is to stand. Where the log does not hold every step since the file's
版本, nothing is said of the fields that it does not name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from spectown.audit.history import Entry
from spectown.lists.declaration import BoundColumn

THEIRS = "您的表里还是原来的值,您没有改这一栏。"
OURS = "这一栏清单里没有变,是您表里改的。"
BOTH = "您的表里也改了这一栏,两边不同。"


@dataclass(frozen=True, slots=True)
class Since:
    """What happened to one row after the file was made; `complete`: the log holds every step."""

    steps: Sequence[Entry]
    complete: bool


def since(entries: Sequence[Entry], version: int | None, now: int | None) -> Since:
    """The steps from the file's 版本 to the present one; `entries` of the row, newest first."""
    number = now - version if version and now else 0
    steps = entries[:number]
    return Since(steps, number > 0 and len(steps) == number)


def told(bound: BoundColumn, mine: Any, passed: Since) -> tuple[str, bool]:
    """A sentence on one field of the file that differs from the list, and whether the person of the file changed it."""
    touching = [step for step in passed.steps if bound.name in step.after]
    if not touching:
        return (OURS, True) if passed.complete else ("", True)
    newest, first = touching[0], touching[-1]
    theirs = passed.complete and alike(first.before.get(bound.name), mine)
    end = THEIRS if theirs else BOTH if passed.complete else ""
    return f"{who(newest)}改为现在的值。{end}", not theirs


def who(step: Entry) -> str:
    """Who and when: 李四(甲县工信局)于 2026-03-02 16:40."""
    unit = f"({step.actor_unit})" if step.actor_unit else ""
    return f"{step.actor_name}{unit}于 {timezone.localtime(step.at):%Y-%m-%d %H:%M} "


def advice(changed: Sequence[str]) -> str:
    """What to do, from the labels of the fields that the person of the file changed."""
    if not changed:
        return "怎么办:您没有改这一行,重新下载模板即可,这一行不用再填。"
    names = "”“".join(changed)
    return f"怎么办:点开这一行,看过现在的内容后只改“{names}”;或重新下载模板,在最新内容上改。这一行没有导入。"


def alike(logged: Any, value: Any) -> bool:
    """Whether a value as the log has it is this one: dates and amounts are text there, nothing may be empty text."""
    if logged in (None, "") or value in (None, ""):
        return logged in (None, "") and value in (None, "")
    if isinstance(value, Decimal):
        return Decimal(str(logged)) == value
    return str(logged) == str(value)
