"""The lists of projects: rules across columns, references, constraints."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from spectown.accounts.permissions import Role
from spectown.lists.checking import broken_rules, stored
from spectown.lists.services.records import change, create
from spectown.organisations.actors import NotAllowed
from spectown.projects.enums import Category, Course, LeadStage, Stage
from spectown.projects.lists import LEADS, LISTS, MONTHS, PROJECTS
from spectown.projects.models import Project, ProjectMonth
from spectown.projects.references import POST, PROJECT
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.data]
DAY = datetime.date


def faults(**facts: Any) -> list[str]:
    """Columns at which a project with these facts breaks a rule."""
    return [column for column, _ in broken_rules(PROJECTS, stored(PROJECTS, factories.ProjectFactory.build(**facts)))]


def lead_faults(**facts: Any) -> list[str]:
    return [column for column, _ in broken_rules(LEADS, stored(LEADS, factories.LeadFactory.build(**facts)))]


SIGNED = {"stage": Stage.SIGNED, "signed_on": DAY(2024, 3, 1)}


@pytest.mark.parametrize(
    ("facts", "columns"),
    [
        ({}, []),
        (SIGNED, []),
        ({"stage": Stage.SIGNED}, ["signed_on"]),
        ({"signed_on": DAY(2024, 3, 1)}, ["stage"]),  # still 谋划, but signed
        ({**SIGNED, "stage": Stage.STARTED, "started_on": DAY(2024, 5, 1)}, []),  # 落地 not reported
        ({**SIGNED, "stage": Stage.STARTED, "started_on": DAY(2024, 2, 1)}, ["started_on"]),
        ({**SIGNED, "started_on": DAY(2024, 5, 1)}, ["stage"]),
        ({"stage": Stage.STARTED, "started_on": DAY(2999, 1, 1)}, ["started_on"]),
        ({"plan_signed": DAY(2024, 5, 1), "plan_full": DAY(2024, 1, 1)}, ["plan_full"]),
        ({"plan_signed": DAY(2024, 5, 1), "plan_full": DAY(2999, 1, 1)}, []),
        ({"course": Course.PAUSED}, ["halt_reason"]),
        ({"course": Course.PAUSED, "halt_reason": "资金未到位"}, []),
        ({"code": "2306-140430-89-01-123456"}, []),
        ({"code": "12345"}, ["code"]),
    ],
)
def test_rules_of_projects(facts: dict[str, Any], columns: list[str]) -> None:
    assert faults(**facts) == columns


@pytest.mark.parametrize(
    ("facts", "columns"),
    [
        ({}, []),
        ({"stage": LeadStage.CONTRACT}, ["contract_on"]),
        ({"stage": LeadStage.CONTRACT, "contract_on": DAY(2024, 1, 1)}, []),
        ({"contract_on": DAY(2024, 1, 1)}, ["stage"]),
        ({"stage": LeadStage.ENDED, "contract_on": DAY(2024, 1, 1), "end_reason": "企业调整布局"}, []),
        ({"stage": LeadStage.ENDED}, ["end_reason"]),
        ({"followed_on": DAY(2999, 1, 1)}, ["followed_on"]),
    ],
)
def test_rules_of_leads(facts: dict[str, Any], columns: list[str]) -> None:
    assert lead_faults(**facts) == columns


def test_leader_is_named_once() -> None:
    post = factories.PostFactory.create()
    assert faults(post=post, leader="副县长王某") == ["post"]
    assert faults(post=post) == faults(leader="副县长王某") == []


def test_every_column_of_the_lists_is_a_field() -> None:
    assert [len(ledger.bound) == len(ledger.columns) for ledger in LISTS] == [True] * 4
    assert [ledger.filters for ledger in LISTS if set(ledger.filters) - ledger.by_name.keys()] == []


def test_a_report_stands_where_its_project_stands_and_goes_with_it() -> None:
    project, elsewhere = factories.ProjectFactory.create(), factories.TerritoryFactory.create()
    office = factories.actor(Role.OFFICE)
    values = {"project": project, "year": 2025, "month": 3, "territory": elsewhere}
    report = create(ledger=MONTHS, values=values, by=office)
    assert report.territory_id == project.territory_id
    change(ledger=PROJECTS, pk=project.pk, values={"territory": elsewhere}, version=project.version, by=office)
    report.refresh_from_db()
    assert report.territory_id == elsewhere.pk


def test_nobody_reports_on_another_countys_project() -> None:
    project, own = factories.ProjectFactory.create(), factories.TerritoryFactory.create()
    county = factories.actor(Role.COUNTY_FILL, unit=factories.UnitFactory.create(territory=own))
    with pytest.raises(NotAllowed):
        create(ledger=MONTHS, values={"project": project, "year": 2025, "month": 3, "territory": own}, by=county)


def test_one_report_a_month() -> None:
    first = factories.ProjectMonthFactory.create(year=2025, month=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.ProjectMonthFactory.create(project=first.project, year=2025, month=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.ProjectMonthFactory.create(project=first.project, year=2025, month=13)
    assert ProjectMonth.objects.count() == 1


def test_projects_are_named_by_name_code_or_number() -> None:
    one = factories.ProjectFactory.create(name="甲项目", code="2306-140430-89-01-123456")
    twins = [factories.ProjectFactory.create(name="乙项目") for _ in range(2)]
    labels = PROJECT.labels([p.pk for p in (one, *twins)])
    assert labels[one.pk] == "甲项目"
    assert PROJECT.find(labels.values()) == {label: (pk,) for pk, label in labels.items()}
    assert PROJECT.find(["2306-140430-89-01-123456", "无此项目", ""]) == {"2306-140430-89-01-123456": (one.pk,)}
    assert PROJECT.find(["乙项目"]) == {"乙项目": tuple(p.pk for p in twins)}


def test_posts_are_named_by_title_and_unit() -> None:
    posts = [factories.PostFactory.create(title="县长") for _ in range(2)] + [factories.PostFactory.create()]
    labels = POST.labels([p.pk for p in posts])
    assert labels[posts[0].pk] == f"{posts[0].unit.name}:县长"
    assert labels[posts[2].pk] == posts[2].title
    assert POST.find(labels.values()) == {label: (pk,) for pk, label in labels.items()}


def test_categories_are_those_of_the_plan() -> None:
    assert [str(c.label) for c in Category][:2] == ["标志性引领性", "补短板强弱项"]
    assert Project(stage=Stage.SIGNED).get_stage_display() == "签约"
