"""The port of all ways beside 消息: one letter to one person, or the reason why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from spectown.accounts.models import User


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes out, as plain text."""

    title: str
    text: str


class Undelivered(Exception):
    """The letter did not go; the message says why and what to do. `again`: trying later may help."""

    def __init__(self, reason: str, *, again: bool) -> None:
        super().__init__(reason)
        self.again = again


class Way(Protocol):
    """One channel. Neither method may put an address or a key into a log or a message."""

    def fault(self, user: User) -> str:
        """Why nothing can go to this person by this way; empty where it can."""

    def send(self, user: User, letter: Letter) -> None:
        """Send; raises Undelivered."""
