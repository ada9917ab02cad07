"""Factories of plans and the calendar; tests take them from tests.factories."""

import datetime
import hashlib

import factory
from factory.django import DjangoModelFactory

from spectown.organisations.enums import SeatRole
from spectown.plans.enums import DayKind, DutyKind
from spectown.plans.models import (
    CalendarDay,
    CalendarYear,
    Category,
    Clause,
    Criterion,
    Duty,
    NeededFigure,
    PlanVersion,
    Seat,
    Target,
    Task,
    Threshold,
)

SIGNED = datetime.date(2023, 3, 31)


class PlanVersionFactory(DjangoModelFactory[PlanVersion]):
    class Meta:
        model = PlanVersion

    plan_code = "test-plan"
    number = factory.Sequence(lambda n: n + 1)
    city = "某市"
    title = "某市促进专业镇高质量发展实施方案"
    issuer = "某市人民政府办公室"
    signed_date = SIGNED
    disclosure = "此件公开发布"
    source_name = "plan.txt"
    source_text = "一、总体要求\n做好工作。\n"
    digest = factory.Sequence(lambda n: hashlib.sha256(str(n).encode()).hexdigest())
    is_current = False


class ClauseFactory(DjangoModelFactory[Clause]):
    class Meta:
        model = Clause

    version = factory.SubFactory(PlanVersionFactory)
    ref = factory.Sequence(lambda n: f"三({n})")
    level = 1
    order = factory.Sequence(lambda n: n)
    heading = factory.Sequence(lambda n: f"第{n}项行动")
    text = factory.LazyAttribute(lambda o: f"{o.heading}。做好工作。")
    start = 0
    end = 10


class TaskFactory(DjangoModelFactory[Task]):
    class Meta:
        model = Task

    clause = factory.SubFactory(ClauseFactory)
    version = factory.SelfAttribute("clause.version")
    number = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"实施第{n}项行动")
    text = "做好工作。"


class DutyFactory(DjangoModelFactory[Duty]):
    class Meta:
        model = Duty

    task = factory.SubFactory(TaskFactory)
    unit = factory.SubFactory("tests.factories.UnitFactory")
    kind = DutyKind.LEAD
    printed_name = factory.LazyAttribute(lambda o: o.unit.name)
    order = factory.Sequence(lambda n: n)


class TargetFactory(DjangoModelFactory[Target]):
    class Meta:
        model = Target

    clause = factory.SubFactory(ClauseFactory)
    version = factory.SelfAttribute("clause.version")
    order = factory.Sequence(lambda n: n)
    subject = "市级专业镇"
    level = "市级"
    comparator = ">="
    values = factory.LazyFunction(lambda: ["30"])
    unit = "个"
    year = 2025
    text = "市级专业镇达到30个以上"
    start = 0
    end = 5


class ThresholdFactory(DjangoModelFactory[Threshold]):
    class Meta:
        model = Threshold

    clause = factory.SubFactory(ClauseFactory)
    version = factory.SelfAttribute("clause.version")
    order = factory.Sequence(lambda n: n)
    subject = "制造业类产值"
    comparator = ">="
    values = factory.LazyFunction(lambda: ["10"])
    unit = "亿元"
    text = "产值应达到10亿元以上"
    start = 0
    end = 5


class SeatFactory(DjangoModelFactory[Seat]):
    class Meta:
        model = Seat

    version = factory.SubFactory(PlanVersionFactory)
    post = factory.SubFactory("tests.factories.PostFactory")
    order = factory.Sequence(lambda n: n)
    role = SeatRole.MEMBER
    printed_name = "王克"
    printed_post = factory.LazyAttribute(lambda o: o.post.title)


class CategoryFactory(DjangoModelFactory[Category]):
    class Meta:
        model = Category

    version = factory.SubFactory(PlanVersionFactory)
    code = factory.Sequence(lambda n: f"category-{n}")
    label = factory.Sequence(lambda n: f"类别{n}")
    has_threshold = True
    order = factory.Sequence(lambda n: n)


class CriterionFactory(DjangoModelFactory[Criterion]):
    class Meta:
        model = Criterion

    clause = factory.SubFactory(ClauseFactory)
    version = factory.SelfAttribute("clause.version")
    code = factory.Sequence(lambda n: f"criterion-{n}")
    title = factory.Sequence(lambda n: f"条件{n}")
    order = factory.Sequence(lambda n: n)
    data = factory.LazyFunction(dict)


class NeededFigureFactory(DjangoModelFactory[NeededFigure]):
    class Meta:
        model = NeededFigure

    clause = factory.SubFactory(ClauseFactory)
    version = factory.SelfAttribute("clause.version")
    code = factory.Sequence(lambda n: f"figure-{n}")
    label = factory.Sequence(lambda n: f"数据{n}")
    order = factory.Sequence(lambda n: n)


class CalendarYearFactory(DjangoModelFactory[CalendarYear]):
    class Meta:
        model = CalendarYear

    year = factory.Sequence(lambda n: 2020 + n)
    source = "国务院办公厅通知"


class CalendarDayFactory(DjangoModelFactory[CalendarDay]):
    class Meta:
        model = CalendarDay

    day = factory.Sequence(lambda n: SIGNED + datetime.timedelta(days=n))
    kind = DayKind.HOLIDAY
