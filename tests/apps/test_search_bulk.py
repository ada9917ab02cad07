"""Rows written by the column are found by the search at once, whichever way the index takes them in."""

from itertools import pairwise

import polars as pl
import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from spectown.enterprises.models import Enterprise
from spectown.lib.columnar import writing
from spectown.lib.columnar.reading import read
from spectown.lib.search.bulk import indexed_together
from spectown.lists.choosing import choose
from spectown.lists.registry import ledger_for
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.data]
LEDGER = ledger_for(Enterprise)


def found(word: str) -> list[int]:
    return sorted(row.pk for row in choose(LEDGER, factories.actor(), {"q": word}).rows)


def test_rows_indexed_together_are_found_and_later_ones_too() -> None:
    first = factories.EnterpriseFactory.create(name="沁州黄小米集团", search_text="沁州黄小米集团 qzhxmjt")
    with transaction.atomic(), indexed_together(Enterprise._meta.db_table, first.pk + 1):
        made = factories.EnterpriseFactory.create(name="沁州谷业", search_text="沁州谷业 qzgy")
    after = factories.EnterpriseFactory.create(name="沁州农机", search_text="沁州农机 qznj")
    assert found("沁州") == [first.pk, made.pk, after.pk]
    assert found("谷业") == [made.pk]


def test_what_fails_leaves_the_index_as_it_was() -> None:
    first = factories.EnterpriseFactory.create(name="沁州黄小米集团", search_text="沁州黄小米集团 qzhxmjt")
    with pytest.raises(RuntimeError):
        broken(first.pk + 1)
    later = factories.EnterpriseFactory.create(name="沁州农机", search_text="沁州农机 qznj")
    assert found("沁州") == [first.pk, later.pk]


@transaction.atomic
def broken(number: int) -> None:
    with indexed_together(Enterprise._meta.db_table, number):
        factories.EnterpriseFactory.create(name="沁州谷业", search_text="沁州谷业 qzgy")
        raise RuntimeError


def test_rows_below_present_numbers_are_indexed_one_by_one() -> None:
    last = factories.EnterpriseFactory.create(pk=500, name="沁州黄小米集团", search_text="沁州黄小米集团 qzhxmjt")
    with transaction.atomic(), indexed_together(Enterprise._meta.db_table, 400):
        made = factories.EnterpriseFactory.create(pk=400, name="沁州谷业", search_text="沁州谷业 qzgy")
    assert found("沁州") == [made.pk, last.pk]


def test_the_trigger_stands_afterwards() -> None:
    if connection.vendor != "sqlite":
        return
    row = factories.EnterpriseFactory.create()
    frame = pl.DataFrame({"id": [], "name": []}, schema={"id": pl.Int64, "name": pl.String})
    with transaction.atomic():
        writing.insert(Enterprise, frame)
        with indexed_together(Enterprise._meta.db_table, row.pk + 1):
            pass
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s", ["%search_insert"])
        assert cursor.fetchone()[0] == 1


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
INDEX = "enterprises_enterprise_search"


def indexed(first: int) -> dict[int, list[str]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, pairs FROM {INDEX} WHERE id >= %s", [first])
        return {pk: sorted(pairs) for pk, pairs in cursor.fetchall()}


class Pairs(TestCase):
    """PostgreSQL: what the writer of many rows brings is what the trigger would have made."""

    @given(st.lists(WORDS, min_size=1, max_size=5))
    def test_pairs_of_the_writer_are_those_of_the_trigger(self, texts: list[str]) -> None:
        if connection.vendor != "postgresql":
            return
        row = factories.EnterpriseFactory.create(code="")
        present = read(Enterprise.objects.filter(pk=row.pk), [f.name for f in Enterprise._meta.concrete_fields])
        added = pl.DataFrame({"id": range(row.pk + 1, row.pk + 1 + len(texts)), "search_text": texts})
        rows = added.join(present.drop("id", "search_text"), how="cross")
        writing.insert(Enterprise, rows.cast({"id": pl.Int64}))
        brought = indexed(row.pk + 1)
        assert brought == {pk: sorted(set(map("".join, pairwise(text)))) for pk, text in added.rows()}
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {INDEX} WHERE id > %s", [row.pk])
            table = "enterprises_enterprise"
            made = f"SELECT id, {INDEX}_pairs(search_text) FROM {table} WHERE id > %s"
            cursor.execute(f"INSERT INTO {INDEX} {made}", [row.pk])
        assert indexed(row.pk + 1) == brought
