"""The scheme belongs to the freeze: a former result is read by the scheme of its snapshot, whatever came after."""

import datetime
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

pytestmark = pytest.mark.django_db
KEPT_TO = "0005_scheme_kept"
MIGRATIONS = ("0006_snapshot_scheme", "0007_scheme_codes")


@pytest.mark.data
def test_the_migrations_leave_a_published_evaluation_as_it_is() -> None:
    """Each freeze gets the scheme of its evaluation, each evaluation the general code; then all is frozen again."""
    edition = factories.PublicationFactory.create()
    scheme = {**plan_scheme(), "name": "当年的方案"}
    rows = Evaluation.objects.filter(pk=edition.evaluation_id)
    rows.update(scheme=scheme, reply_until=datetime.date(2026, 1, 1))
    factories.SnapshotFactory.create(evaluation=edition.evaluation, number=2)
    other = factories.SnapshotFactory.create()
    loader = MigrationLoader(connection)
    states = [loader.project_state(("evaluation", name)) for name in (KEPT_TO, *MIGRATIONS)]
    steps = [loader.get_migration("evaluation", name) for name in MIGRATIONS]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else they wait for the end, and ALTER TABLE for them
    editor: Any = connection.schema_editor(atomic=False)
    editor.deferred_sql = []
    for step, before in list(zip(steps, states, strict=False))[::-1]:
        step.unapply(before.clone(), editor)
    for name in ("snapshot", "evaluation"):  # as the database of before has it
        Frozen(name).database_forwards("evaluation", editor, states[0], states[0])
    for step, before in zip(steps, states, strict=False):
        step.apply(before.clone(), editor)
    found = Snapshot.objects.filter(evaluation=edition.evaluation)
    assert {each.number: each.rules.name for each in found} == {1: "当年的方案", 2: "当年的方案"}
    assert Snapshot.objects.get(pk=other.pk).scheme == other.evaluation.scheme
    assert rows.get().key == str(rows.get().year)
    frozen: list[tuple[Any, dict[str, Any]]] = [(found, {"scheme": {}}), (found, {"content": {"x": 1}})]
    for refused, change in [*frozen, (rows, {"scheme": {}}), (rows, {"code": "x"})]:
        with pytest.raises(IntegrityError, match="is frozen"), transaction.atomic():
            refused.update(**change)


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
    former = read("league", result=old.pk).content.decode()
    assert "40 次抽样" in former
    assert former.count(f"/towns/demo-0/?result={old.pk}") == 2  # the way to a town stays with the former result
    assert f"by=gain&amp;result={old.pk}" in former
    assert "50 次抽样" in read("league").content.decode()
    for result, told in ((old.pk, True), (new.pk, False)):
        book = load_workbook(io.BytesIO(read("export", result=result).content))
        codes = {row[0].value for row in book["评估方案"].iter_rows()}
        assert (first["code"] in codes) is told
