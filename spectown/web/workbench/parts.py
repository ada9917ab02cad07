"""What the work bench is made of: parts with items, each item with a link, a reason and who has the ball."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from spectown.organisations.actors import Actor

SHOWN = 10  # items of one part on the page; the rest is behind its link


@dataclass(frozen=True, slots=True)
class Item:
    """One thing. `note`: one line; `alarm`: a reason that comes first; `ball`: unit, `since` when, `next` step."""

    title: str
    url: str = ""
    note: str = ""
    alarm: str = ""
    clause: str = ""
    state: str = ""
    tone: str = "neutral"
    ball: str = ""
    since: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One heading with its items. `is_mine`: the actor must do something; `total` counts what is not shown too.

    `leads`: stands before everything that the actor must do.
    """

    title: str
    items: Sequence[Item]
    total: int
    is_mine: bool = True
    url: str = ""
    link: str = "查看全部"
    leads: bool = False


Source = Callable[[Actor, datetime.date], list[Part]]


def when(moment: datetime.datetime | None) -> str:
    """Day of a moment as people write it, empty where there is none."""
    return timezone.localdate(moment).isoformat() if moment else ""
