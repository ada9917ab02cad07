"""Factories of what people keep about lists; tests take them from tests.factories."""

import factory
from factory.django import DjangoModelFactory

from spectown.lists.models import SavedView


class SavedViewFactory(DjangoModelFactory[SavedView]):
    class Meta:
        model = SavedView

    ledger = "enterprises"
    name = factory.Sequence(lambda n: f"视图{n}")
    owner = factory.SubFactory("tests.factories.UserFactory")
