"""Factories of enterprises and what belongs to them; tests take them from tests.factories."""

import datetime

import factory
from factory.django import DjangoModelFactory

from spectown.enterprises.enums import ChainRole, HonourKind, HonourLevel, PairReason
from spectown.enterprises.models import (
    DuplicatePair,
    Enterprise,
    EnterpriseHonour,
    EnterpriseYear,
    TownMembership,
)


class EnterpriseFactory(DjangoModelFactory[Enterprise]):
    class Meta:
        model = Enterprise

    name = factory.Sequence(lambda n: f"第{n}家庭农场")
    kind = "family_farm"  # needs no code
    territory = factory.SubFactory("tests.factories.TerritoryFactory")


class TownMembershipFactory(DjangoModelFactory[TownMembership]):
    class Meta:
        model = TownMembership

    enterprise = factory.SubFactory(EnterpriseFactory)
    territory = factory.SelfAttribute("enterprise.territory")
    town = factory.SubFactory("tests.factories.TownFactory")
    chain_role = ChainRole.PARTNER


class EnterpriseHonourFactory(DjangoModelFactory[EnterpriseHonour]):
    class Meta:
        model = EnterpriseHonour

    enterprise = factory.SubFactory(EnterpriseFactory)
    territory = factory.SelfAttribute("enterprise.territory")
    town = factory.SelfAttribute("enterprise.town")
    kind = HonourKind.SPECIALISED
    level = HonourLevel.PROVINCE
    issuer = "省工业和信息化厅"
    valid_from = datetime.date(2023, 3, 31)


class EnterpriseYearFactory(DjangoModelFactory[EnterpriseYear]):
    class Meta:
        model = EnterpriseYear

    enterprise = factory.SubFactory(EnterpriseFactory)
    territory = factory.SelfAttribute("enterprise.territory")
    town = factory.SelfAttribute("enterprise.town")
    year = factory.Sequence(lambda n: 2000 + n % 100)
    source = "县统计局年报"


class DuplicatePairFactory(DjangoModelFactory[DuplicatePair]):
    class Meta:
        model = DuplicatePair

    first = factory.SubFactory(EnterpriseFactory)
    second = factory.SubFactory(EnterpriseFactory)
    reason = PairReason.SIMILAR_NAME
    score = 90
