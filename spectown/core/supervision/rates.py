"""How a group did in a period (办理情况): on-time rate, overdue, days. Prose: docs/algorithms/supervision.md."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

from spectown.core.workdays import Calendar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of work. `deadline`: the one in force; `done`: day on which the unit handed it in, None: not yet."""

    deadline: date | None
    started: date | None
    done: date | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """Of the works due in the period: `on_time` + `late` + `open` = `due`. `overdue`: at its end, whenever due."""

    due: int = 0
    on_time: int = 0
    late: int = 0
    open: int = 0
    overdue: int = 0
    finished: int = 0
    days: Decimal | None = None

    @property
    def rate(self) -> Decimal | None:
        """Percent done in time, one decimal; None where nothing was due: not 0, not 100."""
        return _rounded(Decimal(100 * self.on_time) / self.due) if self.due else None


def figures(items: Iterable[Item], first: date, last: date, calendar: Calendar) -> Figures:
    """Figures of the days from `first` to `last`, as they stood when `last` ended."""
    found = list(items)
    due = [each for each in found if each.deadline is not None and first <= each.deadline <= last]
    done = [each for each in due if each.done is not None and each.done <= last]
    on_time = sum(1 for each in done if _in_time(each))
    ended = [each for each in found if each.done is not None and first <= each.done <= last]
    spent = [(each.done - each.started).days for each in ended if each.done and each.started]
    return Figures(
        due=len(due),
        on_time=on_time,
        late=len(done) - on_time,
        open=len(due) - len(done),
        overdue=sum(1 for each in found if _overdue(each, last, calendar)),
        finished=len(ended),
        days=_rounded(Decimal(sum(spent)) / len(spent)) if spent else None,
    )


def grouped(items: Iterable[tuple[Key, Item]], first: date, last: date, calendar: Calendar) -> Mapping[Key, Figures]:
    """The same for each group; an item may stand in several."""
    groups: defaultdict[Key, list[Item]] = defaultdict(list)
    for key, item in items:
        groups[key].append(item)
    return {key: figures(found, first, last, calendar) for key, found in groups.items()}


def ranks(rates: Mapping[Key, Decimal | None]) -> Mapping[Key, int]:
    """Place of each by its rate, the highest first; equal rates share a place, one without a rate has none."""
    known = [rate for rate in rates.values() if rate is not None]
    return {key: 1 + sum(other > rate for other in known) for key, rate in rates.items() if rate is not None}


def moved(now: int | None, earlier: int | None) -> str:
    """升2位, 降1位, 持平; empty where one of the two has no place."""
    if now is None or earlier is None:
        return ""
    return "持平" if now == earlier else f"{'升' if now < earlier else '降'}{abs(now - earlier)}位"


def _in_time(item: Item) -> bool:
    return item.done is not None and item.deadline is not None and item.done <= item.deadline


def _overdue(item: Item, last: date, calendar: Calendar) -> bool:
    waits = item.done is None or item.done > last
    return waits and item.deadline is not None and calendar.between(item.deadline, last) > 0


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)
