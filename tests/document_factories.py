"""Factories of the register of documents; tests take them from tests.factories."""

import datetime
import hashlib

import factory
from factory.django import DjangoModelFactory

from spectown.documents.enums import FileForm
from spectown.documents.models import (
    Bundle,
    Concern,
    DocumentBatch,
    DocumentFile,
    NumberSequence,
    OfficialDocument,
    OwnTemplate,
    Receipt,
    SignatureScan,
)


class OfficialDocumentFactory(DjangoModelFactory[OfficialDocument]):
    """A draft as stored; its way is tested with documents.services."""

    class Meta:
        model = OfficialDocument

    version = factory.SubFactory("tests.factories.PlanVersionFactory")
    kind = "free_notice"
    kind_label = "通知"
    title = factory.Sequence(lambda n: f"关于第{n}项工作的通知")
    organs = factory.LazyFunction(lambda: ["领导小组办公室"])
    drafted_by = factory.SubFactory("tests.factories.UserFactory")
    changed_by = factory.SelfAttribute("drafted_by")


class NumberSequenceFactory(DjangoModelFactory[NumberSequence]):
    class Meta:
        model = NumberSequence

    code = factory.Sequence(lambda n: f"某专镇办{n}")
    year = 2026


class DocumentFileFactory(DjangoModelFactory[DocumentFile]):
    class Meta:
        model = DocumentFile

    document = factory.SubFactory(OfficialDocumentFactory)
    form = FileForm.PDF
    file = factory.django.FileField(filename="document.pdf", data=b"%PDF-1.4")
    size = 8
    sha256 = hashlib.sha256(b"%PDF-1.4").hexdigest()


class ConcernFactory(DjangoModelFactory[Concern]):
    class Meta:
        model = Concern

    document = factory.SubFactory(OfficialDocumentFactory)
    object_type = "towns.town"
    object_id = "1"
    label = "某镇"


class ReceiptFactory(DjangoModelFactory[Receipt]):
    class Meta:
        model = Receipt

    document = factory.SubFactory(OfficialDocumentFactory)
    unit = factory.SubFactory("tests.factories.UnitFactory")
    deadline = datetime.date(2026, 12, 1)


class OwnTemplateFactory(DjangoModelFactory[OwnTemplate]):
    """A draft as stored; uploading is tested with documents.services."""

    class Meta:
        model = OwnTemplate

    kind = "free_notice"
    kind_label = "通知"
    name = factory.Sequence(lambda n: f"红头通知{n}")
    file = factory.django.FileField(filename="a.docx", data=b"PK")
    filename = "红头通知.docx"
    size = 2
    sha256 = hashlib.sha256(b"PK").hexdigest()
    uploaded_by = factory.SubFactory("tests.factories.UserFactory")


class SignatureScanFactory(DjangoModelFactory[SignatureScan]):
    class Meta:
        model = SignatureScan

    file = factory.django.FileField(filename="a.pdf", data=b"%PDF-1.4")
    name = "签批件.pdf"
    content_type = "application/pdf"
    size = 8
    sha256 = hashlib.sha256(b"%PDF-1.4").hexdigest()
    uploaded_by = factory.SubFactory("tests.factories.UserFactory")


class BundleFactory(DjangoModelFactory[Bundle]):
    class Meta:
        model = Bundle

    kind = "meeting"
    title = factory.Sequence(lambda n: f"会议材料{n}")
    file = factory.django.FileField(filename="a.zip", data=b"PK")
    name = "会议材料.zip"
    size = 2
    sha256 = hashlib.sha256(b"PK").hexdigest()
    made_by = factory.SubFactory("tests.factories.UserFactory")


class DocumentBatchFactory(DjangoModelFactory[DocumentBatch]):
    class Meta:
        model = DocumentBatch

    title = factory.Sequence(lambda n: f"关于第{n}批事项的通知")
    kind = "free_notice"
    kind_label = "通知"
    made_by = factory.SubFactory("tests.factories.UserFactory")
