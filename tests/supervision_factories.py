"""Rows of dated work; a plan in force with the settings and the calendar of 长治."""

import datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from spectown.plans.enums import DayKind
from spectown.plans.models import CalendarDay, CalendarYear, PlanVersion
from spectown.supervision import models
from tests.plan_factories import PlanVersionFactory
from tests.plan_files import plan_file

DAY = datetime.date(2026, 6, 1)


def _user() -> Any:
    return factory.SubFactory("tests.factories.UserFactory")


class WorkFactory(DjangoModelFactory[models.Work]):
    """A work whose clock does not run yet; `running=True`: since DAY, until `first_deadline`."""

    class Meta:
        model = models.Work

    class Params:
        running = factory.Trait(
            state="running",
            first_deadline=datetime.date(2026, 9, 30),
            deadline=factory.SelfAttribute("first_deadline"),
            anchored_on=factory.SelfAttribute("first_deadline"),
            started_on=DAY,
        )

    kind = "measure"
    title = factory.Sequence(lambda n: f"第{n}项措施")
    holder = factory.SubFactory("tests.factories.UnitFactory")


class WorkStepFactory(DjangoModelFactory[models.Step]):
    class Meta:
        model = models.Step

    work = factory.SubFactory(WorkFactory)
    move = "propose"
    label = "提请审定"
    state = "proposed"
    on = DAY
    by = _user()


class ExtensionFactory(DjangoModelFactory[models.Extension]):
    class Meta:
        model = models.Extension

    work = factory.SubFactory(WorkFactory, running=True)
    old = factory.SelfAttribute("work.first_deadline")
    new = datetime.date(2026, 10, 30)
    reason = "设备交货推迟"
    asked_on = DAY
    asked_by = _user()


class PauseFactory(DjangoModelFactory[models.Pause]):
    class Meta:
        model = models.Pause

    work = factory.SubFactory(WorkFactory, running=True)
    since = DAY
    reason = "等待省里批复"
    made_by = _user()


class LightChangeFactory(DjangoModelFactory[models.LightChange]):
    class Meta:
        model = models.LightChange

    work = factory.SubFactory(WorkFactory)
    on = DAY
    light = "green"
    rule = "deadline"


class ProblemFactory(DjangoModelFactory[models.Problem]):
    """A problem as it was raised, with its work; `routed_to`: as it was given to a unit."""

    class Meta:
        model = models.Problem

    class Params:
        routed_to = None

    title = factory.Sequence(lambda n: f"第{n}条生产线用电不足")
    kind = "energy"
    territory = factory.SubFactory("tests.factories.TerritoryFactory")
    raiser = factory.SubFactory("tests.factories.UnitFactory")
    raised_on = DAY
    holder = factory.SelfAttribute("routed_to")
    routed_on = factory.Maybe("routed_to", DAY, None)
    state = factory.Maybe("routed_to", "routed", "raised")
    work = factory.SubFactory(
        WorkFactory,
        kind="problem",
        title=factory.SelfAttribute("..title"),
        holder=factory.SelfAttribute("..routed_to"),
        territory=factory.SelfAttribute("..territory"),
        state=factory.SelfAttribute("..state"),
        started_on=factory.SelfAttribute("..routed_on"),
        anchored_on=factory.SelfAttribute("..routed_on"),
    )


class ProblemFileFactory(DjangoModelFactory[models.ProblemFile]):
    class Meta:
        model = models.ProblemFile

    problem = factory.SubFactory(ProblemFactory)
    file = factory.django.FileField(filename="现场.png", data=b"x")
    name = "现场.png"
    content_type = "image/png"
    size = 1
    uploaded_by = _user()


class SentFactory(DjangoModelFactory[models.Sent]):
    class Meta:
        model = models.Sent

    work = factory.SubFactory(WorkFactory)
    event = "2026-09-30:soon"
    on = DAY


class DueRunFactory(DjangoModelFactory[models.DueRun]):
    class Meta:
        model = models.DueRun

    on = DAY


class MeasureFactory(DjangoModelFactory[models.Measure]):
    """A draft without its work; made by the list's own service it has one (measure_of)."""

    class Meta:
        model = models.Measure

    year = 2026
    clause = "三(四)"
    title = factory.Sequence(lambda n: f"第{n}项重点措施")
    deliverable = "项目库上线运行"
    target = "入库项目 50 个"
    lead = factory.SubFactory("tests.factories.UnitFactory")
    starts = DAY
    deadline = datetime.date(2026, 9, 30)


class MilestoneFactory(DjangoModelFactory[models.Milestone]):
    class Meta:
        model = models.Milestone

    measure = factory.SubFactory(MeasureFactory)
    number = factory.Sequence(lambda n: n + 1)
    due = datetime.date(2026, 7, 31)
    title = "完成选址"
    percent = 40


class ReportFactory(DjangoModelFactory[models.Report]):
    class Meta:
        model = models.Report

    work = factory.SubFactory(WorkFactory, kind="report")
    measure = factory.SubFactory(MeasureFactory)
    year = 2026
    month = 6


class ReachedFactory(DjangoModelFactory[models.Reached]):
    class Meta:
        model = models.Reached

    report = factory.SubFactory(ReportFactory)
    milestone = factory.SubFactory(MilestoneFactory)
    on = DAY


class ReportFileFactory(DjangoModelFactory[models.ReportFile]):
    class Meta:
        model = models.ReportFile

    report = factory.SubFactory(ReportFactory)
    file = factory.django.FileField(filename="evidence.pdf", data=b"%PDF-1.4")
    name = "证明.pdf"
    content_type = "application/pdf"
    size = 8
    sha256 = "0" * 64
    uploaded_by = _user()


class RatingFactory(DjangoModelFactory[models.Rating]):
    class Meta:
        model = models.Rating

    measure = factory.SubFactory(MeasureFactory)
    confidence = "sure"
    made_by = _user()


def supervised_plan(**values: Any) -> PlanVersion:
    """A current plan with the settings of dated work and the calendar of the plan folder."""
    years = plan_file("calendar.yaml")["years"]
    days = []
    for year in years:
        CalendarYear.objects.create(year=year["year"], provisional=year.get("provisional", False), source="测试")
        days += [CalendarDay(day=d, kind=DayKind.HOLIDAY, name=n) for d, n in (year.get("holidays") or {}).items()]
        days += [CalendarDay(day=d, kind=DayKind.WORKDAY, name=n) for d, n in (year.get("workdays") or {}).items()]
    CalendarDay.objects.bulk_create(days)
    raw = plan_file("supervision.yaml")
    parts = ("settings", "notices", "problems", "inspections")
    plain = {name: [{**group, "from": str(group["from"])} for group in raw[name]] for name in parts}
    return PlanVersionFactory.create(is_current=True, supervision=plain, **values)
