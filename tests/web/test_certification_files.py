"""Evidence files: what is taken, what is refused, who may open them."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from spectown.accounts.models import User
from spectown.accounts.permissions import Role
from spectown.audit.models import Event
from spectown.certification import services
from spectown.certification.facts import answers_of
from spectown.certification.models import Application, EvidenceFile
from spectown.lib.proofs.check import clean_name, inspect
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from tests.criteria import NEEDED, county, current_plan, filler
from tests.factories import actor

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"


def packed(*names: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return out.getvalue()


DOCX = packed("[Content_Types].xml", "word/document.xml")


@pytest.fixture
def fills() -> Actor:
    current_plan()
    return filler(county())


@pytest.fixture
def draft(fills: Actor) -> Application:
    return services.create(by=fills, raw=NEEDED)


def client(by: Actor) -> Client:
    found = Client()
    found.force_login(User.objects.get(pk=by.person))
    return found


def add(draft: Application, by: Actor, name: str = "证书.pdf", content: bytes = PDF) -> EvidenceFile:
    return services.add_file(application=draft, criterion="product_brands", name=name, content=content, by=by)


@pytest.mark.parametrize(("name", "content"), [("证书.pdf", PDF), ("照片.PNG", PNG), ("说明2022.12.docx", DOCX)])
def test_plain_documents_are_taken(name: str, content: bytes) -> None:
    assert inspect(name, content).name == name


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.exe", b"MZ" + b"\0" * 99, "类型不能上传"),
        ("a.html", b"<html>", "类型不能上传"),
        ("a", PDF, "类型不能上传"),
        ("a.pdf.exe", PDF, "类型不能上传"),
        ("a.exe.pdf", PDF, "两个扩展名"),
        ("a.html.png", PNG, "两个扩展名"),
        ("a.pdf", b"", "空文件"),
        ("a.pdf", b"MZ" + b"\0" * 99, "内容不是 PDF"),
        ("a.png", PDF, "内容不是 PNG"),
        ("a.pdf", "文字".encode(), "内容不是 PDF"),
        ("a.docx", packed("evil.txt"), "内容不是 DOCX"),
        ("a.docx", packed("word/document.xml", "word/vbaProject.bin"), "内容不是 DOCX"),
        ("a.xlsx", DOCX, "内容不是 XLSX"),
        ("a.xlsx", b"PK\x03\x04" + b"\0" * 40, "内容不是 XLSX"),
    ],
)
def test_everything_else_is_refused_with_words(name: str, content: bytes, message: str) -> None:
    with pytest.raises(Refused, match=message):
        inspect(name, content)


def test_too_large(settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    with pytest.raises(Refused, match="超过 1 MB"):
        inspect("a.pdf", PDF + b"\0" * 1024 * 1024)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\temp\\证书.pdf", "证书.pdf"),
        ("证\u202e书\x00.pdf", "证书.pdf"),
        ('a"<b>|c.pdf', "abc.pdf"),
        ("..", "未命名"),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
    ],
)
def test_names_are_cleaned(name: str, clean: str) -> None:
    assert clean_name(name) == clean


def test_a_file_is_material_and_logged(fills: Actor, draft: Application) -> None:
    file = add(draft, fills)
    fresh = Application.objects.get()
    assert (fresh.revision, len(file.sha256), file.size) == (draft.revision + 1, 64, len(PDF))
    assert answers_of(fresh).evidence["product_brands"] == "附件:证书.pdf"
    assert "证书" not in file.file.name
    event = Event.objects.first()
    assert event is not None
    assert (event.action, event.after["name"]) == ("application.file_add", "证书.pdf")


def test_twice_the_same_and_unknown_criterion(fills: Actor, draft: Application) -> None:
    add(draft, fills)
    with pytest.raises(Refused, match="已经上传过"):
        add(draft, fills, name="另一个.pdf")
    with pytest.raises(Refused, match="没有这一项条件"):
        services.add_file(application=draft, criterion="nothing", name="a.pdf", content=PDF, by=fills)


def test_removing_needs_a_reason_and_keeps_the_record(fills: Actor, draft: Application) -> None:
    file = add(draft, fills)
    with pytest.raises(Refused, match="理由"):
        services.remove_file(file=file, reason=" ", by=fills)
    services.remove_file(file=file, reason="传错了", by=fills)
    file.refresh_from_db()
    assert file.removed_by_id == fills.user_id
    assert file.file.storage.exists(file.file.name)
    assert answers_of(Application.objects.get()).evidence == {}
    with pytest.raises(Refused, match="已经移除"):
        services.remove_file(file=file, reason="再来", by=fills)


def test_upload_with_the_page_and_open_again(fills: Actor, draft: Application) -> None:
    browser = client(fills)
    numbers = [n for n in range(4, 12) if b"file_product_brands" in browser.get(_section(draft, n)).content]
    data = {"revision": draft.revision, "evidence_product_brands": "品牌1个"}
    upload = SimpleUploadedFile("证书.pdf", PDF)
    answer = browser.post(_section(draft, numbers[0]), {**data, "file_product_brands": upload})
    assert answer.status_code == 302
    file = EvidenceFile.objects.get()
    assert Application.objects.get().evidence.get().text == "品牌1个"
    opened = browser.get(reverse("certification:file", args=[draft.pk, file.pk]))
    assert b"".join(opened) == PDF
    assert opened["Content-Disposition"].startswith("inline")
    assert opened["X-Content-Type-Options"] == "nosniff"
    removed = browser.post(reverse("certification:file_remove", args=[draft.pk, file.pk]), {"reason": "传错了"})
    assert removed["Location"].startswith(_section(draft, numbers[0]))
    assert browser.get(reverse("certification:file", args=[draft.pk, file.pk])).status_code == 404


def _section(draft: Application, number: int) -> str:
    return reverse("certification:section", args=[draft.pk, number])


def test_a_refused_file_keeps_what_was_typed(fills: Actor, draft: Application) -> None:
    browser = client(fills)
    number = next(n for n in range(4, 12) if b"file_product_brands" in browser.get(_section(draft, n)).content)
    upload = SimpleUploadedFile("证书.pdf", b"MZ" + b"\0" * 99)
    data = {"revision": draft.revision, "evidence_product_brands": "品牌1个", "file_product_brands": upload}
    answer = browser.post(_section(draft, number), data)
    assert answer.status_code == 422
    assert "内容不是 PDF" in answer.content.decode()
    assert Application.objects.get().evidence.get().text == "品牌1个"
    assert not EvidenceFile.objects.exists()


def test_office_documents_are_downloaded_not_shown(fills: Actor, draft: Application) -> None:
    file = add(draft, fills, "说明.docx", DOCX)
    opened = client(fills).get(reverse("certification:file", args=[draft.pk, file.pk]))
    assert b"".join(opened) == DOCX
    assert opened["Content-Disposition"].startswith("attachment")
    assert "sandbox" in opened["Content-Security-Policy"]


def test_strangers_and_lost_files(fills: Actor, draft: Application) -> None:
    file = add(draft, fills)
    url = reverse("certification:file", args=[draft.pk, file.pk])
    assert client(filler(county("长子县"))).get(url).status_code == 404
    assert client(actor(Role.OFFICE)).get(url).status_code == 404
    assert client(actor(Role.DEPARTMENT)).get(url).status_code == 403
    other = services.create(by=fills)
    assert client(fills).get(reverse("certification:file", args=[other.pk, file.pk])).status_code == 404
    file.file.storage.delete(file.file.name)
    assert client(fills).get(url).status_code == 404
