"""Test rows: one factory per model, small and valid; a test says only what it is about."""

import datetime
import hashlib
from typing import Any

import factory
from django.test import Client
from django.utils import timezone
from factory.django import DjangoModelFactory

from spectown.accounts.models import Installation, User
from spectown.accounts.permissions import Role
from spectown.audit.models import ChainHead, Change, Event
from spectown.certification.models import Application, EvidenceFile, EvidenceText, Honour, JudgementRecord
from spectown.jobs.models import Job, Lease
from spectown.organisations.actors import Actor, actor_for
from spectown.organisations.enums import NameKind, SeatRole, TerritoryKind, UnitKind
from spectown.organisations.models import Incumbency, Membership, Post, Territory, Unit, UnitName
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
from spectown.towns.enums import Level
from spectown.towns.models import LevelRecord, Town, TownAlias
from tests.enterprise_factories import DuplicatePairFactory as DuplicatePairFactory
from tests.enterprise_factories import EnterpriseFactory as EnterpriseFactory
from tests.enterprise_factories import EnterpriseHonourFactory as EnterpriseHonourFactory
from tests.enterprise_factories import EnterpriseYearFactory as EnterpriseYearFactory
from tests.enterprise_factories import TownMembershipFactory as TownMembershipFactory
from tests.list_factories import SavedViewFactory as SavedViewFactory
from tests.project_factories import LeadFactory as LeadFactory
from tests.project_factories import ProjectFactory as ProjectFactory
from tests.project_factories import ProjectMonthFactory as ProjectMonthFactory
from tests.project_factories import ProjectYearFactory as ProjectYearFactory

SIGNED = datetime.date(2023, 3, 31)


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"user{n}")
    name = factory.Sequence(lambda n: f"用户{n}")


class InstallationFactory(DjangoModelFactory[Installation]):
    class Meta:
        model = Installation
        django_get_or_create = ("pk",)

    pk = 1
    mode = Installation.Mode.DEMO


class EventFactory(DjangoModelFactory[Event]):
    """A row of the log as stored; the chain itself is tested with audit.services.record."""

    class Meta:
        model = Event

    seq = factory.Sequence(lambda n: n + 1)
    at = factory.LazyFunction(timezone.now)
    actor_name = "系统"
    action = "test"
    object_type = "plans.planversion"
    object_id = "1"
    object_label = "方案"
    key_id = "k"
    previous = ""
    digest = factory.Sequence(lambda n: hashlib.sha256(str(n).encode()).hexdigest())


class ChangeFactory(DjangoModelFactory[Change]):
    """A row of a block as stored; blocks themselves are tested with audit.services.record_many."""

    class Meta:
        model = Change

    seq = 1
    object_type = "plans.planversion"
    object_id = "1"
    label = "方案"
    before_json = "{}"
    after_json = "{}"


class ChainHeadFactory(DjangoModelFactory[ChainHead]):
    class Meta:
        model = ChainHead
        django_get_or_create = ("pk",)

    pk = 1
    seq = 0
    digest = ""


class JobFactory(DjangoModelFactory[Job]):
    class Meta:
        model = Job

    kind = "audit.verify"
    title = factory.Sequence(lambda n: f"核验操作日志{n}")
    requested_by = factory.SubFactory(UserFactory)
    requester_name = factory.SelfAttribute("requested_by.name")


class LeaseFactory(DjangoModelFactory[Lease]):
    class Meta:
        model = Lease

    name = factory.Sequence(lambda n: f"work-{n}")
    holder = "h/1/2/t"
    until = factory.LazyFunction(timezone.now)


class TerritoryFactory(DjangoModelFactory[Territory]):
    class Meta:
        model = Territory

    code = factory.Sequence(lambda n: f"99{n:06d}")
    name = factory.Sequence(lambda n: f"第{n}县")
    kind = TerritoryKind.COUNTY
    order = factory.Sequence(lambda n: n)
    grid_row = factory.Sequence(lambda n: n // 5 + 1)
    grid_column = factory.Sequence(lambda n: n % 5 + 1)


class UnitFactory(DjangoModelFactory[Unit]):
    class Meta:
        model = Unit

    code = factory.Sequence(lambda n: f"unit-{n}")
    name = factory.Sequence(lambda n: f"市第{n}局")
    kind = UnitKind.BUREAU
    order = factory.Sequence(lambda n: n)
    reviewed = True


class UnitNameFactory(DjangoModelFactory[UnitName]):
    class Meta:
        model = UnitName

    unit = factory.SubFactory(UnitFactory)
    name = factory.Sequence(lambda n: f"别名{n}")
    kind = NameKind.ALIAS


class PostFactory(DjangoModelFactory[Post]):
    class Meta:
        model = Post

    unit = factory.SubFactory(UnitFactory)
    title = factory.LazyAttribute(lambda o: f"{o.unit.name}局长")


class IncumbencyFactory(DjangoModelFactory[Incumbency]):
    class Meta:
        model = Incumbency

    post = factory.SubFactory(PostFactory)
    person = factory.Sequence(lambda n: f"张{n}")
    document = "方案附件1"


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    unit = factory.SubFactory(UnitFactory)
    role = Role.OFFICE


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
    unit = factory.SubFactory(UnitFactory)
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
    post = factory.SubFactory(PostFactory)
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


class TownFactory(DjangoModelFactory[Town]):
    class Meta:
        model = Town

    code = factory.Sequence(lambda n: f"town-{n}")
    name = factory.Sequence(lambda n: f"第{n}专业镇")
    category = "manufacturing"
    territory = factory.SubFactory(TerritoryFactory)
    responsible_unit = factory.SubFactory(UnitFactory)
    order = factory.Sequence(lambda n: n)


class TownAliasFactory(DjangoModelFactory[TownAlias]):
    class Meta:
        model = TownAlias

    town = factory.SubFactory(TownFactory)
    name = factory.Sequence(lambda n: f"又名{n}")
    source = "公开报道"


class LevelRecordFactory(DjangoModelFactory[LevelRecord]):
    class Meta:
        model = LevelRecord

    town = factory.SubFactory(TownFactory)
    level = Level.CITY
    valid_from = SIGNED
    document = "方案附件2"
    clause_ref = "附件2"


class ApplicationFactory(DjangoModelFactory[Application]):
    class Meta:
        model = Application

    version = factory.SubFactory(PlanVersionFactory)
    unit = factory.SubFactory(UnitFactory)
    town_name = factory.Sequence(lambda n: f"申报专业镇{n}")
    made_by = factory.SubFactory(UserFactory)
    changed_by = factory.SelfAttribute("made_by")


class EvidenceTextFactory(DjangoModelFactory[EvidenceText]):
    class Meta:
        model = EvidenceText

    application = factory.SubFactory(ApplicationFactory)
    criterion = "heritage"
    text = "县志有记载"


class HonourFactory(DjangoModelFactory[Honour]):
    class Meta:
        model = Honour

    application = factory.SubFactory(ApplicationFactory)
    factor = factory.Sequence(lambda n: f"factor-{n}")
    number = 1


class JudgementRecordFactory(DjangoModelFactory[JudgementRecord]):
    class Meta:
        model = JudgementRecord

    application = factory.SubFactory(ApplicationFactory)
    criterion = "heritage"
    outcome = JudgementRecord.Outcome.MET
    reason = "材料充分"
    revision = 1
    judged_by = factory.SubFactory(UserFactory)


class EvidenceFileFactory(DjangoModelFactory[EvidenceFile]):
    class Meta:
        model = EvidenceFile

    application = factory.SubFactory(ApplicationFactory)
    criterion = "heritage"
    file = factory.django.FileField(filename="evidence.pdf", data=b"%PDF-1.4")
    name = "证明.pdf"
    content_type = "application/pdf"
    size = 8
    sha256 = hashlib.sha256(b"%PDF-1.4").hexdigest()
    uploaded_by = factory.SubFactory(UserFactory)


def actor(role: Role = Role.OFFICE, **membership: Any) -> Actor:
    """Somebody in a role, with user, unit and membership behind."""
    return actor_for(MembershipFactory.create(role=role, **membership))


def client_for(role: Role = Role.OFFICE, **membership: Any) -> Client:
    """A browser logged in as somebody in a role."""
    client = Client()
    client.force_login(MembershipFactory.create(role=role, **membership).user)
    return client
