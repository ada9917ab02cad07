"""The search index follows every write, whoever writes, and every large list has one."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from spectown.enterprises.models import Enterprise
from spectown.lib.search import finding
from spectown.lib.search.finding import lookup
from spectown.lists.registry import ledgers
from tests import factories
from tests.apps.enterprise_rows import enterprise

pytestmark = [pytest.mark.django_db, pytest.mark.data]
TABLE = "enterprises_enterprise"
WORDS = st.text(alphabet="沁州黄米ab'\"%_ 9*", min_size=1, max_size=5)


def proposed(word: str, table: str = TABLE) -> set[int]:
    """Numbers of the proposed rows; all of them where the index proposes none in particular."""
    rows = Enterprise.objects.all()
    found = lookup(table, word)
    return set((rows if found is None else rows.filter(pk__in=found[0])).values_list("pk", flat=True))


@pytest.fixture
def place(db: Any) -> Any:
    return factories.TerritoryFactory.create()


def test_every_write_is_followed(place: Any) -> None:
    row = enterprise(territory=place, name="沁州黄小米")
    assert proposed("小米") == {row.pk}
    Enterprise.objects.filter(pk=row.pk).update(search_text="潞绸厂 lcc")
    assert proposed("小米") == set()
    assert proposed("潞绸") == proposed("lcc") == proposed("cc") == {row.pk}
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET search_text = 'deng tai', version = 2")
    assert proposed("ng t") == {row.pk}
    row.delete()
    assert proposed("deng") == set()


def test_an_update_that_leaves_the_text_alone_does_not_touch_the_index(place: Any) -> None:
    row = enterprise(territory=place, name="沁州黄小米")
    Enterprise.objects.filter(pk=row.pk).update(search_text=row.search_text, note="改")
    assert proposed("沁州黄") == {row.pk}


def test_upserts_are_followed(place: Any) -> None:
    old = enterprise(territory=place, name="老厂甲")
    renamed = Enterprise(pk=old.pk, territory=place, name="x", search_text="新厂乙")
    rows = [renamed, Enterprise(territory=place, name="y", search_text="新厂丙")]
    Enterprise.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=["name", "search_text"]
    )
    assert proposed("老厂") == set()
    assert len(proposed("新厂")) == 2


def test_words_of_one_character_are_not_looked_up(place: Any) -> None:
    assert lookup(TABLE, "沁") is None
    assert lookup(TABLE, "") is None


@pytest.mark.parametrize("word", ["小米", "沁州黄小米"])
def test_common_words_are_not_looked_up(place: Any, monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    for _ in range(6):
        enterprise(territory=place, name="沁州黄小米")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {TABLE}_search")
    assert lookup(TABLE, word) is not None
    monkeypatch.setattr(finding, "RARE", dict.fromkeys(finding.RARE, 2))
    assert lookup(TABLE, word) is None


def test_two_characters_with_very_many_endings_are_not_looked_up(place: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite looks endings up")
    for ending in "甲乙丙丁":
        enterprise(territory=place, name=f"沁州{ending}")
    monkeypatch.setattr(finding, "MOST_TERMS", 3)
    assert lookup(TABLE, "沁州") is None


class Proposals(TestCase):
    """The index never misses a row."""

    @given(st.lists(WORDS, max_size=6), WORDS)
    def test_all_rows_that_contain_the_word_are_proposed(self, texts: list[str], word: str) -> None:
        place = factories.TerritoryFactory.create()
        rows = Enterprise.objects.bulk_create(Enterprise(territory=place, name="x", search_text=t) for t in texts)
        assert proposed(word) >= {row.pk for row in rows if word in row.search_text}


def test_every_large_list_has_an_index() -> None:
    """SQLite loses triggers when a later migration remakes the table: such a migration must end with SearchIndex."""
    large = [ledger.model._meta.db_table for ledger in ledgers() if ledger.large]
    assert TABLE in large
    names = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        names = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    with connection.cursor() as cursor:
        cursor.execute(names)
        found = {name for (name,) in cursor.fetchall()}
    for table in large:
        assert {f"{table}_search_{event}" for event in ("insert", "update", "delete")} <= found


def test_a_lookup_costs_one_or_two_queries(place: Any) -> None:
    enterprise(territory=place, name="沁州黄小米")
    for word in ("小米", "沁州黄小米"):
        with CaptureQueriesContext(connection) as queries:
            lookup(TABLE, word)
        assert len(queries) <= 2
