"""The scheme belongs to the freeze: a former result is read by the scheme of its snapshot, whatever came after."""

import io
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from spectown.accounts.models import User
from spectown.evaluation.models import Evaluation, Snapshot
from spectown.evaluation.services import beginning
from spectown.lib.frozen import Frozen
from tests import factories
from tests.apps.evaluation.world import YEAR, World
from tests.evaluation_factories import plan_scheme

pytestmark = [pytest.mark.django_db, pytest.mark.data]
HERE = ("evaluation", "0006_snapshot_scheme")


def test_the_migration_fills_the_freezes_of_a_published_evaluation() -> None:
    edition = factories.PublicationFactory.create()
    scheme = {**plan_scheme(), "name": "当年的方案"}
    Evaluation.objects.filter(pk=edition.evaluation_id).update(scheme=scheme)
    factories.SnapshotFactory.create(evaluation=edition.evaluation, number=2)
    other = factories.SnapshotFactory.create()
    loader = MigrationLoader(connection)
    migration, before = loader.get_migration(*HERE), loader.project_state(("evaluation", "0005_scheme_kept"))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else they wait for the end, and ALTER TABLE for them
    editor: Any = connection.schema_editor(atomic=False)
    editor.deferred_sql = []
    migration.unapply(before.clone(), editor)
    Frozen("snapshot").database_forwards("evaluation", editor, before, before)  # as the database of before has it
    migration.apply(before.clone(), editor)
    assert {s.number: s.rules.name for s in Snapshot.objects.filter(evaluation=edition.evaluation)} == {
        1: "当年的方案",
        2: "当年的方案",
    }
    assert Snapshot.objects.get(pk=other.pk).scheme == other.evaluation.scheme
    for change in ({"scheme": {}}, {"content": {"x": 1}}):
        with pytest.raises(IntegrityError, match="is frozen"), transaction.atomic():
            Snapshot.objects.update(**change)


def test_a_former_result_is_read_by_its_own_scheme(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    world = World(draws=40)
    world.begin()
    world.go("freeze", "compute")
    old = world.result("first")
    world.go("unfreeze", reason="方案另有决定")
    entry = plan_scheme(50)
    first = entry["scheme"]["children"].pop(4)
    entry |= {"name": "改过的方案"}
    world.plan.evaluation = [entry]
    world.plan.save()
    assert world.evaluation.snapshots.get().rules.name != "改过的方案"
    beginning.adopt(evaluation=world.evaluation, by=world.office)
    world.go("freeze", "compute")
    new = world.result("first")
    assert new.snapshot.rules.name == "改过的方案"
    assert len(old.snapshot.rules.scheme.root.children) == len(new.snapshot.rules.scheme.root.children) + 1
    client = Client()
    client.force_login(User.objects.get(pk=world.office.person))

    def read(name: str, *args: object, **query: object) -> Any:
        answer = client.get(reverse(f"evaluation:{name}", args=[YEAR, *args]), query)
        assert answer.status_code == 200
        return answer

    for name, args in (("town", ["demo-0"]), ("playground", []), ("scheme", [])):
        assert first["code"] in read(name, *args, result=old.pk).content.decode(), name
        assert first["code"] not in read(name, *args).content.decode(), name
    assert "40 次抽样" in read("league", result=old.pk).content.decode()
    assert "50 次抽样" in read("league").content.decode()
    for result, told in ((old.pk, True), (new.pk, False)):
        book = load_workbook(io.BytesIO(read("export", result=result).content))
        codes = {row[0].value for row in book["评估方案"].iter_rows()}
        assert (first["code"] in codes) is told
