"""Factories of what people keep about lists; tests take them from tests.factories."""

import factory
from factory.django import DjangoModelFactory

from spectown.lists.models import ImportRun, SavedView


class SavedViewFactory(DjangoModelFactory[SavedView]):
    class Meta:
        model = SavedView

    ledger = "enterprises"
    name = factory.Sequence(lambda n: f"视图{n}")
    owner = factory.SubFactory("tests.factories.UserFactory")


class ImportRunFactory(DjangoModelFactory[ImportRun]):
    """An upload as noted; its way is tested with importing.services."""

    class Meta:
        model = ImportRun

    ledger = "enterprises"
    file_name = "企业.xlsx"
    digest = factory.Sequence(lambda n: f"{n:064x}")
    uploaded_by = factory.SubFactory("tests.factories.UserFactory")
