"""Rows of supervision notices."""

import datetime
import hashlib
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from spectown.supervision import models
from tests.supervision_factories import WorkFactory

DAY = datetime.date(2026, 6, 1)


def _user() -> Any:
    return factory.SubFactory("tests.factories.UserFactory")


class NoticeFactory(DjangoModelFactory[models.Notice]):
    """A draft; `sent=True`: issued on DAY, with the unit until `work__first_deadline`."""

    class Meta:
        model = models.Notice

    class Params:
        sent = factory.Trait(
            work=factory.SubFactory(WorkFactory, kind="notice", running=True, state="rectifying"), issued_on=DAY
        )

    work = factory.SubFactory(WorkFactory, kind="notice", title="重点项目进度滞后")
    said = "两个项目亮红灯"
    affected = factory.SubFactory("tests.factories.UnitFactory")
    made_by = _user()


class DemandFactory(DjangoModelFactory[models.Demand]):
    class Meta:
        model = models.Demand

    notice = factory.SubFactory(NoticeFactory)
    number = factory.Sequence(lambda n: n + 1)
    text = "查明滞后原因并报赶工计划"
    due = DAY


class NoticeFigureFactory(DjangoModelFactory[models.NoticeFigure]):
    class Meta:
        model = models.NoticeFigure

    notice = factory.SubFactory(NoticeFactory)
    label = "红灯项目数"
    unit = "个"
    better = "down"


class SetAsideFactory(DjangoModelFactory[models.SetAside]):
    class Meta:
        model = models.SetAside

    occasion = factory.Sequence(lambda n: f"project:project:{n}:")
    title = "项目推进滞后"
    reason = "已约谈"
    made_on = DAY
    made_at = factory.LazyFunction(timezone.now)
    made_by = _user()


class NoticeReportFactory(DjangoModelFactory[models.NoticeReport]):
    class Meta:
        model = models.NoticeReport

    notice = factory.SubFactory(NoticeFactory)
    text = "已完成选址"
    changed_at = factory.LazyFunction(timezone.now)
    changed_by = _user()


class NoticeFileFactory(DjangoModelFactory[models.NoticeFile]):
    class Meta:
        model = models.NoticeFile

    report = factory.SubFactory(NoticeReportFactory)
    file = factory.django.FileField(filename="proof.pdf", data=b"%PDF-1.4")
    name = "施工许可证.pdf"
    content_type = "application/pdf"
    size = 8
    sha256 = hashlib.sha256(b"%PDF-1.4").hexdigest()
    uploaded_by = _user()


class VisitFactory(DjangoModelFactory[models.Visit]):
    """Planned for DAY, with two items."""

    class Meta:
        model = models.Visit

    kind = "inspection"
    title = factory.Sequence(lambda n: f"第{n}次专项检查")
    checklist = "after_title"
    items = factory.LazyFunction(
        lambda: [
            {"code": "output", "text": "产值有佐证", "clause": "二(四)"},
            {"code": "other", "text": "其他情况", "clause": ""},
        ]
    )
    starts = DAY
    ends = DAY
    participants = "张三、李四"
    made_by = _user()


class VisitTownFactory(DjangoModelFactory[models.VisitTown]):
    class Meta:
        model = models.VisitTown

    visit = factory.SubFactory(VisitFactory)
    town = factory.SubFactory("tests.factories.TownFactory")


class VisitAnswerFactory(DjangoModelFactory[models.VisitAnswer]):
    class Meta:
        model = models.VisitAnswer

    place = factory.SubFactory(VisitTownFactory)
    item = "output"
    verdict = "finding"
    note = "产值没有佐证"
    made_by = _user()


class FindingFactory(DjangoModelFactory[models.Finding]):
    class Meta:
        model = models.Finding

    answer = factory.SubFactory(VisitAnswerFactory)


class MeetingFactory(DjangoModelFactory[models.Meeting]):
    class Meta:
        model = models.Meeting

    title = factory.Sequence(lambda n: f"第{n}次推进会")
    day = DAY
    made_by = _user()


class AgendaItemFactory(DjangoModelFactory[models.AgendaItem]):
    class Meta:
        model = models.AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    number = factory.Sequence(lambda n: n + 1)
    title = "精深加工项目推进滞后"


class MeetingDecisionFactory(DjangoModelFactory[models.Decision]):
    class Meta:
        model = models.Decision

    meeting = factory.SubFactory(MeetingFactory)
    text = factory.Sequence(lambda n: f"协调第{n}个项目用地")
    clause = "三(四)"
    unit = factory.SubFactory("tests.factories.UnitFactory")
    deadline = DAY
    made_by = _user()
