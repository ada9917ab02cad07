"""Factories of the lists of the app `ledgers`; tests take them from tests.factories."""

import datetime

import factory
from factory.django import DjangoModelFactory

from spectown.ledgers import models
from spectown.lists.models import ListRow

DAY = datetime.date(2026, 3, 2)


class _Row(DjangoModelFactory[ListRow]):
    class Meta:
        abstract = True

    territory = factory.SubFactory("tests.factories.TerritoryFactory")


class InnovationCentreFactory(_Row):
    class Meta:
        model = models.InnovationCentre

    name = factory.Sequence(lambda n: f"第{n}技术中心")
    kind = "technology_centre"
    rank = "city"


class ResearchTopicFactory(_Row):
    class Meta:
        model = models.ResearchTopic

    name = factory.Sequence(lambda n: f"第{n}项关键技术")
    field = "food"
    mode = "university"


class BrandFactory(_Row):
    class Meta:
        model = models.Brand

    name = factory.Sequence(lambda n: f"品牌{n}")
    kind = "regional"
    rank = "city"


class StandardFactory(_Row):
    class Meta:
        model = models.Standard

    code = factory.Sequence(lambda n: f"DB14/T {n}—2025")
    name = "小米通用技术要求"
    kind = "local"
    part = "led"


class IntellectualPropertyFactory(_Row):
    class Meta:
        model = models.IntellectualProperty

    code = factory.Sequence(lambda n: f"ZL2025{n:08d}")
    name = "一种小米脱壳装置"
    kind = "invention"


class TrainingFactory(_Row):
    class Meta:
        model = models.Training

    name = factory.Sequence(lambda n: f"第{n}期培训")
    kind = "skills"
    organiser = "县人社局"
    starts_on = DAY


class EmploymentFactory(_Row):
    class Meta:
        model = models.Employment

    town = factory.SubFactory("tests.factories.TownFactory")
    year = 2025
    source = "县人社局年报"


class FairFactory(_Row):
    class Meta:
        model = models.Fair

    name = factory.Sequence(lambda n: f"第{n}届展销会")
    kind = "sale"
    starts_on = DAY


class NeedFactory(_Row):
    class Meta:
        model = models.Need

    title = factory.Sequence(lambda n: f"需求{n}")
    kind = "land"
    raised_on = DAY


class ServicePlatformFactory(_Row):
    class Meta:
        model = models.ServicePlatform

    name = factory.Sequence(lambda n: f"第{n}服务平台")


class ParkFactory(_Row):
    class Meta:
        model = models.Park

    name = factory.Sequence(lambda n: f"第{n}产业园")
    kind = "park"


class TownPolicyFactory(_Row):
    class Meta:
        model = models.TownPolicy

    title = factory.Sequence(lambda n: f"第{n}号扶持措施")
    issuer = "县政府"
    kind = "funds"
    measure = "对首次升规企业奖励 10 万元"
