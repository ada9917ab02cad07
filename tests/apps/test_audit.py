"""The log: written only with its change, never altered unnoticed."""

import datetime
import json
import threading
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spectown.accounts.models import User
from spectown.audit import services
from spectown.audit.chain import FIELDS
from spectown.audit.models import ChainHead, Event
from spectown.audit.services import SYSTEM, breaches, record
from spectown.audit.verification import last_verification, verify
from tests import factories

pytestmark = pytest.mark.data
ROWS = 5
ODD = {"seq": 77, "actor_id": 999, "before": '{"x": 1}', "after": '{"x": 1}'}


def write(number: int) -> None:
    user = User.objects.first() or factories.UserFactory.create()
    for n in range(number):
        with transaction.atomic():
            record(by=SYSTEM, action="test.change", obj=user, before={"n": n}, after={"n": n + 1}, reason="测试")


def run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def messages(expected: str = "") -> list[str]:
    return [breach.message for breach in breaches(expected)]


@pytest.mark.django_db(transaction=True)
def test_record_outside_a_transaction_is_refused() -> None:
    user = factories.UserFactory.create()
    with pytest.raises(RuntimeError, match="outside a transaction"):
        record(by=SYSTEM, action="test", obj=user)
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_event_falls_with_its_change() -> None:
    write(1)

    @transaction.atomic
    def interrupted() -> None:
        write(1)
        raise KeyError

    with pytest.raises(KeyError):
        interrupted()
    assert Event.objects.count() == 1
    assert messages() == []


@pytest.mark.django_db
def test_untouched_chain_is_whole() -> None:
    assert messages() == []
    write(ROWS)
    assert messages() == []
    assert [e.seq for e in Event.objects.order_by("seq")] == list(range(1, ROWS + 1))


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(row=st.integers(1, ROWS), field=st.sampled_from([*FIELDS, "at", "digest"]))
def test_edited_row_is_found(row: int, field: str) -> None:
    with transaction.atomic():
        if not Event.objects.exists():
            write(ROWS)
        event = Event.objects.get(seq=row)
        value: Any = ODD.get(field, "f" * 12)
        if field == "at":
            value = event.at + datetime.timedelta(microseconds=1)
        cast = "::jsonb" if field in {"before", "after"} and connection.vendor == "postgresql" else ""
        run(f'UPDATE audit_event SET "{field}" = %s{cast} WHERE seq = %s', value, row)
        assert messages()
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("row", range(1, ROWS + 1))
def test_deleted_row_is_found(row: int) -> None:
    write(ROWS)
    run("DELETE FROM audit_event WHERE seq = %s", row)
    assert messages()


@pytest.mark.django_db
@pytest.mark.parametrize("cut", range(1, ROWS + 1))
def test_cut_at_the_end_is_found(cut: int) -> None:
    write(ROWS)
    run("DELETE FROM audit_event WHERE seq >= %s", cut)
    assert any("末尾被删改过" in message for message in messages())


@pytest.mark.django_db
def test_inserted_row_is_found() -> None:
    write(ROWS)
    run("UPDATE audit_event SET seq = 100 + seq WHERE seq > 3")
    copied = "at, actor_id, actor_name, actor_unit, action, object_type, object_id, object_label, before, after"
    same = "reason, address, key_id, previous"
    run(
        f"INSERT INTO audit_event (seq, {copied}, {same}, digest) SELECT 4, {copied}, {same}, 'forged' "
        "FROM audit_event WHERE seq = 3"
    )
    run("UPDATE audit_event SET seq = seq - 99 WHERE seq > 100")
    assert any("内容与校验值不符" in message for message in messages())
    assert any("与上一条接不上" in message for message in messages())


@pytest.mark.django_db
def test_appended_row_is_found() -> None:
    write(2)
    factories.EventFactory.create(seq=3)
    assert any("末尾被删改过" in message for message in messages())


@pytest.mark.django_db
def test_reordered_rows_are_found() -> None:
    write(ROWS)
    for old, new in ((2, 900), (4, 2), (900, 4)):
        run("UPDATE audit_event SET seq = %s WHERE seq = %s", new, old)
    assert any("接不上" in message for message in messages())


@pytest.mark.django_db
def test_database_put_back_is_found_by_the_noted_digest() -> None:
    write(ROWS)
    noted = ChainHead.objects.get().digest
    last = Event.objects.get(seq=3)
    run("DELETE FROM audit_event WHERE seq > 3")
    run("UPDATE audit_chainhead SET seq = 3, digest = %s", last.digest)
    assert messages() == []
    assert messages(noted) == ["此前记下的校验值在日志中找不到:日志可能被整体换成了旧的"]


@pytest.mark.django_db
def test_lost_key_is_named_as_such(settings: Any) -> None:
    write(2)
    settings.AUDIT_KEY = "0" * 64
    assert len(messages()) == 2
    assert all("请找回原密钥" in message for message in messages())


@pytest.mark.django_db
def test_writing_during_a_check_is_no_breach(monkeypatch: pytest.MonkeyPatch) -> None:
    write(3)
    plain, written = services.digest, []

    def slow(event: Event) -> str:
        if not written:
            written.append(True)
            write(2)
        return plain(event)

    monkeypatch.setattr(services, "digest", slow)
    assert messages() == []


@pytest.mark.django_db
def test_events_are_written_once() -> None:
    write(1)
    event = Event.objects.get()
    for change in (event.save, event.delete, Event.objects.all().delete, lambda: Event.objects.update(action="x")):
        with pytest.raises(TypeError, match="只能追加"):
            change()
    assert messages() == []


@pytest.mark.django_db(transaction=True)
def test_concurrent_writers_keep_one_chain() -> None:
    user, faults = factories.UserFactory.create(), []

    def work() -> None:
        try:
            for _ in range(5):
                with transaction.atomic():
                    record(by=SYSTEM, action="test", obj=user)
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert Event.objects.count() == 20
    assert messages() == []


@pytest.mark.django_db
def test_verification_is_an_event() -> None:
    write(ROWS)
    digest = ChainHead.objects.get().digest
    verdict = verify(by=factories.actor(), expected=digest)
    assert (verdict.events, verdict.total, verdict.noted, verdict.digest) == (ROWS, 0, True, digest)
    last = last_verification()
    assert last is not None
    assert last.after == {"events": ROWS, "breaches": 0, "last_digest": digest}
    assert messages(digest) == []


@pytest.mark.django_db
def test_verification_of_a_cut_head_is_shown_though_not_noted() -> None:
    write(ROWS)
    run("UPDATE audit_chainhead SET seq = 2")
    verdict = verify(by=factories.actor())
    assert verdict.total == 1
    assert not verdict.noted


@pytest.mark.django_db
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=5),
        st.none()
        | st.booleans()
        | st.integers(-(2**53), 2**53)
        | st.dates()
        | st.decimals(allow_nan=False)
        | st.text(st.characters(exclude_categories=("Cs", "Cc"))),
    )
)
def test_whatever_is_recorded_reads_back_whole(values: dict[str, Any]) -> None:
    with transaction.atomic():
        record(by=SYSTEM, action="test", obj=User(pk=1, username="x", name="x"), before=values, after=values)
        assert messages() == []
        assert json.dumps(Event.objects.order_by("-seq")[0].before)
        transaction.set_rollback(True)


def test_snapshot_and_differences() -> None:
    user = User(pk=3, username="zhang", name="张三", last_login=timezone.now())
    assert services.snapshot(user, ("username", "name")) == {"username": "zhang", "name": "张三"}
    assert services.differences({"a": 1, "b": 2}, {"a": 1, "b": 3, "c": 4}) == ({"b": 2, "c": None}, {"b": 3, "c": 4})
