"""All lists by the tasks of the plan that they feed: how many rows the actor sees, who leads, last change."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass

from spectown.lists.choosing.tally import Tally, tally
from spectown.lists.declaration import Ledger
from spectown.lists.registry import ledgers
from spectown.lists.scope import concerns, visible_in
from spectown.organisations.actors import Actor
from spectown.plans.enums import DutyKind
from spectown.plans.models import Duty, Task
from spectown.web.lists.elsewhere import said
from spectown.web.lists.found import list_url


@dataclass(frozen=True, slots=True)
class Card:
    """One list as the overview shows it."""

    ledger: Ledger
    url: str
    rows: str
    changed: datetime.datetime | None
    is_empty: bool


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """One task of the plan with its lists; `task` is None for lists that feed none."""

    task: Task | None
    leads: list[str]
    cards: list[Card]


def overview(actor: Actor) -> list[TaskGroup]:
    """Every task of the plan in force, also those without a list yet, then the lists that belong to none."""
    own = [ledger for ledger in ledgers() if concerns(ledger, actor)]
    tallies = tally(visible_in(own, actor))
    cards = [_card(ledger, tallies[ledger.slug]) for ledger in own]
    tasks = list(Task.objects.filter(version__is_current=True).select_related("clause").order_by("number"))
    leads = _leads()
    groups = [
        TaskGroup(task, leads[task.pk], [card for card in cards if task.number in card.ledger.tasks]) for task in tasks
    ]
    numbers = {task.number for task in tasks}
    rest = [card for card in cards if not numbers & set(card.ledger.tasks)]
    return [*groups, TaskGroup(None, [], rest)] if rest else groups


def _card(ledger: Ledger, found: Tally) -> Card:
    return Card(ledger, list_url(ledger), said(ledger, found.count), found.changed, not found.count.value)


def _leads() -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    duties = Duty.objects.filter(kind=DutyKind.LEAD, task__version__is_current=True).order_by("order")
    for task, name in duties.values_list("task", "unit__name"):
        found[task].append(name)
    return found
