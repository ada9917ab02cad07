"""批量公文: a draft a unit or a row, moved on together by two persons, numbered in order, printed; nothing twice."""

import io
import zipfile
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from spectown.accounts.permissions import Role
from spectown.audit.models import Event
from spectown.documents import services
from spectown.documents.enums import State
from spectown.documents.models import Bundle, DocumentBatch, OfficialDocument
from spectown.jobs.context import Cancelled
from spectown.jobs.models import Job
from spectown.jobs.worker import run_waiting
from spectown.organisations.actors import Actor
from spectown.organisations.enums import UnitKind
from spectown.web.documents import jobs
from tests import factories
from tests.project_factories import ProjectFactory

pytestmark = [pytest.mark.django_db, pytest.mark.data]
FACTS = {"subject": "{{项目名称}}进度", "content": "请{{属地}}于月底前报送,总投资{{总投资}}。", "amount": "{{总投资}}"}


def url(name: str, *args: Any) -> str:
    return reverse(f"documents:{name}", args=args)


def browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(factories.User.objects.get(pk=actor.user_id))
    return client


@pytest.fixture
def projects() -> list[Any]:
    place = factories.TerritoryFactory.create(name="沁县")
    factories.UnitFactory.create(name="沁县人民政府", kind=UnitKind.COUNTY, territory=place)
    made = [ProjectFactory.create(name=f"项目{n}", territory=place, investment=8000 + n) for n in range(3)]
    return [*made, ProjectFactory.create(name="未填项目", territory=place, investment=None)]


def begun(drafter: Actor, projects: list[Any]) -> DocumentBatch:
    pattern = services.draft(kind="free_notice", facts=FACTS, by=drafter)
    data = {"pattern": pattern.pk, "addressing": "territory", "receive_by": "2026-12-31"}
    answer = browser(drafter).post(url("batch_rows", "projects"), data)
    assert answer.status_code == 302, answer.content.decode()
    run_waiting()
    batch = DocumentBatch.objects.get()
    assert Job.objects.latest("pk").error == ""
    assert Job.objects.latest("pk").result_url == url("batch", batch.pk)
    return batch


def moved(client: Client, batch: DocumentBatch, code: str, **data: str) -> dict[str, Any]:
    answer = client.post(url("batch_move", batch.pk, code), data)
    assert answer.url.startswith(reverse("jobs:list"))
    run_waiting()
    job = Job.objects.latest("pk")
    assert job.error == ""
    found: dict[str, Any] = job.result
    return found


def test_every_row_its_document_two_persons_and_numbers_in_order(
    drafter: Actor, checker: Actor, leader: Actor, projects: list[Any]
) -> None:
    batch = begun(drafter, projects)
    documents = list(batch.documents.order_by("batch_place"))
    assert len(documents) == 4
    by_title = {document.title: document for document in documents}
    first = by_title["关于项目0进度的通知"]
    assert first.facts["content"] == "请沁县于月底前报送,总投资8,000万元。"
    assert first.facts["amount"].startswith("8000")
    assert [str(receipt.unit) for receipt in first.receipts.all()] == ["沁县人民政府"]
    assert OfficialDocument.objects.concerning(projects[0]).get() == first
    writer = browser(drafter)
    said = moved(writer, batch, "submit")
    assert (said["done"], said["refused"]) == (3, 1)
    assert "还没有填入的内容:{{总投资}}" in said["named"][0]["why"]
    page = writer.get(url("batch", batch.pk)).content.decode()
    assert "1 份没有办" in page
    assert "缺 " in page
    assert "不能由起草人自己审核通过" in page
    assert moved(writer, batch, "check")["done"] == 0  # whoever wrote the pattern wrote them all
    assert moved(browser(checker), batch, "check")["done"] == 3
    assert moved(browser(leader), batch, "sign")["done"] == 3
    issued = list(batch.documents.filter(state=State.ISSUED).order_by("batch_place"))
    assert [document.serial for document in issued] == [1, 2, 3]
    assert all(document.files.count() == 2 for document in issued)
    assert Event.objects.filter(action="document.sign").count() == 3
    assert moved(browser(leader), batch, "sign")["done"] == 0


def test_units_get_one_each_and_one_paper_signs_them_all(drafter: Actor, checker: Actor) -> None:
    units = [factories.UnitFactory.create(name=f"{n}县政府", kind=UnitKind.COUNTY) for n in "甲乙丙"]
    facts = {"subject": "报送{{单位}}数据", "content": "请报送。"}
    pattern = services.draft(kind="free_notice", facts=facts, by=drafter)
    writer = browser(drafter)
    answer = writer.post(url("batch_units", pattern.pk), {"units": [unit.pk for unit in units]})
    assert answer.status_code == 302
    run_waiting()
    batch = DocumentBatch.objects.get()
    moved(writer, batch, "submit")
    moved(browser(checker), batch, "check")
    data = {"signer": "王某", "on": str(timezone.localdate()), "reference": "签批件 7"}
    assert browser(checker).post(url("batch_sign_paper", batch.pk), data).status_code == 302
    run_waiting()
    found = {document.title: document for document in batch.documents.all()}
    assert set(found) == {f"关于报送{n}县政府数据的通知" for n in "甲乙丙"}
    assert {document.signer for document in found.values()} == {"王某"}
    assert pattern.title == batch.title == "关于报送【单位】数据的通知"  # in words where people read it
    assert "还没有填入的内容:{{单位}}" in writer.get(url("document", pattern.pk)).content.decode()


def test_the_print_pack_has_the_issued_pages_and_drafts_with_their_mark(
    drafter: Actor, checker: Actor, leader: Actor, projects: list[Any]
) -> None:
    batch = begun(drafter, projects)
    moved(browser(drafter), batch, "submit")
    moved(browser(checker), batch, "check")
    document, other = batch.documents.filter(state=State.SIGNING).order_by("batch_place")[:2]
    services.move(document=document, code="sign", by=leader)
    services.move(document=other, code="sign", by=leader)
    browser(drafter).post(url("batch_print", batch.pk))
    run_waiting()
    bundle = Bundle.objects.get()
    got = browser(drafter).get(reverse("bundles:file", args=[bundle.pk]))
    archive = zipfile.ZipFile(io.BytesIO(got.content))
    pdfs = [name for name in archive.namelist() if name.endswith(".pdf")]
    assert len(pdfs) == 2
    first, blank, second = next(
        PdfReader(io.BytesIO(archive.read(name))).pages for name in pdfs if not name.startswith("草稿")
    )
    assert (blank.extract_text(), first.mediabox, "号" in second.extract_text()) == (
        "",
        blank.mediabox,
        True,
    )  # both sides
    text = {name: "".join(p.extract_text() for p in PdfReader(io.BytesIO(archive.read(name))).pages) for name in pdfs}
    issued = next(name for name in pdfs if not name.startswith("草稿"))
    document.refresh_from_db()
    assert document.number in text[issued]
    assert "草稿" in text[next(name for name in pdfs if name.startswith("草稿"))]
    sheet = load_workbook(io.BytesIO(archive.read("目录.xlsx"))).active
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row]
    assert document.files.get(form="pdf").sha256 in cells
    assert any("未并入" in cell and "还没有填入" in cell for cell in cells)


def test_a_cancelled_or_repeated_run_makes_no_document_twice(
    drafter: Actor, projects: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "TOGETHER", 2)
    pattern = services.draft(kind="free_notice", facts=FACTS, by=drafter)
    data = {"pattern": pattern.pk, "addressing": "nobody"}
    browser(drafter).post(url("batch_rows", "projects"), data)
    batch = DocumentBatch.objects.get()
    ctx = Stopping(drafter, after=1)
    with pytest.raises(Cancelled):
        jobs.draft_all(ctx, batch.pk)
    assert batch.documents.count() == 2
    run_waiting()
    assert sorted(batch.documents.values_list("batch_place", flat=True)) == [1, 2, 3, 4]


class Stopping:
    """A context that is cancelled after some pauses."""

    def __init__(self, by: Actor, after: int) -> None:
        self.by, self.left = by, after

    def progress(self, *_said: object) -> None:
        """Nobody looks."""

    def raise_if_cancelled(self) -> None:
        """Stop when the time has come."""
        self.left -= 1
        if self.left < 0:
            raise Cancelled


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"subject": "{{项目名}}", "content": "正文"}, "没有名为“项目名”的栏目,是否为“项目名称”"),
        ({"subject": "{{", "content": "x"}, "没有结束"),
    ],
)
def test_a_pattern_with_unknown_fields_begins_nothing(
    drafter: Actor, projects: list[Any], facts: dict[str, str], said: str
) -> None:
    pattern = services.draft(kind="free_notice", facts=facts, by=drafter)
    answer = browser(drafter).post(url("batch_rows", "projects"), {"pattern": pattern.pk, "addressing": "nobody"})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not DocumentBatch.objects.exists()


def test_no_rows_no_batch(drafter: Actor, projects: list[Any]) -> None:
    pattern = services.draft(kind="free_notice", facts=FACTS, by=drafter)
    data = {"pattern": pattern.pk, "addressing": "nobody"}
    answer = browser(drafter).post(url("batch_rows", "projects") + "?q=没有这个", data)
    assert "所选为 0 份" in answer.content.decode()


def test_one_job_at_a_time(drafter: Actor, projects: list[Any]) -> None:
    batch = begun(drafter, projects)
    writer = browser(drafter)
    writer.post(url("batch_move", batch.pk, "submit"))
    writer.post(url("batch_print", batch.pk))
    assert Job.objects.filter(kind="documents.batch_print").count() == 0
    assert "取消作业" in writer.get(url("batch", batch.pk)).content.decode()
    assert "正在办理" in browser(factories.actor(Role.OFFICE)).get(url("batch", batch.pk)).content.decode()


def test_queries_do_not_grow(drafter: Actor, projects: list[Any]) -> None:
    client = browser(drafter)
    batch = begun(drafter, projects)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url("batch", batch.pk)).status_code == 200
            assert client.get(url("batches")).status_code == 200
        return len(seen)

    queries()  # what is read once in a process
    before = queries()
    for place in range(10, 30):
        facts = FACTS | {"subject": f"第{place}件"}
        unit = factories.UnitFactory.create()
        about = [ProjectFactory.create()]
        one = services.draft(kind="free_notice", facts=facts, by=drafter, about=about, recipients=[unit])
        one.batch, one.batch_place = batch, place
        one.save()
        factories.DocumentBatchFactory.create()
    assert queries() == before


def test_only_ticked_rows_get_a_document(drafter: Actor, projects: list[Any]) -> None:
    client, pattern = browser(drafter), services.draft(kind="free_notice", facts=FACTS, by=drafter)
    ticked = [projects[0].pk, projects[2].pk]
    listed = client.get(reverse("lists:list", args=["projects"])).content.decode()
    assert f'formaction="{url("batch_rows", "projects")}"' in listed
    page = client.post(url("batch_rows", "projects"), {"pk": ticked, "query": "q=项目"}).content.decode()
    assert "勾选了 <b>2</b> 行" in page
    assert not DocumentBatch.objects.exists()
    client.post(url("batch_rows", "projects"), {"pk": ticked, "pattern": pattern.pk, "addressing": "nobody"})
    assert sorted(DocumentBatch.objects.get().targets) == sorted(ticked)


def test_nothing_ticked_is_not_the_whole_list(drafter: Actor, projects: list[Any]) -> None:
    answer = browser(drafter).post(url("batch_rows", "projects"), {"query": "q=项目"}, follow=True)
    assert "请先在清单中勾选" in answer.content.decode()
    assert answer.redirect_chain[0][0].startswith(reverse("lists:list", args=["projects"]))
    assert "全部符合现在筛选条件的 <b>4</b> 行" in browser(drafter).get(url("batch_rows", "projects")).content.decode()


def test_a_waiting_batch_is_one_line_of_the_workbench(
    drafter: Actor, checker: Actor, leader: Actor, projects: list[Any]
) -> None:
    batch = begun(drafter, projects[:3])
    DocumentBatch.objects.get().documents.filter(facts__amount="{{总投资}}").delete()
    moved(browser(drafter), batch, "submit")
    moved(browser(checker), batch, "check")
    page = browser(leader).get(reverse("workbench:home")).content.decode()
    assert f"{url('batch', batch.pk)}?state=signing" in page
    assert "批量 3 份" in page
    assert url("document", batch.documents.first().pk) not in page
