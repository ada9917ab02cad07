"""A recorded sample for a recheck, read again: whoever doubts it repeats it from its own record."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from spectown.core.rounds.rechecking import Sample, sample
from spectown.rounds.models import RecheckSample, Title


def by_county(titles: Sequence[Title]) -> dict[str, list[str]]:
    """Numbers of the titles by county."""
    found: dict[str, list[str]] = {}
    for title in titles:
        found.setdefault(str(title.town.territory or "市本级"), []).append(title.number)
    return found


def record_of(found: Sample, titles: Sequence[Title], share: int, source: str) -> dict[str, object]:
    """What is kept of a draw: everything that is needed to repeat it."""
    drawn = {name: list(numbers) for name, numbers in found.drawn.items()}
    names = {title.number: title.town.name for title in titles}
    return {
        "share": share,
        "source": source.strip(),
        "candidates": by_county(titles),
        "names": names,
        "drawn": drawn,
    }


def purpose(county: str) -> str:
    """What stands between the seed and the number in a key (core.rounds.rechecking.sample)."""
    return f"recheck {county}"


def repeats(kept: RecheckSample) -> bool:
    """True where drawing again from the record gives what was recorded."""
    again = sample(kept.seed, kept.result["candidates"], Fraction(kept.result["share"], 100))
    return bool({name: list(numbers) for name, numbers in again.drawn.items()} == kept.result["drawn"])


def drawn_numbers(kept: RecheckSample) -> list[str]:
    """Numbers of all titles that were drawn."""
    return [number for numbers in kept.result["drawn"].values() for number in numbers]
