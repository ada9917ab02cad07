"""Test rows: one factory per model, small and valid; a test says only what it is about."""

import datetime
import hashlib
import zlib
from typing import Any

import factory
from django.test import Client
from django.utils import timezone
from factory.django import DjangoModelFactory

from spectown.accounts.models import Installation, User
from spectown.accounts.permissions import Role
from spectown.audit.models import ChainHead, Event, Part
from spectown.certification.models import (
    Application,
    EvidenceFile,
    EvidenceText,
    Honour,
    JudgementRecord,
    ListCount,
)
from spectown.organisations.actors import Actor, actor_for
from spectown.organisations.enums import NameKind, TerritoryKind, UnitKind
from spectown.organisations.models import Incumbency, Membership, Post, Territory, Unit, UnitName
from spectown.towns.enums import Level
from spectown.towns.models import LevelRecord, Town, TownAlias
from tests.document_factories import *  # noqa: F403
from tests.enterprise_factories import *  # noqa: F403
from tests.evaluation_factories import *  # noqa: F403
from tests.job_factories import *  # noqa: F403
from tests.ledger_factories import *  # noqa: F403
from tests.list_factories import *  # noqa: F403
from tests.monitoring_factories import *  # noqa: F403
from tests.notice_factories import *  # noqa: F403
from tests.outbox_factories import *  # noqa: F403
from tests.plan_factories import *  # noqa: F403
from tests.plan_factories import PlanVersionFactory
from tests.project_factories import *  # noqa: F403
from tests.round_factories import *  # noqa: F403
from tests.supervision_factories import *  # noqa: F403

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


class PartFactory(DjangoModelFactory[Part]):
    """A part of a block as stored; blocks themselves are tested with audit.services.record_many."""

    class Meta:
        model = Part

    seq = 1
    object_type = "plans.planversion"
    first_id = 1
    last_id = 1
    rows = 1
    data = zlib.compress("1\x1f方案\x1f{}\x1f{}\x1e".encode())


class ChainHeadFactory(DjangoModelFactory[ChainHead]):
    class Meta:
        model = ChainHead
        django_get_or_create = ("pk",)

    pk = 1
    seq = 0
    digest = ""


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


class ListCountFactory(DjangoModelFactory[ListCount]):
    class Meta:
        model = ListCount

    application = factory.SubFactory(ApplicationFactory)
    code = "leading_enterprises"
    number = 1
    counted_on = SIGNED


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
