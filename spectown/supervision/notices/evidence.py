"""Evidence frozen inside a notice: one canonical text and its hash."""

from __future__ import annotations

import datetime
import hashlib
import json
from typing import Any

from spectown.supervision.models import Notice


def freeze(notice: Notice, on: datetime.date, by: str) -> None:
    """Keep the evidence as it stands, with the day and who; the caller saves."""
    content = {
        "matter": notice.work.title,
        "trigger": notice.trigger,
        "said": notice.said,
        "keys": notice.keys,
        "problems": notice.problems,
        "evidence": notice.evidence,
        "taken_on": on.isoformat(),
        "taken_by": by,
    }
    notice.frozen = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    notice.frozen_sha256 = digest(notice.frozen)


def digest(text: str) -> str:
    """SHA-256 of a text as UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def is_whole(notice: Notice) -> bool:
    """True while the frozen text is still the one that was hashed."""
    return bool(notice.frozen) and digest(notice.frozen) == notice.frozen_sha256


def frozen_content(notice: Notice) -> dict[str, Any]:
    """What was frozen; empty where nothing was."""
    found: dict[str, Any] = json.loads(notice.frozen) if notice.frozen else {}
    return found
