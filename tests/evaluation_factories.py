"""Rows of evaluation; an evaluation whose scheme is the plan's."""

import datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from spectown.evaluation import models
from tests.plan_files import plan_file


def plan_scheme(draws: int = 200) -> dict[str, Any]:
    """The plan's scheme as written, with few draws."""
    found: dict[str, Any] = plan_file("evaluation.yaml")["evaluation"][0]
    found["scheme"]["robustness"]["draws"] = draws
    return found


class EvaluationFactory(DjangoModelFactory[models.Evaluation]):
    class Meta:
        model = models.Evaluation

    year = factory.Sequence(lambda n: 2025 + n)
    name = factory.LazyAttribute(lambda e: f"{e.year}年度市级专业镇评估")
    version = factory.SubFactory("tests.factories.PlanVersionFactory")
    scheme = factory.LazyFunction(plan_scheme)
    since = datetime.date(2026, 1, 20)
    made_by = factory.SubFactory("tests.factories.UserFactory")


class EvaluationStepFactory(DjangoModelFactory[models.EvaluationStep]):
    class Meta:
        model = models.EvaluationStep

    evaluation = factory.SubFactory(EvaluationFactory)
    move = "freeze"
    label = "冻结数据"
    state = "frozen"
    made_by = factory.SubFactory("tests.factories.UserFactory")


class EvaluationEntryFactory(DjangoModelFactory[models.EvaluationEntry]):
    class Meta:
        model = models.EvaluationEntry

    evaluation = factory.SubFactory(EvaluationFactory)
    town = factory.SubFactory("tests.factories.TownFactory")
    code = "honours"
    reason = "省政府通报表扬"
    made_by = factory.SubFactory("tests.factories.UserFactory")


class SnapshotFactory(DjangoModelFactory[models.Snapshot]):
    class Meta:
        model = models.Snapshot

    evaluation = factory.SubFactory(EvaluationFactory)
    number = 1
    content = factory.LazyFunction(dict)
    scheme = factory.LazyAttribute(lambda s: s.evaluation.scheme)
    sha256 = "0" * 64
    made_by = factory.SubFactory("tests.factories.UserFactory")


class ParticipantFactory(DjangoModelFactory[models.Participant]):
    class Meta:
        model = models.Participant

    snapshot = factory.SubFactory(SnapshotFactory)
    town = factory.SubFactory("tests.factories.TownFactory")
    name = factory.LazyAttribute(lambda p: p.town.name)
    category = "manufacturing"
    group = "制造业和信创"
    level = "city"


class SnapshotValueFactory(DjangoModelFactory[models.SnapshotValue]):
    class Meta:
        model = models.SnapshotValue

    participant = factory.SubFactory(ParticipantFactory)
    code = "output"
    now = 1200
    state = "certified"
    source = "报表"


class ResultFactory(DjangoModelFactory[models.Result]):
    class Meta:
        model = models.Result

    snapshot = factory.SubFactory(SnapshotFactory)
    stage = "first"
    content = factory.LazyFunction(lambda: {"board": {"rows": []}, "peers": {}, "progress": [], "calls": []})
    made_by = factory.SubFactory("tests.factories.UserFactory")


class ResultRowFactory(DjangoModelFactory[models.ResultRow]):
    class Meta:
        model = models.ResultRow

    result = factory.SubFactory(ResultFactory)
    participant = factory.SubFactory(ParticipantFactory)
    score = 60
    rank = 1
    coverage = 1.0


class _File(DjangoModelFactory[Any]):
    class Meta:
        abstract = True

    file = factory.django.FileField(filename="证明.pdf", data=b"%PDF-1.4")
    name = "证明.pdf"
    content_type = "application/pdf"
    size = 8
    sha256 = "0" * 64


class PackageFactory(_File):
    class Meta:
        model = models.Package

    evaluation = factory.SubFactory(EvaluationFactory)
    uploaded_by = factory.SubFactory("tests.factories.UserFactory")


class PublicationFactory(DjangoModelFactory[models.Publication]):
    class Meta:
        model = models.Publication

    evaluation = factory.SubFactory(EvaluationFactory)
    number = 1
    result = factory.LazyAttribute(lambda p: ResultFactory.create(snapshot__evaluation=p.evaluation, stage="final"))
    package = factory.LazyAttribute(lambda p: PackageFactory.create(evaluation=p.evaluation))
    made_by = factory.SubFactory("tests.factories.UserFactory")


class ReplyFactory(_File):
    class Meta:
        model = models.Reply

    value = factory.SubFactory(SnapshotValueFactory)
    asked = 1300
    text = "漏报一户"
    page_number = 1
    raised_by = factory.SubFactory("tests.factories.UserFactory")


class ConfirmationFactory(DjangoModelFactory[models.Confirmation]):
    class Meta:
        model = models.Confirmation

    snapshot = factory.SubFactory(SnapshotFactory)
    unit = factory.SubFactory("tests.factories.UnitFactory")
    made_by = factory.SubFactory("tests.factories.UserFactory")


class EvaluationDecisionFactory(DjangoModelFactory[models.Decision]):
    class Meta:
        model = models.Decision

    result = factory.SubFactory(ResultFactory)
    participant = factory.SubFactory(ParticipantFactory)
    line = "commend"
    applies = True
    reason = "综合考虑"
    person = "王某"
    made_by = factory.SubFactory("tests.factories.UserFactory")


class SchemeFactory(DjangoModelFactory[models.Scheme]):
    class Meta:
        model = models.Scheme

    year = 2026
    content = factory.LazyFunction(lambda: {**plan_scheme(), "year": 2026})
    base = factory.LazyFunction(plan_scheme)
    origin = "2025年度方案"
    made_by = factory.SubFactory("tests.factories.UserFactory")


class SchemeStepFactory(DjangoModelFactory[models.SchemeStep]):
    class Meta:
        model = models.SchemeStep

    scheme = factory.SubFactory(SchemeFactory)
    code = "edit"
    label = "改权重"
    made_by = factory.SubFactory("tests.factories.UserFactory")
