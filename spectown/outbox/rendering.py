"""Words of messages as things stand now; a renderer that breaks spoils only its own message."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.db import transaction

from spectown.outbox.models import Message
from spectown.outbox.registry import KINDS, Rendered, Untrue

logger = logging.getLogger(__name__)
GONE = "所说的事项已不存在。"


@dataclass(frozen=True, slots=True)
class Broken:
    """The words could not be made."""

    reason: str


Words = Rendered | Untrue | Broken


def words_of(messages: Sequence[Message]) -> dict[int, Words]:
    """Words of each message by its number."""
    found: dict[int, Words] = {}
    for kind, rows in groupby(sorted(messages, key=lambda row: row.kind), key=lambda row: row.kind):
        found |= _of_kind(kind, list(rows))
    return found


def _of_kind(kind: str, rows: list[Message]) -> dict[int, Words]:
    known = KINDS.get(kind)
    if known is None:
        return {row.pk: Broken(f"本系统没有“{kind}”这种消息,可能在升级后已取消。") for row in rows}
    try:
        with transaction.atomic():
            made = known.render(rows)
        return {row.pk: made.get(row.pk, Untrue(GONE)) for row in rows}
    except Exception:
        logger.exception("renderer of %s broke on %s messages", kind, len(rows))
    if len(rows) == 1:
        return {rows[0].pk: Broken("生成内容时系统出错。请把消息编号告诉系统管理员,查明后点“再发一次”。")}
    return {pk: words for row in rows for pk, words in _of_kind(kind, [row]).items()}


def absolute(path: str) -> str:
    """The page's whole address for those who read elsewhere; empty where SITE_URL is not set."""
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL and path else ""
