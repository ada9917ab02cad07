"""Many changes under one event: sealed, found when touched, merged into the history of a row."""

import json
from typing import Any

import polars as pl
import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spectown.accounts.models import User
from spectown.audit.blocks import BLOCK, block_of
from spectown.audit.history import history, last_changes
from spectown.audit.models import Change, Event
from spectown.audit.services import SYSTEM, breaches, record, record_many
from spectown.lib.columnar.jsontext import json_of
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.data]
ROWS = 5


def changes(number: int = ROWS, first: int = 1) -> pl.DataFrame:
    rows = pl.DataFrame({"object_id": range(first, first + number)}).with_columns(
        label=pl.format("第{}行", "object_id"), before=pl.lit('{"name":"旧"}'), after=pl.lit('{"name":"新\\n=1+1"}')
    )
    return rows.cast({"object_id": pl.String})


@transaction.atomic
def write(frame: pl.DataFrame | None = None) -> Event:
    given = changes() if frame is None else frame
    return record_many(by=SYSTEM, action="list.import", model=User, block=block_of(given), after={"file": "甲.xlsx"})


def run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def messages() -> list[tuple[int, str]]:
    return [(breach.seq, breach.message) for breach in breaches()]


def test_one_event_seals_all_rows() -> None:
    write()
    event = write(changes(3, first=10))
    assert Event.objects.count() == 2
    assert event.after["file"] == "甲.xlsx"
    assert event.after[BLOCK]["rows"] == 3
    assert list(Change.objects.filter(seq=event.seq).values_list("object_id", flat=True)) == ["10", "11", "12"]
    assert Change.objects.filter(seq=event.seq)[0].after == {"name": "新\n=1+1"}
    assert messages() == []


def test_an_empty_block_is_whole() -> None:
    assert write(changes(0)).after[BLOCK]["rows"] == 0
    assert messages() == []


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE audit_change SET after_json = '{}' WHERE object_id = '2' AND seq = 1", "明细被改动过"),
        ("UPDATE audit_change SET before_json = '{}' WHERE object_id = '2' AND seq = 1", "明细被改动过"),
        ("UPDATE audit_change SET label = 'x' WHERE object_id = '2' AND seq = 1", "明细被改动过"),
        ("UPDATE audit_change SET object_id = '9' WHERE object_id = '2' AND seq = 1", "明细被改动过"),
        ("UPDATE audit_change SET object_type = 'x.y' WHERE object_id = '2' AND seq = 1", "现有 4 行"),
        ("DELETE FROM audit_change WHERE object_id = '2' AND seq = 1", "现有 4 行"),
        (
            "INSERT INTO audit_change (seq, object_type, object_id, label, before_json, after_json) "
            "VALUES (1, 'accounts.user', '7', '', '{}', '{}')",
            "现有 6 行",
        ),
    ],
)
def test_every_touch_of_a_block_is_found(sql: str, said: str) -> None:
    write()
    write()
    run(sql)
    found = messages()
    assert [seq for seq, _ in found] == [1]
    assert said in found[0][1]


@pytest.mark.parametrize("seq", [2, 99])
def test_rows_under_no_event_are_found(seq: int) -> None:
    write()
    with transaction.atomic():
        record(by=SYSTEM, action="test", obj=factories.UserFactory.create())
    factories.ChangeFactory.create(seq=seq)
    assert [(n, "不属于任何事件" in said) for n, said in messages()] == [(seq, True)]


def test_a_seal_taken_out_of_the_event_is_found() -> None:
    write()
    run("UPDATE audit_event SET after = %s", json.dumps({"file": "甲.xlsx"}))
    assert len(messages()) == 2  # the event itself, and rows that belong to none


def test_rows_are_append_only() -> None:
    write()
    row = Change.objects.all()[0]
    for change in (row.save, row.delete, Change.objects.all().delete, lambda: Change.objects.update(label="x")):
        with pytest.raises(TypeError, match="只能追加"):
            change()


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="outside a transaction"):
        record_many(by=SYSTEM, action="list.import", model=User, block=block_of(changes()))
    assert not Change.objects.exists()


def test_history_merges_both_kinds_by_time() -> None:
    user, other = factories.UserFactory.create(), factories.UserFactory.create()
    for action in ("user.disable", "user.enable"):
        with transaction.atomic():
            record(by=SYSTEM, action=action, obj=user, before={"a": 1}, after={"a": 2})
        write(changes(1, first=user.pk))
    write(changes(1, first=other.pk))
    found = history(user)
    assert [(e.seq, e.action, e.bulk) for e in found] == [
        (4, "list.import", True),
        (3, "user.enable", False),
        (2, "list.import", True),
        (1, "user.disable", False),
    ]
    assert found[0].before == {"name": "旧"}
    assert {pk: event.seq for pk, event in last_changes(User, [user.pk, other.pk, 10**9]).items()} == {
        user.pk: 4,
        other.pk: 5,
    }


TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=6)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(TEXT, st.dictionaries(TEXT, TEXT, max_size=2)), max_size=4))
def test_whatever_is_sealed_reads_back_whole(rows: list[tuple[str, dict[str, Any]]]) -> None:
    told = [(str(n), label, json.dumps(v), json.dumps(v, ensure_ascii=False)) for n, (label, v) in enumerate(rows)]
    frame = pl.DataFrame(told, schema=dict.fromkeys(("object_id", "label", "before", "after"), pl.String), orient="row")
    with transaction.atomic():
        event = write(frame)
        assert messages() == []
        assert [row.after for row in Change.objects.filter(seq=event.seq)] == [values for _, values in rows]
        transaction.set_rollback(True)


def test_json_of_leaves_out_what_did_not_change() -> None:
    frame = pl.DataFrame({"a": ["x", '引"号\n'], "b": [1, None], "d": pl.Series(["1.20", None]).cast(pl.Decimal(9, 2))})
    whole = json_of({name: pl.col(name) for name in frame.columns})
    assert [json.loads(text) for text in frame.select(whole).to_series()] == [
        {"a": "x", "b": 1, "d": "1.20"},
        {"a": '引"号\n', "b": None, "d": None},
    ]
    part = json_of({"a": pl.col("a"), "b": pl.col("b")}, {"a": pl.col("a") == "x", "b": pl.lit(False)})
    assert frame.select(part).to_series().to_list() == ['{"a":"x"}', "{}"]
