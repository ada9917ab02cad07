"""Search, filters, order and paging choose what plain Python chooses, for random rows and questions."""

from decimal import Decimal
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from spectown.accounts.permissions import Role
from spectown.enterprises.models import Enterprise
from spectown.lists.choosing import choose, paging, searching
from spectown.lists.searchable import search_text
from tests import factories
from tests.apps.enterprise_rows import LEDGER

pytestmark = [pytest.mark.django_db, pytest.mark.data]
NAMES = st.text(alphabet="沁州黄米长治银行ab 9(%_'", min_size=1, max_size=8)
CODES = st.text(alphabet="019AM", min_size=18, max_size=18)
WORDS = st.text(alphabet="沁州黄米长治行ab9czyh", min_size=1, max_size=4) | st.text(
    alphabet="019am", min_size=1, max_size=5
)
KINDS = st.sampled_from(["company", "cooperative"])
ROWS = st.lists(st.tuples(NAMES, CODES, KINDS), max_size=12, unique_by=lambda row: row[1])
FIGURES = st.none() | st.integers(0, 3).map(Decimal)


def written(rows: list[tuple[str, str, str]], place: Any) -> list[Enterprise]:
    made = [Enterprise(territory=place, name=name, code=code, kind=kind) for name, code, kind in rows]
    for row in made:
        row.search_text = search_text(LEDGER, row)
    return Enterprise.objects.bulk_create(made)


def contains(row: Enterprise, word: str) -> bool:
    return word in row.search_text or (any(char.isdigit() for char in word) and word.upper() in row.code)


class Oracle(TestCase):
    """Each example in a transaction of its own."""

    @settings(max_examples=60)
    @given(ROWS, st.lists(WORDS, min_size=1, max_size=2), st.none() | KINDS, st.sampled_from([0, 1_000]))
    def test_search_within_filters(
        self, rows: list[tuple[str, str, str]], words: list[str], kind: str | None, surely: int
    ) -> None:
        made = written(rows, factories.TerritoryFactory.create())
        params = {"q": " ".join(words), **({"kind": kind} if kind else {})}
        with mock.patch.object(searching, "SURELY", surely):
            found = choose(LEDGER, factories.actor(Role.OFFICE), params)
        expected = {
            row.pk for row in made if all(contains(row, word) for word in words) and (kind is None or row.kind == kind)
        }
        assert {row.pk for row in found.rows} == set(found.pks(100)) == expected
        assert (found.count.value, found.count.exact) == (len(expected), True)

    @settings(max_examples=60)
    @given(
        st.lists(st.tuples(FIGURES, KINDS), max_size=14),
        st.sampled_from(["", "capital", "-capital"]),
        st.none() | KINDS,
    )
    def test_walking_meets_every_row_once_in_order(
        self, rows: list[tuple[Decimal | None, str]], sort: str, kind: str | None
    ) -> None:
        place, actor = factories.TerritoryFactory.create(), factories.actor(Role.OFFICE)
        made = [Enterprise(territory=place, name="沁州厂", capital=figure, kind=kind_) for figure, kind_ in rows]
        wanted = [row for row in Enterprise.objects.bulk_create(made) if kind is None or row.kind == kind]
        if sort:
            wanted.sort(key=lambda row: (-1 if row.capital is None else row.capital, row.pk))
        else:
            wanted.sort(key=lambda row: row.pk)
        if sort != "capital":
            wanted.reverse()
        params = {"sort": sort, **({"kind": kind} if kind else {})}
        seen: list[int] = []
        with mock.patch.object(paging, "SIZES", (3, 100, 200)):
            page = choose(LEDGER, actor, params)
            seen += [row.pk for row in page.rows]
            while page.page.after:
                page = choose(LEDGER, actor, {**params, "after": page.page.after})
                seen += [row.pk for row in page.rows]
        assert seen == [row.pk for row in wanted]
