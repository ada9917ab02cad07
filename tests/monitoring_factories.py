"""Rows of monitoring; a plan in force with the indicators, forms and checks of 长治."""

import datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from spectown.monitoring import models
from spectown.plans.models import PlanVersion
from tests.plan_files import plan_file
from tests.supervision_factories import WorkFactory, supervised_plan

OCTOBER = 20261001  # ordinal of 2026-10
FILES = {"indicators": "indicators.yaml", "forms": "reportforms.yaml", "checks": "checks.yaml"}


def monitored_plan() -> PlanVersion:
    """The current plan with settings and calendar of dated work, and all of monitoring."""
    version = supervised_plan()
    read = {key: plan_file(name)[key] for key, name in FILES.items()}
    version.monitoring = _plain(read)
    version.save()
    return version


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


class IndicatorFactory(DjangoModelFactory[models.Indicator]):
    class Meta:
        model = models.Indicator

    code = factory.Sequence(lambda n: f"indicator_{n}")
    name = factory.Sequence(lambda n: f"第{n}项指标")
    unit = "万元"


class DefinitionFactory(DjangoModelFactory[models.Definition]):
    class Meta:
        model = models.Definition

    kind = "check"
    code = factory.Sequence(lambda n: f"check_{n}")
    data = factory.LazyFunction(dict)
    reason = "试行"
    made_by = factory.SubFactory("tests.factories.UserFactory")


class FormPeriodFactory(DjangoModelFactory[models.FormPeriod]):
    class Meta:
        model = models.FormPeriod
        django_get_or_create = ("form", "ordinal")

    form = "monthly"
    name = "专业镇运行月报"
    ordinal = OCTOBER
    opens = datetime.date(2026, 11, 2)
    due = datetime.date(2026, 11, 9)
    closes = datetime.date(2026, 11, 13)


class SheetFactory(DjangoModelFactory[models.Sheet]):
    class Meta:
        model = models.Sheet

    work = factory.SubFactory(WorkFactory, kind="sheet", state="not_started")
    form_period = factory.SubFactory(FormPeriodFactory)
    town = factory.SubFactory("tests.factories.TownFactory")


class ExplanationFactory(DjangoModelFactory[models.Explanation]):
    class Meta:
        model = models.Explanation

    sheet = factory.SubFactory(SheetFactory)
    key = factory.Sequence(lambda n: f"rule_{n}:output")
    text = "新厂投产"
    made_by = factory.SubFactory("tests.factories.UserFactory")


class LateExceptionFactory(DjangoModelFactory[models.LateException]):
    class Meta:
        model = models.LateException

    sheet = factory.SubFactory(SheetFactory)
    until = datetime.date(2026, 11, 20)
    reason = "停电"
    made_by = factory.SubFactory("tests.factories.UserFactory")


class CellFactory(DjangoModelFactory[models.Cell]):
    class Meta:
        model = models.Cell

    town = factory.SubFactory("tests.factories.TownFactory")
    indicator = factory.SubFactory(IndicatorFactory)
    ordinal = OCTOBER
    kind = 2
    number = 1200


class CellVersionFactory(DjangoModelFactory[models.CellVersion]):
    class Meta:
        model = models.CellVersion

    cell = factory.SubFactory(CellFactory)
    revision = factory.Sequence(lambda n: n + 1)
    kind = 2
    number = 1200
    state = "reported"
    origin = "grid"


class CellFileFactory(DjangoModelFactory[models.CellFile]):
    class Meta:
        model = models.CellFile

    cell = factory.SubFactory(CellFactory)
    file = factory.django.FileField(filename="证明.pdf", data=b"%PDF-1.4")
    name = "证明.pdf"
    content_type = "application/pdf"
    size = 8
    sha256 = "0" * 64
    uploaded_by = factory.SubFactory("tests.factories.UserFactory")


class TallyFactory(DjangoModelFactory[models.Tally]):
    class Meta:
        model = models.Tally

    indicator = factory.SubFactory(IndicatorFactory)
    ordinal = OCTOBER
    category = "food"


class SpreadFactory(DjangoModelFactory[models.Spread]):
    class Meta:
        model = models.Spread

    indicator = factory.SubFactory(IndicatorFactory)
    ordinal = OCTOBER
    category = "food"
    figures = "1 2.5 10"


class OverlapFactory(DjangoModelFactory[models.Overlap]):
    class Meta:
        model = models.Overlap

    indicator = factory.SubFactory(IndicatorFactory)
    ordinal = OCTOBER
    towns = factory.LazyFunction(list)
    number = 1
