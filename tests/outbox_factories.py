"""Rows of the outbox; part of tests.factories."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from spectown.organisations.models import Membership
from spectown.outbox.models import Choice, Delivery, Feed, Halt, Message, Preference
from spectown.outbox.services import digest_of


class MessageFactory(DjangoModelFactory[Message]):
    class Meta:
        model = Message

    receiver = factory.SubFactory("tests.factories.UserFactory")
    kind = "outbox.trial"
    object_id = factory.Sequence(lambda n: n + 1)
    event = factory.Sequence(lambda n: f"outbox.trial:{n}:once")


class DeliveryFactory(DjangoModelFactory[Delivery]):
    class Meta:
        model = Delivery

    message = factory.SubFactory(MessageFactory)
    channel = "mail"
    due_at = factory.LazyFunction(timezone.now)


class PreferenceFactory(DjangoModelFactory[Preference]):
    class Meta:
        model = Preference

    user = factory.SubFactory("tests.factories.UserFactory")


class ChoiceFactory(DjangoModelFactory[Choice]):
    class Meta:
        model = Choice

    user = factory.SubFactory("tests.factories.UserFactory")
    kind = "outbox.trial"
    channel = "mail"


class FeedFactory(DjangoModelFactory[Feed]):
    class Meta:
        model = Feed

    user = factory.SubFactory("tests.factories.UserFactory")
    digest = factory.Sequence(lambda n: f"{n:064d}")


class HaltFactory(DjangoModelFactory[Halt]):
    class Meta:
        model = Halt

    stopped_by = factory.SubFactory("tests.factories.UserFactory")
    reason = "系统维护"


def feed_token(membership: Membership) -> str:
    """Address of a calendar of somebody who holds a role."""
    token = f"token-{membership.pk}"
    FeedFactory.create(user=membership.user, digest=digest_of(token))
    return token
