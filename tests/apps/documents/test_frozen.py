"""The database refuses to change or delete what was issued, whoever asks; what happens to it later is added."""

import datetime
import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from spectown.documents import services
from spectown.documents.enums import State
from spectown.documents.models import DocumentFile, OfficialDocument, SignatureScan
from spectown.lib.frozen import Frozen
from spectown.organisations.actors import Actor
from tests import factories
from tests.apps.documents.conftest import FACTS

pytestmark = [pytest.mark.django_db, pytest.mark.data]
LATER = {"state", "replaced_by", "replaced_at", "voided_at", "voided_by", "void_reason", "words"}
CHANGES: dict[str, Any] = {
    "number": "某专镇办〔2026〕99号", "serial": 99, "year": 2025, "code": "别的", "number_organ": "别的",
    "facts": {"subject": "别的"}, "title": "别的", "organs": ["别的"], "kind": "brief", "kind_label": "别的",
    "dated": datetime.date(2020, 1, 1), "signer": "别人", "signature_reference": "别的", "revision": 9,
    "template_sha256": "0" * 64, "issued_at": None, "is_demo": True, "return_reason": "别的",
}  # fmt: skip


@pytest.fixture
def issued(drafter: Actor, checker: Actor, leader: Actor) -> OfficialDocument:
    document = services.draft(kind="free_notice", facts=FACTS, by=drafter)
    services.move(document=document, code="submit", by=drafter)
    services.move(document=document, code="check", by=checker)
    return services.move(document=document, code="sign", by=leader)


def refused(rows: Any, **changes: Any) -> bool:
    """Whether the database refuses the change of rows, or their deletion."""
    try:
        with transaction.atomic():
            rows.update(**changes) if changes else rows._raw_delete(rows.db)
    except IntegrityError as refusal:
        return "is frozen" in str(refusal)
    return False


def test_what_was_issued_is_neither_changed_nor_deleted(issued: OfficialDocument) -> None:
    row = OfficialDocument.objects.filter(pk=issued.pk)
    assert [name for name, value in CHANGES.items() if not refused(row, **{name: value})] == []
    assert refused(row)
    files = DocumentFile.objects.filter(document=issued)
    assert files.count() == 2
    for name, value in {"sha256": "0" * 64, "file": "别的.pdf", "size": 1, "form": "x", "fonts": {}}.items():
        assert refused(files.filter(form="pdf"), **{name: value}), name
    assert refused(files)


def test_what_happens_to_it_later_is_added(issued: OfficialDocument, checker: Actor, drafter: Actor) -> None:
    row = OfficialDocument.objects.filter(pk=issued.pk)
    assert not refused(row, words="供查找", state=State.ISSUED)
    services.move(document=issued, code="void", by=checker, reason="发错了")
    assert row.get().state == State.VOIDED
    assert refused(row, title="别的")


def test_a_draft_is_changed_and_deleted(drafter: Actor) -> None:
    row = OfficialDocument.objects.filter(pk=services.draft(kind="free_notice", facts=FACTS, by=drafter).pk)
    assert not refused(row, title="别的", facts={})
    row.get().writers.clear()
    assert not refused(row)
    assert not row.exists()


def test_scans_of_signatures_stay() -> None:
    rows = SignatureScan.objects.filter(pk=factories.SignatureScanFactory.create().pk)
    for name, value in {"sha256": "0" * 64, "file": "x.pdf", "name": "x", "uploaded_at": timezone.now()}.items():
        assert refused(rows, **{name: value}), name
    assert refused(rows)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite knows no TRUNCATE")
def test_the_register_is_not_emptied_either(request: pytest.FixtureRequest) -> None:
    def emptied(model: Any) -> str:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"TRUNCATE {model._meta.db_table} CASCADE")
                transaction.set_rollback(True)
        except IntegrityError as refusal:
            return str(refusal)
        return ""

    assert emptied(OfficialDocument) == ""  # nothing was issued yet
    request.getfixturevalue("issued")
    factories.SignatureScanFactory.create()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else they wait for the end, and TRUNCATE for them
    for model in (OfficialDocument, DocumentFile, SignatureScan):
        assert "is frozen" in emptied(model), model


def frozen() -> dict[str, Frozen]:
    """The last operation of each frozen table."""
    found = {}
    loader = MigrationLoader(connection)
    for key in loader.graph.forwards_plan(loader.graph.leaf_nodes("documents")[0]):
        for operation in loader.get_migration(*key).operations:
            if isinstance(operation, Frozen):
                found[apps.get_model(key[0], operation.model_name)._meta.db_table] = operation
    return found


def trigger(name: str) -> str:
    query = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = %s"
    if connection.vendor == "postgresql":
        query = "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = %s"
    with connection.cursor() as cursor:
        cursor.execute(query, [name])
        row = cursor.fetchone()
    return str(row[0]).replace('"', "") if row else ""


def test_every_column_of_a_frozen_table_is_guarded() -> None:
    """SQLite forgets triggers when Django remakes a table, and new columns are in none: such a migration must end with
    Frozen again."""
    assert set(frozen()) == {model._meta.db_table for model in (OfficialDocument, DocumentFile, SignatureScan)}
    for model in (OfficialDocument, DocumentFile, SignatureScan):
        table = model._meta.db_table
        assert trigger(f"{table}_frozen_delete"), table
        assert bool(trigger(f"{table}_frozen_truncate")) is (connection.vendor == "postgresql"), table
        guard = trigger(f"{table}_frozen_update").lower()
        later = LATER if model is OfficialDocument else set()
        for field in model._meta.local_concrete_fields:
            guarded = re.search(rf"new\.{field.column}\b", guard) is not None
            assert guarded is (field.name not in later), (table, field.column)


def test_away_and_back() -> None:
    operation = frozen()["documents_signaturescan"]
    assert "signaturescan" in operation.describe()
    row = SignatureScan.objects.filter(pk=factories.SignatureScanFactory.create().pk)
    state: Any = SimpleNamespace(apps=apps)
    with connection.cursor() as cursor:
        editor: Any = SimpleNamespace(connection=connection, execute=lambda sql, params: cursor.execute(sql, params))
        operation.database_backwards("documents", editor, state, state)
        assert not refused(row, name="x")
        for _ in range(2):  # again replaces what is there
            operation.database_forwards("documents", editor, state, state)
    assert refused(row, name="y")
