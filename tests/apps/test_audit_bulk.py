"""Many changes under one event: sealed, found when touched, merged into the history of a row."""

import json
import zlib
from typing import Any

import polars as pl
import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spectown.accounts.models import User
from spectown.audit.blocks import BLOCK, Change, block_of, changes_in
from spectown.audit.history import histories, history
from spectown.audit.models import Event, Part
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
    return record_many(by=SYSTEM, action="list.import", model=User, block=block_of([given]), after={"file": "甲.xlsx"})


def run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def told(event: Event) -> list[Change]:
    """The rows of an event's block."""
    return [change for part in Part.objects.filter(seq=event.seq) for change in changes_in(part)]


def messages() -> list[tuple[int, str]]:
    return [(breach.seq, breach.message) for breach in breaches()]


def test_one_event_seals_all_rows() -> None:
    write()
    event = write(changes(3, first=10))
    assert Event.objects.count() == 2
    assert event.after["file"] == "甲.xlsx"
    assert event.after[BLOCK]["rows"] == 3
    assert [change.object_id for change in told(event)] == [10, 11, 12]
    assert told(event)[0].after == {"name": "新\n=1+1"}
    assert messages() == []


def test_an_empty_block_is_whole() -> None:
    assert write(changes(0)).after[BLOCK]["rows"] == 0
    assert messages() == []


def test_a_block_of_several_parts_is_whole_and_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spectown.audit.blocks.STEP", 2)
    event = write(changes(5).reverse())
    parts = Part.objects.filter(seq=event.seq).values_list("first_id", "last_id", "rows")
    assert list(parts) == [(1, 2, 2), (3, 4, 2), (5, 5, 1)]
    assert [change.object_id for change in told(event)] == [1, 2, 3, 4, 5]
    assert messages() == []
    found = histories(User, [2, 5, 9])
    assert {pk: [entry.seq for entry in entries] for pk, entries in found.items()} == {2: [event.seq], 5: [event.seq]}


@pytest.mark.parametrize("place", range(len("1\x1f第1行\x1f{}\x1f{}\x1e")))
def test_every_changed_character_is_found(place: int) -> None:
    write(changes(1))
    write()
    part = Part.objects.get(seq=1)
    text = zlib.decompress(bytes(part.data)).decode()
    other = text[:place] + ("x" if text[place] != "x" else "y") + text[place + 1 :]
    run("UPDATE audit_part SET data = %s WHERE seq = 1", zlib.compress(other.encode()))
    found = messages()
    assert [seq for seq, _ in found] == [1]
    assert "明细" in found[0][1]


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE audit_part SET data = data_of_two WHERE seq = 1", "明细被改动过"),
        ("UPDATE audit_part SET rows = 4 WHERE seq = 1", "与其行数"),
        ("UPDATE audit_part SET first_id = 2 WHERE seq = 1", "编号范围"),
        ("UPDATE audit_part SET last_id = 9 WHERE seq = 1", "编号范围"),
        ("UPDATE audit_part SET object_type = 'x.y' WHERE seq = 1", "现有 0 行"),
        ("DELETE FROM audit_part WHERE seq = 1", "现有 0 行"),
        (
            "INSERT INTO audit_part (seq, object_type, first_id, last_id, rows, data) "
            "SELECT seq, object_type, first_id, last_id, rows, data FROM audit_part WHERE seq = 1",
            "现有 10 行",
        ),
    ],
)
def test_every_touch_of_a_block_is_found(sql: str, said: str) -> None:
    write()
    write(changes(5, first=7))
    if "data_of_two" in sql:
        run(sql.replace("data_of_two", "%s"), bytes(Part.objects.get(seq=2).data))
        run("UPDATE audit_part SET first_id = 7, last_id = 11 WHERE seq = 1")
    else:
        run(sql)
    found = messages()
    assert [seq for seq, _ in found] == [1]
    assert said in found[0][1]


def test_damaged_data_is_found() -> None:
    write()
    run("UPDATE audit_part SET data = %s", b"no zlib at all")
    assert [said for _, said in messages()] == ["逐行明细不能读出:有明细被改动过"]


@pytest.mark.parametrize("seq", [2, 99])
def test_rows_under_no_event_are_found(seq: int) -> None:
    write()
    with transaction.atomic():
        record(by=SYSTEM, action="test", obj=factories.UserFactory.create())
    factories.PartFactory.create(seq=seq)
    assert [(n, "不属于任何事件" in said) for n, said in messages()] == [(seq, True)]


def test_a_seal_taken_out_of_the_event_is_found() -> None:
    write()
    run("UPDATE audit_event SET after = %s", json.dumps({"file": "甲.xlsx"}))
    assert len(messages()) == 2  # the event itself, and rows that belong to none


def test_rows_are_append_only() -> None:
    write()
    row = Part.objects.all()[0]
    for change in (row.save, row.delete, Part.objects.all().delete, lambda: Part.objects.update(rows=1)):
        with pytest.raises(TypeError, match="只能追加"):
            change()


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="outside a transaction"):
        record_many(by=SYSTEM, action="list.import", model=User, block=block_of([changes()]))
    assert not Part.objects.exists()


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
    newest = {pk: entries[0].seq for pk, entries in histories(User, [user.pk, other.pk, 10**9]).items()}
    assert newest == {user.pk: 4, other.pk: 5}


TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=6)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(TEXT, st.dictionaries(TEXT, TEXT, max_size=2)), max_size=4))
def test_whatever_is_sealed_reads_back_whole(rows: list[tuple[str, dict[str, Any]]]) -> None:
    lines = [(str(n), label, json.dumps(v), json.dumps(v, ensure_ascii=False)) for n, (label, v) in enumerate(rows)]
    frame = pl.DataFrame(
        lines, schema=dict.fromkeys(("object_id", "label", "before", "after"), pl.String), orient="row"
    )
    with transaction.atomic():
        event = write(frame)
        assert messages() == []
        assert [change.after for change in told(event)] == [values for _, values in rows]
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
