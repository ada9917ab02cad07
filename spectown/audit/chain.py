"""The digest that binds an event to all before it: HMAC-SM3 over a canonical line of its content."""

from __future__ import annotations

import datetime
import json
from typing import Any

from cryptography.hazmat.primitives.hashes import SM3
from cryptography.hazmat.primitives.hmac import HMAC
from django.conf import settings

FIELDS = (
    "seq",
    "actor_id",
    "actor_name",
    "actor_unit",
    "action",
    "object_type",
    "object_id",
    "object_label",
    "before",
    "after",
    "reason",
    "address",
    "key_id",
    "previous",
)
GENESIS = "0" * 64
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
MICROSECOND = datetime.timedelta(microseconds=1)


def _mac(content: bytes) -> str:
    mac = HMAC(settings.AUDIT_KEY.encode(), SM3())
    mac.update(content)
    return mac.finalize().hex()


def key_id() -> str:
    """Fingerprint of the key in use (16 hex digits): tells a lost key from a forged event."""
    return _mac(b"spectown audit key")[:16]


def digest(event: Any) -> str:
    """64 hex digits over every stored field of the event, the time in microseconds UTC included."""
    content = {name: getattr(event, name) for name in FIELDS} | {"at": (event.at - EPOCH) // MICROSECOND}
    return _mac(json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())
