"""A workbook into a list through the pages: preview, faults, marked copy, all or nothing; only one's own uploads."""

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from spectown.accounts.permissions import Role
from spectown.enterprises.models import Enterprise
from spectown.lists.enums import RunState
from spectown.lists.models import ImportRun
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "/lists/enterprises/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def county() -> Any:
    return factories.TerritoryFactory.create()


@pytest.fixture
def client(county: Any) -> Client:
    return factories.client_for(Role.COUNTY_FILL, unit=factories.UnitFactory.create(territory=county))


def workbook(client: Client, **cells: Any) -> bytes:
    """The prefilled workbook with some cells of its first row changed, by heading."""
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(f"{LIST}template/").streaming_content)))
    sheet = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[3]}
    for heading, value in cells.items():
        sheet.cell(4, columns[heading]).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def send(client: Client, data: bytes, name: str = "企业.xlsx") -> str:
    answer = client.post(f"{LIST}import/", {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.context["form"].errors
    url: str = answer.url
    return url


def test_changes_are_shown_and_written_only_when_confirmed(client: Client, county: Any) -> None:
    row = factories.EnterpriseFactory.create(territory=county, products="小米")
    url = send(client, workbook(client, 主要产品="小米酥"))
    text = client.get(url).content.decode()
    for word in ("待确认", "主要产品", "小米", "小米酥", "确认导入 1"):
        assert word in text, word
    row.refresh_from_db()
    assert row.products == "小米"
    assert client.post(f"{url}apply/").status_code == 302
    row.refresh_from_db()
    assert (row.products, row.version) == ("小米酥", 2)
    assert "导入清单" in client.get(f"{LIST}{row.pk}/").content.decode()


def test_the_same_file_changes_nothing(client: Client, county: Any) -> None:
    factories.EnterpriseFactory.create(territory=county, products="小米", capital="12.50")
    url = send(client, workbook(client))
    text = client.get(url).content.decode()
    assert "完全相同" in text
    assert "确认导入" not in text


def test_faults_are_listed_and_marked(client: Client, county: Any) -> None:
    row = factories.EnterpriseFactory.create(territory=county)
    url = send(client, workbook(client, 经营状态="停业了"))
    answer = client.get(url)
    (fault,) = answer.context["preview"].rows
    assert (fault["heading"], fault["value"]) == ("经营状态", "停业了")
    assert "下载标注副本" in answer.content.decode()
    marked = client.get(f"{url}marked/")
    assert "attachment" in marked["Content-Disposition"]
    assert openpyxl.load_workbook(io.BytesIO(marked.content)).worksheets[0].max_row >= 4
    client.post(f"{url}apply/")
    row.refresh_from_db()
    assert row.version == 1
    assert ImportRun.objects.get().state == RunState.FAULTY


def test_of_what_the_template_itself_hides_nothing_is_said(client: Client, county: Any) -> None:
    factories.EnterpriseFactory.create(territory=county, contact="张三")
    data = workbook(client, 联系人="李四")
    send(client, data)
    assert ImportRun.objects.get().notices == []
    book = openpyxl.load_workbook(io.BytesIO(data))
    book.worksheets[0].column_dimensions["P"].hidden = True
    out = io.BytesIO()
    book.save(out)
    send(client, out.getvalue())
    assert ImportRun.objects.latest("pk").notices == ["有 1 处隐藏列(P),同样会读取。"]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("企业.pdf", b"%PDF", "只能上传"),
        ("企业.xlsx", b"", "文件是空的"),
    ],
)
def test_files_of_no_use_are_refused_at_once(client: Client, name: str, data: bytes, said: str) -> None:
    answer = client.post(f"{LIST}import/", {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_unreadable_workbook_says_what_to_do(client: Client) -> None:
    text = client.get(send(client, b"no workbook at all")).content.decode()
    assert "无法读取" in text
    assert "重新上传" in text


def test_too_large_files_are_refused(client: Client, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 10
    answer = client.post(f"{LIST}import/", {"file": SimpleUploadedFile("企业.xlsx", b"x" * 11)})
    assert "超过" in answer.context["form"].errors["file"][0]


def test_give_up(client: Client, county: Any) -> None:
    factories.EnterpriseFactory.create(territory=county)
    url = send(client, workbook(client, 主要产品="小米酥"))
    client.post(f"{url}cancel/")
    assert ImportRun.objects.get().state == RunState.CANCELLED
    client.post(f"{url}apply/")
    assert not Enterprise.objects.filter(products="小米酥").exists()


def test_uploads_of_others_are_not_seen_and_the_office_only_reads(client: Client, county: Any) -> None:
    factories.EnterpriseFactory.create(territory=county)
    url = send(client, workbook(client, 主要产品="小米酥"))
    colleague = factories.client_for(Role.COUNTY_FILL, unit=factories.UnitFactory.create(territory=county))
    for path in (url, f"{url}marked/"):
        assert colleague.get(path).status_code == 404
    assert colleague.post(f"{url}apply/").status_code == 404
    office = factories.client_for(Role.OFFICE)
    assert "确认导入" not in office.get(url).content.decode()
    office.post(f"{url}apply/")
    assert ImportRun.objects.get().state == RunState.READY


def test_check_that_broke_off_can_be_taken_up_again(client: Client, county: Any) -> None:
    factories.EnterpriseFactory.create(territory=county)
    url = send(client, workbook(client, 主要产品="小米酥"))
    ImportRun.objects.update(state=RunState.CHECKING, counts={})
    assert "核对中断了" in client.get(url).content.decode()
    client.post(f"{url}check/")
    assert ImportRun.objects.get().state == RunState.READY


def test_fragment_and_recent_uploads(client: Client, county: Any) -> None:
    factories.EnterpriseFactory.create(territory=county)
    url = send(client, workbook(client, 主要产品="小米酥"))
    assert "<html" not in client.get(url, headers=HTMX).content.decode()
    assert "企业.xlsx" in client.get(f"{LIST}import/").content.decode()


def test_an_upload_whose_job_is_gone_can_be_given_up() -> None:
    client = factories.client_for(Role.OFFICE)
    owner = factories.User.objects.latest("pk")
    run = factories.ImportRunFactory.create(uploaded_by=owner, state="applying", counts={"new": 1, "changed": 0})
    text = client.get(f"/lists/enterprises/runs/{run.pk}/").content.decode()
    assert "放弃" in text
    client.post(f"/lists/enterprises/runs/{run.pk}/cancel/")
    run.refresh_from_db()
    assert run.state == "cancelled"
