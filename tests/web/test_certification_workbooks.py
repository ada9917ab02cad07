"""The Excel way: template, upload with preview, faults with a marked copy, export."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from spectown.accounts.models import User
from spectown.accounts.permissions import Role
from spectown.certification import services
from spectown.certification.models import Application
from spectown.organisations.actors import Actor
from tests.criteria import NEEDED, county, current_plan, filler
from tests.factories import actor

pytestmark = pytest.mark.django_db


def client(by: Actor) -> Client:
    found = Client()
    found.force_login(User.objects.get(pk=by.person))
    return found


@pytest.fixture
def fills() -> Actor:
    current_plan()
    return filler(county())


def url(name: str, *args: Any) -> str:
    return reverse(f"certification:{name}", args=args)


def filled(content: bytes, **values: object) -> SimpleUploadedFile:
    """The template with values in its named cells."""
    book = openpyxl.load_workbook(BytesIO(content))
    for code, value in values.items():
        sheet, cell = next(iter(book.defined_names[f"in_{code}"].destinations))
        book[sheet][cell.replace("$", "")] = value
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile("申报书.xlsx", out.getvalue())


def needed(**others: object) -> dict[str, object]:
    return {**NEEDED, "counties": "壶关县", **others}


def test_fill_upload_look_save(fills: Actor) -> None:
    browser = client(fills)
    blank = browser.get(url("template"))
    assert "attachment" in blank["Content-Disposition"]
    sent = browser.post(url("upload"), {"file": filled(blank.content, **needed())})
    assert sent["Location"] == url("upload_preview")
    shown = browser.get(url("upload_preview")).content.decode()
    assert "<ins>42,000</ins>" in shown
    assert not Application.objects.exists()
    browser.post(url("upload_save"))
    made = Application.objects.get()
    assert (made.output_wan, made.category, made.counties) == (42000, "agriculture", ["壶关县"])
    assert browser.post(url("upload_save")).status_code == 404


def test_faults_are_named_by_cell_and_come_back_marked(fills: Actor) -> None:
    browser = client(fills)
    blank = browser.get(url("template")).content
    browser.post(url("upload"), {"file": filled(blank, **needed(output_wan="约两千", chain_partners="=1+1"))})
    answer = browser.get(url("upload_preview"))
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "有 2 处问题" in shown
    assert "约两千" in shown
    marked = openpyxl.load_workbook(BytesIO(browser.get(url("upload_marked")).content))
    assert "问题清单" in marked.sheetnames
    browser.post(url("upload_save"))
    assert not Application.objects.exists()
    assert client(filler(county("长子县"))).get(url("upload_marked")).status_code == 404


def test_upload_into_a_draft_shows_what_would_change(fills: Actor) -> None:
    draft = services.create(by=fills, raw={**NEEDED, "employees": 100})
    browser = client(fills)
    own = browser.get(url("application_template", draft.pk)).content
    browser.post(url("application_upload", draft.pk), {"file": filled(own, chain_partners=15, employees=None)})
    shown = browser.get(url("upload_preview")).content.decode()
    assert shown.count("<del>") == 2
    assert "<ins>15</ins>" in shown
    browser.post(url("upload_save"))
    draft.refresh_from_db()
    assert (draft.chain_partners, draft.employees, draft.output_wan) == (15, None, 42000)


def test_upload_against_a_newer_draft_overwrites_nothing(fills: Actor) -> None:
    draft = services.create(by=fills, raw=NEEDED)
    browser = client(fills)
    own = browser.get(url("application_template", draft.pk)).content
    browser.post(url("application_upload", draft.pk), {"file": filled(own, chain_partners=15)})
    services.save_answers(application=draft, raw={"chain_partners": 30}, revision=draft.revision, by=fills)
    assert browser.post(url("upload_save"))["Location"] == url("upload_preview")
    draft.refresh_from_db()
    assert draft.chain_partners == 30


@pytest.mark.parametrize(
    "content", [b"", b"not a workbook", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600]
)
def test_hostile_files_are_refused_with_words(fills: Actor, content: bytes) -> None:
    answer = client(fills).post(url("upload"), {"file": SimpleUploadedFile("表.xlsx", content)})
    assert answer.status_code == 422
    assert "文件" in answer.content.decode()


def test_too_large(fills: Actor, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    answer = client(fills).post(url("upload"), {"file": SimpleUploadedFile("表.xlsx", b"P" * (1024 * 1024 + 1))})
    assert answer.status_code == 422
    assert "超过 1 MB" in answer.content.decode()


def test_a_stranger_uploads_into_nothing(fills: Actor) -> None:
    draft = services.create(by=fills, raw=NEEDED)
    file = SimpleUploadedFile("表.xlsx", b"x")
    stranger = filler(county("长子县"))
    assert client(stranger).post(url("application_upload", draft.pk), {"file": file}).status_code == 404


def test_export_holds_every_criterion(fills: Actor) -> None:
    draft = services.create(by=fills, raw={**NEEDED, "town_name": "=cmd()专业镇"})
    answer = client(fills).get(url("export", draft.pk))
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert "主导产业年产值" in cells
    assert client(actor(Role.TOWN, unit=draft.unit)).get(url("export", draft.pk)).status_code == 403
