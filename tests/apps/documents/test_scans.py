"""The scan of a signature made on paper: a PDF or picture, sealed by its hash, seen by office and leaders alone."""

import hashlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from spectown.accounts.permissions import Role
from spectown.audit.models import Event
from spectown.documents import services
from spectown.documents.enums import State
from spectown.documents.models import DocumentBatch, OfficialDocument, SignatureScan
from spectown.documents.services import Upload
from spectown.documents.services.moves import PaperSignature
from spectown.jobs.worker import run_waiting
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from tests import factories
from tests.apps.documents.conftest import FACTS

pytestmark = [pytest.mark.django_db, pytest.mark.data]
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(factories.User.objects.get(pk=actor.user_id))
    return client


def url(name: str, pk: int) -> str:
    return reverse(f"documents:{name}", args=[pk])


def paper(content: bytes = PDF, name: str = "签批件.pdf") -> dict[str, object]:
    return {
        "signer": "王某",
        "on": str(timezone.localdate()),
        "reference": "签批件 7",
        "scan": SimpleUploadedFile(name, content),
    }


@pytest.fixture
def waiting(drafter: Actor, checker: Actor) -> OfficialDocument:
    unit = factories.UnitFactory.create(name="甲县政府")
    document = services.draft(kind="free_notice", facts=FACTS, by=drafter, recipients=[unit])
    services.move(document=document, code="submit", by=drafter)
    return services.move(document=document, code="check", by=checker)


def workbook() -> bytes:
    stream = BytesIO()
    Workbook().save(stream)
    return stream.getvalue()


def test_it_is_kept_with_its_hash(waiting: OfficialDocument, drafter: Actor, checker: Actor) -> None:
    signature = PaperSignature("王某", timezone.localdate(), "签批件 2026-031")
    for scan, said in (
        (Upload("a.docx", b"PK"), "类型不能上传,只接受 PDF、JPG、PNG"),
        (Upload("a.pdf", b"<html>"), "不是 PDF"),
        (Upload("a.pdf", b""), "空文件"),
        (Upload("表.xlsx", workbook()), "只接受 PDF、JPG、PNG"),
    ):
        with pytest.raises(Refused, match=said):
            services.sign_on_paper(document=waiting, signature=signature, by=checker, scan=scan)
    with pytest.raises(Refused, match="不能由起草人自己登记"):
        services.sign_on_paper(document=waiting, signature=signature, by=drafter, scan=Upload("a.pdf", PDF))
    assert not SignatureScan.objects.exists()
    signed = services.sign_on_paper(document=waiting, signature=signature, by=checker, scan=Upload("签批件.pdf", PDF))
    scan = SignatureScan.objects.get()
    assert signed.signature_scan == scan
    assert (scan.name, scan.sha256) == ("签批件.pdf", hashlib.sha256(PDF).hexdigest())
    assert services.verified(scan) == PDF
    assert Event.objects.get(action="document.sign_paper").after["scan"] == scan.sha256


def test_from_the_form_to_the_page(waiting: OfficialDocument, checker: Actor, leader: Actor) -> None:
    office = browser(checker)
    refused = office.post(url("sign_paper", waiting.pk), paper(b"<html>"))
    assert refused.status_code == 422
    assert "内容不是 PDF 文件" in refused.content.decode()
    with override_settings(UPLOAD_MAX_BYTES=10):
        assert "请压缩后重新上传" in office.post(url("sign_paper", waiting.pk), paper()).content.decode()
    assert office.post(url("sign_paper", waiting.pk), paper()).status_code == 302
    for client in (office, browser(leader)):
        shown = client.get(url("document", waiting.pk)).content.decode()
        assert "签批件.pdf" in shown
        assert SignatureScan.objects.get().sha256 in shown
        answer = client.get(url("scan", waiting.pk))
        assert answer.getvalue() == PDF
        assert answer["Content-Disposition"].startswith("inline")
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_receivers_see_the_document_but_not_the_scan(waiting: OfficialDocument, checker: Actor) -> None:
    browser(checker).post(url("sign_paper", waiting.pk), paper())
    receiver = factories.client_for(Role.DEPARTMENT, unit=waiting.receipts.get().unit)
    shown = receiver.get(url("document", waiting.pk))
    assert shown.status_code == 200
    assert "签批件.pdf" not in shown.content.decode()
    assert SignatureScan.objects.get().sha256 not in shown.content.decode()
    assert receiver.get(url("scan", waiting.pk)).status_code == 404


def test_a_changed_scan_is_not_served(waiting: OfficialDocument, checker: Actor) -> None:
    client = browser(checker)
    client.post(url("sign_paper", waiting.pk), paper())
    scan = SignatureScan.objects.get()
    scan.file.storage.delete(scan.file.name)
    scan.file.storage.save(scan.file.name, BytesIO(PDF + b" other"))
    answer = client.get(url("scan", waiting.pk), follow=True)
    assert answer.redirect_chain == [(url("document", waiting.pk), 302)]
    assert "校验值不符" in answer.content.decode()


def test_one_scan_for_a_batch(drafter: Actor, checker: Actor) -> None:
    units = factories.UnitFactory.create_batch(2)
    pattern = services.draft(kind="free_notice", facts=FACTS | {"subject": "报送{{单位}}数据"}, by=drafter)
    browser(drafter).post(url("batch_units", pattern.pk), {"units": [unit.pk for unit in units]})
    run_waiting()
    batch = DocumentBatch.objects.get()
    for document in batch.documents.all():
        services.move(document=document, code="submit", by=drafter)
        services.move(document=document, code="check", by=checker)
    office = browser(checker)
    refused = office.post(url("batch_sign_paper", batch.pk), paper(workbook(), "表.xlsx"))
    assert refused.status_code == 422
    assert "只接受 PDF、JPG、PNG" in refused.content.decode()
    assert office.post(url("batch_sign_paper", batch.pk), paper()).status_code == 302
    run_waiting()
    scan = SignatureScan.objects.get()
    signed = set(batch.documents.values_list("state", "signature_scan", "signature_reference"))
    assert signed == {(State.ISSUED, scan.pk, "签批件 7")}
