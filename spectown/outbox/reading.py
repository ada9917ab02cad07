"""What a person does with the own messages: open one, mark all as read."""

from __future__ import annotations

from django.utils import timezone

from spectown.organisations.actors import Actor
from spectown.outbox.enums import State
from spectown.outbox.models import Message


def read(*, message: Message, by: Actor) -> None:
    """The receiver has opened it; opening it again changes nothing."""
    mine = Message.objects.unread_by(by.person).filter(pk=message.pk)
    mine.update(state=State.READ, read_at=timezone.now())


def read_all(*, by: Actor) -> int:
    """Everything that lies in the person's 消息; how many it were."""
    return Message.objects.unread_by(by.person).update(state=State.READ, read_at=timezone.now())
