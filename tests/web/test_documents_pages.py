"""Pages of official documents: from the form to the issued file, for the office, the leader and a receiver."""

import html
import io
import re
import zipfile
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from spectown.accounts.permissions import Role
from spectown.core.documentkinds.model import Fact, FactType
from spectown.documents.enums import State
from spectown.documents.models import OfficialDocument
from spectown.organisations.models import Unit
from spectown.plans.models import PlanVersion
from spectown.web.documents.about import documents_about
from spectown.web.documents.fields import field_of
from tests import factories
from tests.apps.documents.conftest import FACTS, office, plan  # noqa: F401  # fixtures

pytestmark = pytest.mark.django_db

FORM = {"fact-subject": FACTS["subject"], "fact-content": FACTS["content"], "fact-organs": "领导小组办公室"}


@pytest.fixture
def writer(office: Unit, plan: PlanVersion) -> Client:  # noqa: F811  # fixtures
    return factories.client_for(Role.OFFICE, unit=office)


@pytest.fixture
def checker(office: Unit) -> Client:  # noqa: F811  # a fixture
    return factories.client_for(Role.OFFICE, unit=office)


def url(name: str, *args: Any) -> str:
    return reverse(f"documents:{name}", args=args)


def drafted(writer: Client, **more: Any) -> OfficialDocument:
    answer = writer.post(url("draft", "free_notice"), FORM | more)
    document = OfficialDocument.objects.latest("pk")
    assert answer.url == url("document", document.pk)
    return document


def state_after(client: Client, document: OfficialDocument, code: str, **data: str) -> str:
    client.post(url("move", document.pk, code), data)
    document.refresh_from_db()
    return document.state


def issued(writer: Client, checker: Client, **more: Any) -> OfficialDocument:
    document = drafted(writer, **more)
    state_after(writer, document, "submit")
    state_after(checker, document, "check")
    assert state_after(factories.client_for(Role.LEADER), document, "sign") == State.ISSUED
    return document


def test_a_form_has_every_fact_of_the_kind(writer: Client) -> None:
    factories.UnitFactory.create()
    page = writer.get(url("draft", "free_notice")).content.decode()
    for name in (
        "fact-subject",
        "fact-content",
        "fact-amount",
        "rows-steps-1-due",
        "fact-organs",
        "units",
        "receive_by",
    ):
        assert f'name="{name}"' in page, name
    assert "某市专业镇发展领导小组办公室" in page
    assert 'name="fact-serial"' not in page
    addressees = field_of(Fact(name="recipients", label="主送机关", type=FactType.LIST), "")
    assert not addressees.required  # units stand in for them
    assert "可不填" in str(addressees.help_text)


def test_from_the_form_to_the_receivers(writer: Client, checker: Client) -> None:
    unit = factories.UnitFactory.create(name="市农业局")
    document = issued(writer, checker, units=[unit.pk], receive_by="2020-01-01")
    assert document.number.endswith("1号")
    receiver = factories.client_for(Role.DEPARTMENT, unit=unit)
    inbox = receiver.get(url("inbox")).content.decode()
    assert document.title in inbox
    assert "逾期" in inbox
    pdf = receiver.get(url("file", document.pk, "pdf"))
    assert pdf.content.startswith(b"%PDF")
    assert pdf["Content-Security-Policy"] == "frame-ancestors 'self'; base-uri 'none'"
    assert receiver.get(url("preview", document.pk, "docx")).url == url("file", document.pk, "docx")
    receiver.post(url("receive", document.pk))
    assert "没有待签收的公文" in receiver.get(url("inbox")).content.decode()
    page = writer.get(url("document", document.pk)).content.decode()
    assert "已签收" in page
    assert "单位可将方正小标宋等放入 FONT_DIR" in page
    assert "object-src 'self'" in writer.get(url("document", document.pk))["Content-Security-Policy"]


def test_nothing_typed_is_lost(writer: Client) -> None:
    data = {"fact-subject": "年终核对", "fact-amount": "约两千", "count-steps": "2"}
    data |= {"rows-steps-0-due": "下月", "rows-steps-1-step": "汇总"}
    answer = writer.post(url("draft", "free_notice"), data)
    document = OfficialDocument.objects.get()
    assert document.facts == {"subject": "年终核对", "amount": "约两千", "steps": [{"due": "下月"}, {"step": "汇总"}]}
    page = writer.get(answer.url).content.decode()
    for said in ("缺少“正文”", "现为“约两千”", "缺少“步骤的第 1 行的步骤”", "现为“下月”", 'value="约两千"'):
        assert said in page, said
    assert "(amount)" not in page
    targets = re.findall(r'<li><a href="#([^"]+)"', page)
    assert len(targets) == 4
    assert [target for target in targets if f'id="{target}"' not in page] == []
    assert "还不能生成正式公文" in writer.get(url("document", document.pk)).content.decode()


def test_an_added_row_keeps_what_was_typed_and_saves_nothing(writer: Client) -> None:
    data = FORM | {"count-steps": "1", "rows-steps-0-step": "汇总", "add": "steps"}
    page = writer.post(url("draft", "free_notice"), data).content.decode()
    assert "汇总" in page
    assert 'name="rows-steps-1-step"' in page
    assert FACTS["subject"] in page
    assert not OfficialDocument.objects.exists()


def test_a_row_is_added_where_it_was_asked_for_also_below_empty_ones(writer: Client) -> None:
    page = writer.post(url("draft", "free_notice"), {"rows-steps-1-step": "", "add": "steps"}).content.decode()
    assert 'name="rows-steps-2-step"' in page
    assert 'name="rows-steps-3-step"' not in page


def test_a_form_with_nothing_but_its_organ_is_not_saved(writer: Client) -> None:
    answer = writer.post(url("draft", "free_notice"), {"fact-organs": "领导小组办公室"})
    assert answer.status_code == 422
    assert "还没有填写内容" in answer.content.decode()
    assert not OfficialDocument.objects.exists()


def test_an_empty_form_is_not_saved(writer: Client) -> None:
    assert writer.post(url("draft", "free_notice")).status_code == 422
    assert not OfficialDocument.objects.exists()


def test_two_at_one_draft_lose_nothing(writer: Client, checker: Client) -> None:
    document = drafted(writer)
    assert checker.post(url("edit", document.pk), FORM | {"revision": "1", "fact-amount": "5"}).status_code == 302
    answer = writer.post(url("edit", document.pk), FORM | {"revision": "1", "fact-subject": "我改的"})
    assert answer.status_code == 409
    assert "又保存过" in answer.content.decode()
    assert "我改的" in answer.content.decode()


def test_a_draft_is_previewed(writer: Client) -> None:
    document = drafted(writer)
    assert writer.get(url("preview", document.pk, "pdf")).content.startswith(b"%PDF")
    assert writer.get(url("preview", document.pk, "docx")).content.startswith(b"PK")
    assert writer.get(url("preview", document.pk, "exe")).status_code == 404


def test_a_signature_on_paper(writer: Client, checker: Client) -> None:
    document = drafted(writer)
    state_after(writer, document, "submit")
    state_after(checker, document, "check")
    data = {"signer": "王某", "on": "2026-01-05", "reference": "签批件 31"}
    refused = writer.post(url("sign_paper", document.pk), data)
    assert refused.status_code == 422
    assert "不能由起草人自己" in refused.content.decode()
    checker.post(url("sign_paper", document.pk), data)
    document.refresh_from_db()
    assert (document.state, document.signer) == (State.ISSUED, "王某")
    assert document.number.endswith("〔2026〕1号")
    late = checker.get(url("sign_paper", document.pk), follow=True)  # the form is not offered any more
    assert "“已印发”" in late.content.decode()


def test_sending_back_and_voiding_ask_for_reasons(writer: Client, checker: Client) -> None:
    document = drafted(writer)
    state_after(writer, document, "submit")
    assert state_after(checker, document, "return") == State.CHECKING
    assert state_after(checker, document, "return", reason="期限不明") == State.RETURNED
    assert "期限不明" in writer.get(url("edit", document.pk)).content.decode()
    assert state_after(writer, document, "discard", reason="不发了") == State.VOIDED


def test_a_correction_begins_with_the_old_facts(writer: Client, checker: Client) -> None:
    old = issued(writer, checker)
    answer = writer.post(url("replace", old.pk, "correction"))
    new = OfficialDocument.objects.latest("pk")
    assert answer.url == url("edit", new.pk)
    assert (new.replaces, new.facts["subject"]) == (old, FACTS["subject"])
    form = writer.get(answer.url).content.decode()
    assert f"本文更正并替代{old.number}" in form  # in the 附注, so on paper too
    assert f'<a href="{url("document", old.pk)}">{old.number} {old.title}</a>' in form


def test_the_register_is_filtered(writer: Client, checker: Client) -> None:
    first = issued(writer, checker)
    drafted(writer, **{"fact-subject": "另一件事"})

    def found(query: str) -> list[str]:
        page = writer.get(url("list") + query).content.decode()
        return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)', page)

    assert len(found("")) == 2
    assert found("?state=issued") == [first.title]
    assert found(f"?q={first.number}") == [first.title]
    assert found("?q=逾期通报&state=issued") == [first.title]
    assert found("?q=没有的") == []
    assert found("?q=逾期通报 " + first.number.replace("〔", "[").replace("〕", "]")) == [first.title]  # all words
    assert found("?q=逾期通报 没有的") == []
    assert len(found(f"?year={first.drafted_at.year}&kind=free_notice")) == 2
    assert writer.get(url("export") + "?state=issued").content.startswith(b"PK")


def test_queries_do_not_grow(writer: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(3):
        drafted(writer)
    with django_assert_max_num_queries(60) as few:
        writer.get(url("list"))
    factories.OfficialDocumentFactory.create_batch(20, version=OfficialDocument.objects.latest("pk").version)
    for document in OfficialDocument.objects.all():
        factories.ReceiptFactory.create_batch(2, document=document)
    with django_assert_max_num_queries(len(few.captured_queries)):
        writer.get(url("list"))


def test_a_document_stands_on_the_page_of_its_town(writer: Client) -> None:
    town = factories.TownFactory.create()
    factories.LevelRecordFactory.create(town=town)
    document = drafted(writer)
    factories.ConcernFactory.create(document=document, object_id=str(town.pk), label=town.name)
    assert document.title in writer.get(reverse("towns:town", args=[town.code])).content.decode()
    assert reverse("towns:town", args=[town.code]) in writer.get(url("document", document.pk)).content.decode()


def test_waiting_documents_stand_on_the_workbench(writer: Client, checker: Client) -> None:
    document = drafted(writer)
    assert "待办的公文" in writer.get(reverse("workbench:home")).content.decode()
    state_after(writer, document, "submit")
    assert "待办的公文" not in writer.get(reverse("workbench:home")).content.decode()
    assert document.title in checker.get(reverse("workbench:home")).content.decode()


@pytest.mark.parametrize("number", [61, 201, 1300])
def test_long_tables_lose_nothing(writer: Client, number: int) -> None:
    rows = [{"step": f"第{n}步\n分两段", "due": "2026-12-01"} if n % 2 else {"step": f"{n}"} for n in range(number)]
    document = drafted(writer)
    OfficialDocument.objects.filter(pk=document.pk).update(facts=FACTS | {"steps": rows})
    page = writer.get(url("edit", document.pk)).content.decode()
    assert f"共 {number} 行" in page
    assert f"第{number - 1 - number % 2}步⏎分两段" in page
    text = html.unescape(re.findall(r'name="sheet-steps"[^>]*>(.*?)</textarea>', page, re.DOTALL)[0])
    data = FORM | {"revision": "1", "sheet-steps": text.replace("\n", "\r\n")}
    assert writer.post(url("edit", document.pk), data).status_code == 302
    document.refresh_from_db()
    assert document.facts["steps"] == rows


def test_faults_of_a_long_table_lead_to_it(writer: Client) -> None:
    lines = "\n".join(f"第{n}步\t下月\t多出来的" for n in range(70))
    answer = writer.post(url("draft", "free_notice"), FORM | {"sheet-steps": lines})
    page = writer.get(answer.url).content.decode()
    assert "现为“下月  多出来的”" in page
    assert '<a href="#table-steps">' in page
    assert 'id="table-steps"' in page


def test_more_inputs_than_a_table_draws_are_all_read(writer: Client) -> None:
    rows = {f"rows-steps-{n}-step": f"第{n}步" for n in range(250)}
    writer.post(url("draft", "free_notice"), FORM | rows)
    assert len(OfficialDocument.objects.get().facts["steps"]) == 250


def test_the_draft_in_word_is_marked_and_the_issued_file_is_not(writer: Client, checker: Client) -> None:
    def marks(data: bytes) -> list[str]:
        archive = zipfile.ZipFile(io.BytesIO(data))
        headers = [name for name in archive.namelist() if name.startswith("word/header")]
        return [name for name in headers if 'string="草稿"' in archive.read(name).decode()]

    document = drafted(writer)
    assert len(marks(writer.get(url("preview", document.pk, "docx")).content)) >= 2  # odd and even pages
    done = issued(writer, checker)
    assert marks(writer.get(url("file", done.pk, "docx")).content) == []


def test_queries_of_a_document_do_not_grow(writer: Client, checker: Client) -> None:
    document = issued(writer, checker)
    towns = [factories.TownFactory.create() for _ in range(12)]

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert writer.get(url("document", document.pk)).status_code == 200
        return len(seen)

    def more(part: list[Any]) -> None:
        for town in part:
            about = {"object_type": "towns.town", "object_id": str(town.pk), "label": str(town)}
            factories.ConcernFactory.create(document=document, **about)
            unit = factories.UnitFactory.create()
            factories.UnitNameFactory.create(unit=unit)
            factories.ReceiptFactory.create(document=document, unit=unit)

    more(towns[:2])
    queries()
    before = queries()
    more(towns[2:])
    assert queries() == before


def test_queries_of_the_inbox_do_not_grow(writer: Client, checker: Client) -> None:
    unit = factories.UnitFactory.create()
    receiver = factories.client_for(Role.DEPARTMENT, unit=unit)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert receiver.get(url("inbox")).status_code == 200
        return len(seen)

    issued(writer, checker, units=[unit.pk])
    queries()
    before = queries()
    for _ in range(4):
        issued(writer, checker, units=[unit.pk])
    assert queries() == before


def test_queries_of_documents_about_an_object_do_not_grow(writer: Client) -> None:
    actor = factories.actor(Role.OFFICE)
    town = factories.TownFactory.create()
    for expected in (1, 15):
        while OfficialDocument.objects.concerning(town).count() < expected:
            document = factories.OfficialDocumentFactory.create()
            about = {"object_type": "towns.town", "object_id": str(town.pk), "label": str(town)}
            factories.ConcernFactory.create(document=document, **about)
        with CaptureQueriesContext(connection) as seen:
            assert render_to_string("documents/_about.html", {"documents": documents_about(town, actor)})
        assert len(seen) == 1


def test_the_inbox_begins_with_the_nearest_deadline_and_names_what_was_replaced(writer: Client) -> None:
    unit = factories.UnitFactory.create()
    done = {f"{step}_{what}": value for step in ("checked", "signed", "issued") for what, value in _done().items()}
    for title, deadline, state in (("没有期限", None, "issued"), ("先签", "2026-12-01", "replaced")):
        document = factories.OfficialDocumentFactory.create(title=title, state=state, dated="2026-11-26", **done)
        factories.ReceiptFactory.create(document=document, unit=unit, deadline=deadline)
    page = factories.client_for(Role.DEPARTMENT, unit=unit).get(url("inbox")).content.decode()
    assert page.index("先签") < page.index("没有期限")
    assert page.count("已被替代") == 1


def _done() -> dict[str, Any]:
    return {"at": timezone.now(), "by": factories.UserFactory.create()}
