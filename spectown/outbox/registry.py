"""What the other apps have to say: kinds of messages with their renderers, and dates for the calendar.

Filled by `telling.py` of each app at start. The outbox itself knows nothing of what it carries.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spectown.outbox.models import Message


@dataclass(frozen=True, slots=True)
class Rendered:
    """What is sent: one line, some plain text, and the page of this site (a path) where it goes on."""

    title: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Untrue:
    """What the message says is not so any more; it is dropped, with the reason."""

    reason: str


Renderer = Callable[[Sequence["Message"]], Mapping[int, Rendered | Untrue]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of message. `render`: many messages of this kind at once, by number, as things stand now."""

    code: str
    label: str
    render: Renderer


@dataclass(frozen=True, slots=True)
class Entry:
    """One whole day in somebody's calendar. `uid`: the same for the same thing, so that a moved date moves there."""

    uid: str
    day: datetime.date
    title: str
    text: str = ""
    url: str = ""


Dates = Callable[[int, datetime.date], Iterable[Entry]]

KINDS: dict[str, Kind] = {}
DATES: dict[str, Dates] = {}


def tells(code: str, *, label: str) -> Callable[[Renderer], Renderer]:
    """Declare a function as the renderer of a kind of message."""

    def declare(render: Renderer) -> Renderer:
        KINDS[code] = Kind(code, label, render)
        return render

    return declare


def dates(code: str) -> Callable[[Dates], Dates]:
    """Declare a function (user, today) as a source of dates for the person's calendar."""

    def declare(found: Dates) -> Dates:
        DATES[code] = found
        return found

    return declare


def kinds() -> list[Kind]:
    """All kinds, in the order of their codes."""
    return [KINDS[code] for code in sorted(KINDS)]


def label_of(code: str) -> str:
    """Chinese name of a kind; the code where an upgrade has taken the kind away."""
    known = KINDS.get(code)
    return known.label if known else code
