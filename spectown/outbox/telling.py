"""The outbox's own message: a person tries out the ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spectown.outbox.models import Message
from spectown.outbox.registry import Rendered, Untrue, tells

TRIAL = "outbox.trial"


@tells(TRIAL, label="试发消息")
def trial(messages: Sequence[Message]) -> Mapping[int, Rendered | Untrue]:
    """Always true."""
    text = "这是您在“消息设置”中点“发一条试试”得到的消息。收到即说明这种方式可用。"
    return {message.pk: Rendered("试发消息", text, "") for message in messages}
