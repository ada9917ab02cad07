"""Moves of projects and the way from a lead to a project."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from spectown.accounts.permissions import Role
from spectown.audit.models import Event
from spectown.lib.refusal import Refused
from spectown.lists.importing import services as importing
from spectown.lists.services import records
from spectown.lists.services.records import Stale
from spectown.organisations.actors import Actor, NotAllowed
from spectown.projects import services
from spectown.projects.enums import Course, LeadStage, Stage
from spectown.projects.lists import PROJECTS
from spectown.projects.models import Lead, Project
from spectown.projects.workflow import COURSES, ORDER, STAGES, stage_move
from tests import factories
from tests.apps.import_world import workbook

pytestmark = [pytest.mark.django_db, pytest.mark.data]
DAY = datetime.date


@pytest.fixture
def office() -> Actor:
    return factories.actor(Role.OFFICE)


@pytest.fixture
def signed() -> Project:
    made: Project = factories.ProjectFactory.create(stage=Stage.SIGNED, signed_on=DAY(2024, 3, 1))
    return made


def advance(project: Project, to: str, by: Actor, **given: Any) -> Project:
    facts = {"on": DAY(2024, 6, 1), "evidence": "开工令〔2024〕3号", "version": project.version, **given}
    return services.advance(pk=project.pk, to=to, by=by, **facts)


def test_forward_over_a_stage(signed: Project, office: Actor) -> None:
    with pytest.raises(ValidationError, match="跳过了落地。请逐个阶段变更"):
        advance(signed, "started", office)
    moved = advance(signed, "started", office, skipping="自有厂房")
    assert (moved.stage, moved.started_on, moved.landed_on) == ("started", DAY(2024, 6, 1), None)
    event = Event.objects.latest("seq")
    assert (event.before, event.after) == (
        {"stage": "signed", "started_on": None},
        {"stage": "started", "started_on": "2024-06-01"},
    )
    assert event.reason == "开工令〔2024〕3号;跳过落地:自有厂房"


def test_no_way_skips_in_silence(office: Actor) -> None:
    """Form, one value for many rows and workbook meet the same rule."""
    reserved = factories.ProjectFactory.create(stage=Stage.RESERVED)
    values = {"stage": "producing", "producing_on": DAY(2025, 1, 1)}
    with pytest.raises(ValidationError) as fault:
        records.change(ledger=PROJECTS, pk=reserved.pk, values=values, version=1, by=office)
    assert "跳过阶段" in fault.value.message_dict["stage"][0]
    days = {"signed_on": DAY(2024, 1, 1), "landed_on": DAY(2024, 2, 1), "started_on": DAY(2024, 3, 1)}
    told = records.change(ledger=PROJECTS, pk=reserved.pk, values={**values, **days}, version=1, by=office)
    assert told.version == 2  # nothing was left out
    with pytest.raises(ValidationError):
        records.change(
            ledger=PROJECTS,
            pk=reserved.pk,
            values={"stage": "idea", **dict.fromkeys((*days, "producing_on"))},
            version=2,
            by=office,
        )
    other = factories.ProjectFactory.create(stage=Stage.RESERVED)
    records.change(ledger=PROJECTS, pk=other.pk, values=values, version=1, by=office, reason="自有厂房改造")
    assert Event.objects.latest("seq").reason == "自有厂房改造"


def test_a_workbook_does_not_skip(office: Actor, media: Path) -> None:
    reserved = factories.ProjectFactory.create(stage=Stage.RESERVED)
    row = [PROJECTS.number(reserved.pk), reserved.name, "投产", "2025-01-01", 1]
    data = workbook([row], ("编号", "项目名称", "阶段", "实际投产", "版本"))
    run = importing.upload(ledger=PROJECTS, data=data, file_name="项目.xlsx", by=office)
    importing.start_check(run=run, by=office)
    run.refresh_from_db()
    assert [(fault["heading"], fault["reason"][:4]) for fault in run.faults] == [("阶段", "跳过阶段")]


def test_back_takes_the_later_dates_away(signed: Project, office: Actor) -> None:
    moved = advance(advance(signed, "landed", office), "signed", office, on=None, evidence="开工令被撤销")
    assert (moved.stage, moved.signed_on, moved.landed_on) == ("signed", DAY(2024, 3, 1), None)
    assert Event.objects.latest("seq").reason == "开工令被撤销"


@pytest.mark.parametrize(
    ("to", "given", "message"),
    [
        ("signed", {}, "另一个阶段"),
        ("nowhere", {}, "另一个阶段"),
        ("idea", {"evidence": ""}, "须写明理由"),
    ],
)
def test_moves_that_are_refused(to: str, given: dict[str, Any], message: str, signed: Project, office: Actor) -> None:
    with pytest.raises(Refused, match=message):
        advance(signed, to, office, **given)
    signed.refresh_from_db()
    assert (signed.stage, Event.objects.count()) == (Stage.SIGNED, 0)


@pytest.mark.parametrize(
    ("to", "given", "faults"),
    [
        ("landed", {"on": None, "evidence": " "}, {"on": "请填写落地日期", "evidence": "请写明落地的依据"}),
        ("landed", {"on": DAY(2999, 1, 1)}, {"on": "不能晚于今天"}),
        ("started", {"on": None, "skipping": ""}, {"on": "请填写开工日期", "skipping": "跳过了落地"}),
    ],
)
def test_all_that_a_move_lacks_is_said_at_once(
    to: str, given: dict[str, Any], faults: dict[str, str], signed: Project, office: Actor
) -> None:
    with pytest.raises(ValidationError) as told:
        advance(signed, to, office, **given)
    said = told.value.message_dict
    assert said.keys() == faults.keys()
    assert [name for name, part in faults.items() if part not in said[name][0]] == []


def test_dates_out_of_order_are_refused_by_the_rules_of_the_list(signed: Project, office: Actor) -> None:
    with pytest.raises(ValidationError) as fault:
        advance(signed, "landed", office, on=DAY(2024, 2, 1))
    assert list(fault.value.message_dict) == ["landed_on"]


def test_stored_meanwhile(signed: Project, office: Actor) -> None:
    advance(signed, "landed", office)
    with pytest.raises(Stale):
        advance(signed, "started", office, version=1)


def test_reserve_needs_no_date(office: Actor) -> None:
    idea = factories.ProjectFactory.create()
    assert advance(idea, "reserved", office, on=None, evidence="").stage == Stage.RESERVED


def test_only_who_maintains_it_moves_it(signed: Project) -> None:
    unit = factories.UnitFactory.create(territory=signed.territory)
    own, elsewhere = factories.actor(Role.COUNTY_FILL, unit=unit), factories.actor(Role.COUNTY_FILL)
    for other in (elsewhere, factories.actor(Role.LEADER), factories.actor(Role.COUNTY_CHECK, unit=unit)):
        with pytest.raises(Refused, match="不由您维护"):
            advance(signed, "landed", other)
    assert advance(signed, "landed", own).stage == Stage.LANDED


def test_pause_and_resume(signed: Project, office: Actor) -> None:
    with pytest.raises(Refused, match="须写明理由"):
        services.change_course(pk=signed.pk, code="pause", reason="", version=1, by=office)
    paused = services.change_course(pk=signed.pk, code="pause", reason="资金未到位", version=1, by=office)
    assert (paused.course, paused.halt_reason, paused.stage) == (Course.PAUSED, "资金未到位", Stage.SIGNED)
    with pytest.raises(Refused, match="恢复推进后"):
        advance(paused, "landed", office)
    resumed = services.change_course(pk=signed.pk, code="resume", reason="资金已到位", version=2, by=office)
    assert (resumed.course, resumed.halt_reason) == (Course.ACTIVE, "")
    with pytest.raises(Refused, match="当前状态为“正常推进”"):
        services.change_course(pk=signed.pk, code="resume", reason="再来", version=3, by=office)


def test_tables_of_moves_lead_everywhere() -> None:
    """Every stage leads to every other, back only with a reason."""
    moves = {(s, t): stage_move(s, t) for s in ORDER for t in ORDER if s != t}
    assert all(source in move.sources and move.target == target for (source, target), move in moves.items())
    assert all(move.reason == (ORDER.index(t) < ORDER.index(s)) for (s, t), move in moves.items())
    assert {m.target for m in COURSES.moves} == set(Course.values)
    assert len(STAGES.moves) == 12
    with pytest.raises(KeyError):
        stage_move("idea", "idea")


@pytest.fixture
def lead() -> Lead:
    facts = {"stage": LeadStage.CONTRACT, "contract_on": DAY(2025, 5, 6), "intended": 3000, "content": "两条生产线"}
    made: Lead = factories.LeadFactory.create(name="小米饮料项目", target="北京某公司", **facts)
    return made


def convert(lead: Lead, by: Actor, **given: Any) -> Project:
    return services.convert(pk=lead.pk, values={"category": "flagship", **given}, version=lead.version, by=by)


def test_lead_becomes_a_project(lead: Lead, office: Actor) -> None:
    project = convert(lead, office)
    lead.refresh_from_db()
    assert lead.project == project
    assert (project.name, project.builder, project.content) == ("小米饮料项目", "北京某公司", "两条生产线")
    assert (project.territory, project.investment) == (lead.territory, 3000)
    assert (project.stage, project.signed_on) == (Stage.SIGNED, DAY(2025, 5, 6))
    assert list(Event.objects.order_by("seq").values_list("action", flat=True)) == ["list.create", "list.change"]


@pytest.mark.parametrize(
    ("facts", "stage", "dates"),
    [
        ({}, Stage.SIGNED, (DAY(2025, 5, 6), None)),
        (
            {"stage": LeadStage.LANDED, "landed_on": DAY(2025, 8, 1), "contract_on": None},
            Stage.LANDED,
            (None, DAY(2025, 8, 1)),
        ),
        ({"stage": LeadStage.LANDED, "landed_on": DAY(2025, 8, 1)}, Stage.LANDED, (DAY(2025, 5, 6), DAY(2025, 8, 1))),
    ],
)
def test_stage_follows_the_lead(facts: dict[str, Any], stage: Stage, dates: Any, lead: Lead, office: Actor) -> None:
    Lead.objects.filter(pk=lead.pk).update(**facts)
    lead.refresh_from_db()
    project = convert(lead, office, stage=Stage.PRODUCING)  # the stage is the lead's, not a choice
    assert (project.stage, (project.signed_on, project.landed_on)) == (stage, dates)


@pytest.mark.parametrize("stage", [LeadStage.TALKING, LeadStage.FRAMEWORK])
def test_no_project_before_the_contract(stage: LeadStage, lead: Lead, office: Actor) -> None:
    Lead.objects.filter(pk=lead.pk).update(stage=stage, contract_on=None)
    with pytest.raises(Refused, match=f"还在“{stage.label}”阶段,签订正式合同或落地以后"):
        convert(lead, office)
    assert Project.objects.count() == 0


def test_lead_is_converted_once(lead: Lead, office: Actor) -> None:
    convert(lead, office)
    with pytest.raises(Refused, match="已经转为项目“小米饮料项目”"):
        convert(lead, office)
    assert Project.objects.count() == 1


def test_nothing_is_half_converted(lead: Lead, office: Actor) -> None:
    with pytest.raises(Stale):
        services.convert(pk=lead.pk, values={"category": "flagship"}, version=9, by=office)
    with pytest.raises(ValidationError):
        convert(lead, office, category="unknown")
    Lead.objects.filter(pk=lead.pk).update(stage=LeadStage.ENDED, end_reason="企业调整布局")
    with pytest.raises(Refused, match="已终止"):
        convert(lead, office)
    assert (Project.objects.count(), Event.objects.count()) == (0, 0)


def test_who_leads_only_task_eight_does_not_write_into_the_projects(lead: Lead) -> None:
    """市招商中心 maintains leads, not projects."""
    by = factories.actor(Role.DEPARTMENT)
    task = factories.TaskFactory.create(number=8, version=factories.PlanVersionFactory.create(is_current=True))
    factories.DutyFactory.create(task=task, unit_id=by.unit_id, kind="lead")
    with pytest.raises(NotAllowed):
        convert(lead, by)
    with pytest.raises(Refused, match="不由您维护"):
        convert(lead, factories.actor(Role.COUNTY_FILL))
    assert Lead.objects.get().project is None


def test_a_project_converted_today_is_not_late_with_reports_of_months_before(office: Actor) -> None:
    """Signed long ago, entered here today: what was before today was nobody's to report."""
    lead = factories.LeadFactory.create(stage=LeadStage.CONTRACT, contract_on=DAY(2024, 3, 1))
    made = services.convert(pk=lead.pk, values={"category": "other"}, version=lead.version, by=office)
    made.refresh_from_db()
    assert made.registered_on == timezone.localdate()
    assert "没有月报" not in made.light_reason
    assert made.light != "red"


def test_an_imported_project_is_registered_on_the_day_of_the_import(office: Actor) -> None:
    place = factories.TerritoryFactory.create(name="甲县")
    data = workbook(
        [["新项目", "其他", "甲县", "签约", "2024-03-01"]], ("项目名称", "类别", "属地", "阶段", "实际签约")
    )
    run = importing.upload(ledger=PROJECTS, data=data, file_name="项目.xlsx", by=office)
    importing.start_check(run=run, by=office)
    run.refresh_from_db()
    importing.apply(run=run, by=office)
    assert Project.objects.get(territory=place).registered_on == timezone.localdate()
