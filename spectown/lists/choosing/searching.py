"""The search box: every word of it must occur in the row's names, initials or code, or it is a row number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.models import Q, QuerySet

from spectown.lib.search import lookup
from spectown.lists.choosing.counting import planned
from spectown.lists.declaration import Ledger
from spectown.lists.kinds import Kind
from spectown.lists.models import ListRowQuerySet

LONGEST, MOST_WORDS = 100, 8
CODE_LENGTH = 18
FILTERED = 3  # reading a row costs as much as so many entries of the index
MOST_CODES = 2_000  # rows named by a part of their code
SURELY = 1_000  # proposed rows that are looked at whatever the filters are


def words_of(text: str) -> list[str]:
    """Words as searched: lower case, split at blanks, without control characters."""
    plain = "".join(char if char.isprintable() else " " for char in text[:LONGEST])
    return plain.lower().split()[:MOST_WORDS]


@dataclass(frozen=True, slots=True)
class Sought:
    """A condition of the search box; `plain`: the same without the index of words; `few`: it leads to few rows."""

    condition: Q
    plain: Q
    few: bool


def search(ledger: Ledger, text: str, rows: QuerySet[Any]) -> Sought:
    """Condition of the search box. `rows`: those within the filters."""
    words = words_of(text)
    found = [_word(ledger, word, rows) for word in words]
    condition, plain = Q(), Q()
    for part in found:
        condition, plain = condition & part.condition, plain & part.plain
    number = ledger.pk(words[0]) if len(words) == 1 and words[0].startswith(ledger.prefix.lower()) else None
    if number is not None:
        condition, plain = condition | Q(pk=number), plain | Q(pk=number)
    kept = _kept(ledger, words[0], number) if len(words) == 1 and ledger.successor else []
    if kept:
        condition, plain = condition | Q(pk__in=kept), plain | Q(pk__in=kept)
    return Sought(condition, plain, any(part.few for part in found))


def _kept(ledger: Ledger, word: str, number: int | None) -> list[int]:
    """Rows that a merged one lead to, named by its old 编号 or its whole old code."""
    codes = [name for name in ledger.search if ledger.by_name[name].kind == Kind.CODE] if _is_code(word) else []
    named = [Q(**{name: word.upper()}) for name in codes] + ([] if number is None else [Q(pk=number)])
    merged: ListRowQuerySet = ledger.model._default_manager.all().deleted()
    known: set[int] = set()
    found = list(merged.filter(_any(named)).values_list(ledger.successor, flat=True)) if named else []
    while fresh := {pk for pk in found if pk is not None} - known:  # merged again into another one
        known |= fresh
        found = list(merged.filter(pk__in=fresh).values_list(ledger.successor, flat=True))
    return sorted(known)


def _is_code(word: str) -> bool:
    return len(word) == CODE_LENGTH and word.isascii() and word.isalnum()


def _word(ledger: Ledger, word: str, within: QuerySet[Any]) -> Sought:
    codes = [name for name in ledger.search if ledger.by_name[name].kind == Kind.CODE]
    if _is_code(word) and codes:
        whole = _any([Q(**{name: word.upper()}) for name in codes])
        return Sought(whole, whole, True)
    plain = inside = Q(search_text__contains=word)
    indexed = False
    if ledger.large:
        found = lookup(
            ledger.model._meta.db_table, word, worth=lambda number: number <= SURELY or not _fewer(within, number)
        )
        inside, indexed = (inside & Q(pk__in=found[0]), found[1]) if found else (inside, False)
    if not codes or not any(char.isdigit() for char in word):
        return Sought(inside, plain, indexed)
    parts, few = zip(*(_in_code(ledger, name, word) for name in codes), strict=True)
    return Sought(_any([inside, *parts]), _any([plain, *parts]), indexed and all(few))


def _fewer(rows: QuerySet[Any], number: int) -> bool:
    """True where the filters alone leave fewer rows than that; only PostgreSQL can tell without reading them."""
    return connections[rows.db].vendor == "postgresql" and FILTERED * planned(rows.order_by()) < number


def _in_code(ledger: Ledger, name: str, word: str) -> tuple[Q, bool]:
    """Part of a code. In a large list the codes are read once, so that few rows are then named by number."""
    condition = Q(**{f"{name}__contains": word.upper()})
    if not ledger.large:
        return condition, False
    every: ListRowQuerySet = ledger.model._default_manager.all()
    parts = (every.alive().filter(**{f"{name}__gt": ""}), every.deleted())  # > "": SQLite then reads the index alone
    found: list[int] = []
    for part in parts:
        numbers = part.filter(condition).exclude(**{name: ""}).order_by().values_list("pk", flat=True)
        found += numbers[: MOST_CODES + 1]
    return (Q(pk__in=found), True) if len(found) <= MOST_CODES else (condition, False)


def _any(conditions: list[Q]) -> Q:
    found = conditions[0]
    for condition in conditions[1:]:
        found = found | condition
    return found
