"""Periodic work of the outbox: send what waits."""

from __future__ import annotations

from django.utils import timezone

from spectown.jobs.registry import periodic
from spectown.outbox.delivering import deliver
from spectown.outbox.sending import place


@periodic("outbox.send", seconds=60)
def send() -> None:
    """Messages to the pages 消息, then the other ways; nothing while stopped."""
    now = timezone.now()
    place(now)
    deliver(now)
