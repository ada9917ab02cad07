"""Factories of projects and leads; tests take them from tests.factories."""

import factory
from factory.django import DjangoModelFactory

from spectown.projects.models import Lead, Project, ProjectMonth, ProjectYear


class ProjectFactory(DjangoModelFactory[Project]):
    class Meta:
        model = Project

    name = factory.Sequence(lambda n: f"第{n}个项目")
    category = "flagship"
    registered_on = None  # entered long ago
    territory = factory.SubFactory("tests.factories.TerritoryFactory")


class ProjectYearFactory(DjangoModelFactory[ProjectYear]):
    class Meta:
        model = ProjectYear

    project = factory.SubFactory(ProjectFactory)
    territory = factory.SelfAttribute("project.territory")
    year = 2025


class ProjectMonthFactory(DjangoModelFactory[ProjectMonth]):
    class Meta:
        model = ProjectMonth

    project = factory.SubFactory(ProjectFactory)
    territory = factory.SelfAttribute("project.territory")
    year = 2025
    month = 1


class LeadFactory(DjangoModelFactory[Lead]):
    class Meta:
        model = Lead

    target = factory.Sequence(lambda n: f"第{n}家目标企业")
    name = "拟投项目"
    region = "jingjinji"
    channel = "chain"
    territory = factory.SubFactory("tests.factories.TerritoryFactory")
