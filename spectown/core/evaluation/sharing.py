"""Which scheme holds for which category of towns in a year: the general one, and those that categories have to
themselves (总方案、类别方案). Prose: docs/algorithms/evaluation.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from spectown.core.evaluation.yearscheme import GENERAL

Entry = Mapping[str, Any]


def code_of(entry: Entry) -> str:
    """Code of the scheme that an entry is a version of."""
    return str(entry.get("code") or GENERAL)


def title_of(entry: Entry) -> str:
    """What people call the scheme beside the others of the year."""
    return str(entry.get("label") or "") or ("总方案" if code_of(entry) == GENERAL else code_of(entry))


def suffix_of(entry: Entry) -> str:
    """What stands behind the names of its evaluations and papers; nothing for the general scheme."""
    return f"({entry['label']})" if entry.get("label") else ""


def key_of(year: int, code: str) -> str:
    """What addresses call it: the year alone of the general scheme, 2025-tourism of another."""
    return str(year) if code == GENERAL else f"{year}-{code}"


def year_and_code(key: str) -> tuple[int, str]:
    """What such a key says."""
    year, _, code = key.partition("-")
    return int(year), code or GENERAL


def in_force(entries: Iterable[Entry], year: int) -> dict[str, Entry]:
    """The version of each scheme that holds for a year, by code, the general one first; none that has ended."""
    found: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda each: int(each["year"])):
        if int(entry["year"]) <= year:
            found[code_of(entry)] = entry
    order = sorted(found, key=lambda code: (code != GENERAL, code))
    return {code: found[code] for code in order if not found[code].get("ended")}


def holders(held: Mapping[str, Entry]) -> dict[str, str]:
    """Code of its own scheme by category; every other category is the general one's.

    Two that claim a category are refused wherever schemes are written; should there be two all the same, the one that
    was begun later has it, then the one whose code comes first.
    """
    own = [entry for code, entry in held.items() if code != GENERAL]
    found: dict[str, str] = {}
    for entry in sorted(own, key=lambda each: (-int(each["year"]), code_of(each))):
        for category in entry.get("categories", ()):
            found.setdefault(str(category), code_of(entry))
    return found


def overlaps(entries: Sequence[Entry], names: Mapping[str, str] | None = None) -> list[str]:
    """Sentences, each pair of schemes once with the first year in which both claim a category. `names`: of those."""
    said: dict[tuple[str, str], str] = {}
    for year in sorted({int(entry["year"]) for entry in entries}):
        for pair, both in _claimed(in_force(entries, year)):
            words = "、".join((names or {}).get(each, each) for each in both)
            titles = [title_of(in_force(entries, year)[code]) for code in pair]
            text = f"{year}年度起,“{titles[0]}”和“{titles[1]}”都写了类别 {words};一个类别一年只能用一个方案。"
            said.setdefault(pair, text)
    return list(said.values())


def _claimed(held: Mapping[str, Entry]) -> Iterator[tuple[tuple[str, str], list[str]]]:
    for one, two in combinations(sorted(code for code in held if code != GENERAL), 2):
        both = [each for each in held[one].get("categories", ()) if each in held[two].get("categories", ())]
        if both:
            yield (one, two), both
