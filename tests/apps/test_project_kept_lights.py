"""The light that is kept for the filter of the list: follows every change, and the days."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spectown.accounts.permissions import Role
from spectown.lists.registry import ledger_for
from spectown.lists.services.bulk import bulk_change
from spectown.lists.services.records import change, create, delete
from spectown.projects import jobs
from spectown.projects.keeping import refresh
from spectown.projects.models import Project, ProjectMonth, ProjectYear
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.data]
PROJECTS, MONTHS, YEARS = (ledger_for(model) for model in (Project, ProjectMonth, ProjectYear))
TODAY = datetime.date(2024, 11, 26)


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spectown.projects.keeping.timezone.localdate", lambda: TODAY)


@pytest.fixture
def office() -> Any:
    return factories.actor(Role.OFFICE)


def kept(project: Project) -> tuple[str, datetime.date | None]:
    project.refresh_from_db()
    return project.light, project.light_on


def test_a_change_of_the_project_keeps_its_light(office: Any) -> None:
    project = factories.ProjectFactory.create()
    assert kept(project) == ("", None)
    change(ledger=PROJECTS, pk=project.pk, values={"content": "二期"}, version=1, by=office)
    assert kept(project) == ("grey", TODAY)
    assert "未设定" in project.light_reason
    halted = {"course": "paused", "halt_reason": "资金未到位"}
    change(ledger=PROJECTS, pk=project.pk, values=halted, version=2, by=office)
    assert kept(project) == ("none", TODAY)
    assert project.light_reason == "暂停:资金未到位"


def test_reports_keep_the_lights_of_their_project_and_the_former_one(office: Any) -> None:
    first, second = factories.ProjectFactory.create_batch(2)
    row = create(ledger=YEARS, values={"project": first, "year": 2024, "planned": 10}, by=office)
    assert (kept(first)[1], kept(second)[1]) == (TODAY, None)
    Project.objects.update(light_on=None)
    change(ledger=YEARS, pk=row.pk, values={"project": second}, version=1, by=office)
    assert (kept(first)[1], kept(second)[1]) == (TODAY, TODAY)
    Project.objects.update(light_on=None)
    delete(ledger=YEARS, pk=row.pk, reason="重复", by=office)
    assert (kept(first)[1], kept(second)[1]) == (None, TODAY)


def test_rows_written_by_the_column_too(office: Any) -> None:
    project = factories.ProjectFactory.create()
    row = factories.ProjectYearFactory.create(project=project, year=2024)
    bulk_change(ledger=YEARS, pks=[row.pk], values={"planned": 50}, by=office, reason="核实")
    assert kept(project)[1] == TODAY


def test_daily_for_all_without_version_or_query_by_the_row() -> None:
    counts = []
    for number in (1, 10):
        factories.ProjectFactory.create_batch(number)
        with CaptureQueriesContext(connection) as queries:
            refresh()
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert set(Project.objects.values_list("light_on", "version")) == {(TODAY, 1)}
    Project.objects.update(light_on=None)
    jobs.refresh_lights()
    assert set(Project.objects.values_list("light_on", flat=True)) == {TODAY}
