"""Days as typed."""

from __future__ import annotations

import datetime

from django.utils.dateparse import parse_date

from spectown.lib.refusal import Refused


def day_of(text: str) -> datetime.date | None:
    """The day of a date field, None where it was left empty. Raises Refused for anything that is no day."""
    try:
        found = parse_date(text.strip())
    except ValueError as wrong:
        raise Refused(f"没有“{text}”这一天,没有保存。") from wrong
    if text.strip() and found is None:
        raise Refused(f"“{text}”不是日期,应如 2027-06-30,没有保存。")
    return found
