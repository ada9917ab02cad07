"""Small things of the list pages that users stumbled over: deleted rows, print, bulk edit, timeline, marked copies."""

import datetime
import io
import re
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from spectown.accounts.permissions import Role
from spectown.enterprises.lists import ENTERPRISES
from spectown.lib.refusal import Refused
from spectown.lists.models import ImportRun
from spectown.lists.registry import ledgers
from spectown.lists.services import records
from spectown.lists.services.bulk import bulk_change
from spectown.web.lists.views import listing
from tests import factories
from tests.apps.import_world import code, workbook

pytestmark = pytest.mark.django_db
LIST = "/lists/enterprises/"


@pytest.fixture
def county() -> Any:
    return factories.TerritoryFactory.create(name="甲县")


@pytest.fixture
def client(county: Any) -> Client:
    return factories.client_for(Role.COUNTY_FILL, unit=factories.UnitFactory.create(territory=county))


def sent(client: Client, data: bytes, name: str = "企业.xlsx") -> ImportRun:
    answer = client.post(f"{LIST}import/", {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.context["form"].errors
    return ImportRun.objects.latest("pk")


def test_a_deleted_row_says_who_when_why_and_is_restored_from_its_page(client: Client, county: Any) -> None:
    row = factories.EnterpriseFactory.create(territory=county, name="错录农场")
    client.post(f"{LIST}{row.pk}/delete/", {"reason": "重复登记"})
    text = client.get(f"{LIST}{row.pk}/").content.decode()
    for word in ("这一行已删除", "重复登记", timezone.localdate().isoformat(), f"{LIST}{row.pk}/restore/"):
        assert word in text, word
    assert f"{LIST}{row.pk}/edit/" not in text
    assert f'href="{LIST}{row.pk}/"' in client.get(f"{LIST}deleted/").content.decode()
    leader = factories.client_for(Role.LEADER).get(f"{LIST}{row.pk}/")
    assert leader.status_code == 200
    assert "restore" not in leader.content.decode()
    assert factories.client_for(Role.COUNTY_FILL).get(f"{LIST}{row.pk}/").status_code == 404
    assert client.post(f"{LIST}{row.pk}/restore/").status_code == 302
    assert "这一行已删除" not in client.get(f"{LIST}{row.pk}/").content.decode()


@pytest.mark.parametrize("ledger", ledgers(), ids=lambda ledger: ledger.slug)
def test_identity_is_not_offered_for_many_rows(ledger: Any) -> None:
    """What tells rows apart, and what is a row's own, is never made the same in many."""
    names = {bound.name for bound in ledger.bulk}
    assert not names & {"name", "title", "code", "established", "legal_person"}
    assert not names & {keys[0] for keys in ledger.identities}
    assert names


def test_the_service_refuses_identity_for_many_rows(county: Any) -> None:
    row, by = factories.EnterpriseFactory.create(territory=county), factories.actor()
    for values in ({"name": "同名"}, {"established": datetime.date(2020, 1, 1)}):
        with pytest.raises(Refused, match="每行各不相同"):
            bulk_change(ledger=ENTERPRISES, pks=[row.pk], values=values, by=by, reason="统一")


def test_print_has_all_chosen_rows_up_to_a_limit_and_says_so(
    client: Client, county: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(60):
        factories.EnterpriseFactory.create(territory=county, name=f"农场{number}")
    page = client.get(LIST)
    assert f"{LIST}?print=1" in page.content.decode() or "?print=1" in page.content.decode()
    whole = client.get(LIST, {"print": "1"})
    assert len(whole.context["grid"].lines) == 60
    assert "此处印 60 户。" in whole.content.decode()
    assert "data-print" in whole.content.decode()
    monkeypatch.setattr(listing, "PRINT_MOST", 50)
    cut = client.get(LIST, {"print": "1"}).content.decode()
    assert "共 60 户,此处印 50 户(一次最多印 50 户)。" in cut
    assert "中的前 50 户" in cut


def test_filters_of_the_print_view_lead_to_the_print_view(client: Client, county: Any) -> None:
    text = client.get(LIST, {"print": "1", "kind": "company"}).content.decode()
    assert '<input type="hidden" name="print" value="1">' in text
    assert re.findall(r'class="chip" href="([^"]+)"', text) == ["?print=1"]
    assert 'class="chip-clear" href="?print=1"' in text
    assert client.get(LIST, {"print": "1"}).context["query"] == ""  # nothing that is exported or kept as a view
    assert 'name="print"' not in client.get(LIST).content.decode()


def test_the_way_to_the_print_view_follows_the_filters(client: Client, county: Any) -> None:
    for number in range(60):
        factories.EnterpriseFactory.create(territory=county, name=f"农场{number}", kind="company")
    part = client.get(LIST, {"kind": "company"}, headers={"HX-Request": "true"}).content.decode()
    assert 'href="?kind=company&amp;print=1"' in part


def test_an_upload_without_any_change_ends_there(client: Client, county: Any) -> None:
    factories.EnterpriseFactory.create(territory=county)
    data = b"".join(client.get(f"{LIST}template/").streaming_content)
    run = sent(client, data)
    assert run.state == "same"
    assert run.finished_at is not None
    text = client.get(f"{LIST}runs/{run.pk}/").content.decode()
    assert "无变化" in text
    assert "确认导入" not in text
    assert "放弃" not in text
    assert sent(client, data).pk != run.pk  # asked again, it is compared again


def test_the_timeline_of_an_imported_row_shows_what_came(client: Client, county: Any) -> None:
    head = ("统一社会信用代码", "名称", "属地", "主体类型", "注册资本(万元)")
    run = sent(client, workbook([[code(1), "新企业", "甲县", "企业", 3]], head))
    client.post(f"{LIST}runs/{run.pk}/apply/")
    row = ENTERPRISES.model._default_manager.get()
    text = client.get(f"{LIST}{row.pk}/").content.decode()
    timeline = text[text.index("变更记录") :]
    for word in ("当时填的", code(1), "新企业", "甲县"):
        assert word in timeline, word


def test_the_page_of_faults_names_only_what_the_copy_has(client: Client, county: Any) -> None:
    factories.EnterpriseFactory.create(territory=county)
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(f"{LIST}template/").streaming_content)))
    sheet = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[3]}
    sheet.cell(4, columns["注册资本(万元)"]).value = "很多"
    out = io.BytesIO()
    book.save(out)
    run = sent(client, out.getvalue())
    text = client.get(f"{LIST}runs/{run.pk}/").content.decode()
    assert "“问题”列" not in text
    assert "问题清单" in text
    copy = openpyxl.load_workbook(io.BytesIO(client.get(f"{LIST}runs/{run.pk}/marked/").content))
    assert "问题清单" in copy.sheetnames


def test_a_workbook_with_merged_cells_gets_its_marked_copy(client: Client, county: Any) -> None:
    """A merged cell has no value: it was an error of the server once."""
    head = ("统一社会信用代码", "名称", "属地", "主体类型", "注册资本(万元)")
    rows = [[code(1), "甲", "甲县", "企业", 1], [code(2), "乙", "甲县", "企业", 2]]
    book = openpyxl.load_workbook(io.BytesIO(workbook(rows, head)))
    book.worksheets[0].merge_cells("C3:C4")
    out = io.BytesIO()
    book.save(out)
    run = sent(client, out.getvalue())
    assert run.state == "faulty"
    assert any("合并单元格" in fault["reason"] for fault in run.faults)
    assert client.get(f"{LIST}runs/{run.pk}/").status_code == 200
    answer = client.get(f"{LIST}runs/{run.pk}/marked/")
    assert answer.status_code == 200
    assert "问题清单" in openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames


def test_figures_with_a_unit_of_their_own_are_told(client: Client, county: Any) -> None:
    head = ("统一社会信用代码", "名称", "属地", "主体类型", "注册资本(万元)")
    rows = [[code(1), "甲", "甲县", "企业", "3万"], [code(2), "乙", "甲县", "企业", "3亿"]]
    run = sent(client, workbook(rows, head))
    assert "“注册资本”列有 2 格自带“万”“亿”等,已换算成万元,如“3万”读作 3 万元。" in run.notices
    client.post(f"{LIST}runs/{run.pk}/apply/")
    found = dict(ENTERPRISES.model._default_manager.values_list("name", "capital"))
    assert found == {"甲": 3, "乙": 30000}


@pytest.mark.parametrize("days", [0, 1])
def test_nothing_is_founded_tomorrow(client: Client, county: Any, days: int) -> None:
    day = timezone.localdate() + datetime.timedelta(days=days)
    head = ("统一社会信用代码", "名称", "属地", "主体类型", "成立日期")
    run = sent(client, workbook([[code(1), "甲", "甲县", "企业", day.isoformat()]], head))
    said = [(fault["heading"], fault["reason"]) for fault in run.faults]
    assert said == ([("成立日期", "“成立日期”不能晚于今天,请按营业执照核对。")] if days else [])


def test_a_change_by_hand_still_shows_before_and_after(county: Any) -> None:
    by = factories.actor()
    row = factories.EnterpriseFactory.create(territory=county, products="小米")
    records.change(ledger=ENTERPRISES, pk=row.pk, values={"products": "小米醋"}, version=1, by=by)
    text = factories.client_for(Role.OFFICE).get(f"{LIST}{row.pk}/").content.decode()
    assert "<del>小米</del> → <ins>小米醋</ins>" in text
