"""Document numbers: without gaps, one after the other in each sequence."""

from __future__ import annotations

from spectown.documents.models import NumberSequence


def next_serial(code: str, year: int) -> int:
    """Take the next serial of a sequence; its row stays locked until the caller's transaction ends.

    Whoever takes a number issues with it or rolls back, so that none is lost; two who ask at once get their numbers
    one after the other.
    """
    NumberSequence.objects.get_or_create(code=code, year=year)
    sequence = NumberSequence.objects.select_for_update().get(code=code, year=year)
    sequence.last += 1
    sequence.save(update_fields=["last"])
    return sequence.last
