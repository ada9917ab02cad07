"""Rows of jobs; part of tests.factories."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from spectown.jobs.models import Job, Lease


class JobFactory(DjangoModelFactory[Job]):
    class Meta:
        model = Job

    kind = "audit.verify"
    title = factory.Sequence(lambda n: f"核验操作日志{n}")
    requested_by = factory.SubFactory("tests.factories.UserFactory")
    requester_name = factory.SelfAttribute("requested_by.name")


class LeaseFactory(DjangoModelFactory[Lease]):
    class Meta:
        model = Lease

    name = factory.Sequence(lambda n: f"work-{n}")
    holder = "h/1/2/t"
    until = factory.LazyFunction(timezone.now)
