"""Which verdicts (审查结论) count: a correction makes the office look again at what it named, not at everything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spectown.rounds.enums import GOOD
from spectown.rounds.items import MATERIAL
from spectown.rounds.models import CaseVersion, ItemVerdict


def counting(verdicts: Iterable[ItemVerdict], versions: Sequence[CaseVersion]) -> dict[str, ItemVerdict]:
    """The verdict of each item that counts for the newest version. Both oldest first.

    A verdict about an earlier version counts where it found nothing wrong and the item is as it was then.
    """
    by_number, last = {each.pk: each for each in versions}, versions[-1] if versions else None
    newest = {each.item: each for each in verdicts}
    if last is None:
        return {}
    return {
        item: each
        for item, each in newest.items()
        if each.version_id == last.pk
        or (each.verdict in GOOD and _of(item, by_number[each.version_id]) == _of(item, last))
    }


def _of(item: str, version: CaseVersion) -> object:
    """What a version holds of an item: a file by its digest, a figure as it was typed."""
    kind, _, code = item.partition(":")
    return version.content.get("materials" if f"{kind}:" == MATERIAL else "fields", {}).get(code)
