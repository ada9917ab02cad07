"""Pages of own templates: from the starter to a document issued with the office's own layout."""

import io
import re
from pathlib import Path
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from spectown.accounts.permissions import Role
from spectown.documents.enums import State, TemplateState
from spectown.documents.models import OfficialDocument, OwnTemplate
from tests import factories
from tests.apps.documents.conftest import FACTS, office, plan  # noqa: F401  # fixtures
from tests.own_templates import exchanged, saved, template, texts
from tests.web.test_documents_pages import FORM, checker, drafted, state_after, url, writer  # noqa: F401  # fixtures

pytestmark = pytest.mark.django_db

FIELDS = template("{{标题}}", "{{发文字号}}", "自有版式:{{正文}}")


def sent(client: Client, content: bytes, filename: str = "红头.docx", **more: str) -> Any:
    data = {"kind": "free_notice", "name": "红头通知", **more, "file": SimpleUploadedFile(filename, content)}
    return client.post(url("template_upload"), data)


def active(client: Client, content: bytes = FIELDS, **more: str) -> OwnTemplate:
    assert sent(client, content, **more).status_code == 302
    made = OwnTemplate.objects.latest("pk")
    client.post(url("template_activate", made.pk))
    made.refresh_from_db()
    assert made.state == TemplateState.ACTIVE
    return made


def page_of(client: Client, name: str, *args: Any) -> str:
    return client.get(url(name, *args)).content.decode()


def test_from_a_faulty_file_to_an_issued_document(writer: Client, checker: Client) -> None:  # noqa: F811  # fixtures
    """The whole way, with the starter that the page offers."""
    starter = writer.get(url("template_starter", "free_notice"))
    file = docx.Document(io.BytesIO(starter.content))
    wrong = file.add_paragraph("请{{事油}}于{{步骤}}前")
    answer = sent(writer, saved(file))
    made = OwnTemplate.objects.get()
    assert answer.url == url("template", made.pk)
    page = page_of(writer, "template", made.pk)
    for said in ("须改正(2 处)", "是否为“事由”", "请{{事油}}于{{步骤}}前", "怎么办", "在名称后加“.”和栏名", "disabled"):
        assert said in page, said
    assert "示例 .docx" not in page
    writer.post(url("template_activate", made.pk))
    assert OwnTemplate.objects.get().state == TemplateState.DRAFT

    wrong.runs[0].text = "本单位的红头:{{事由}}"
    answer = writer.post(url("template_replace", made.pk), {"file": SimpleUploadedFile("改.docx", saved(file))})
    assert answer.url == url("template", made.pk)
    assert "须改正" not in page_of(writer, "template", made.pk)
    example = texts(writer.get(url("template_example", made.pk, "docx")).content)
    assert "本单位的红头:（事由）" in example
    writer.post(url("template_activate", made.pk))
    assert "改好后重新上传" not in page_of(writer, "template", made.pk)
    made.refresh_from_db()

    assert "红头通知(20" in page_of(writer, "draft", "free_notice")
    document = drafted(writer, layout=str(made.pk))
    assert document.template == made
    assert "所选" not in page_of(writer, "document", document.pk)
    state_after(writer, document, "submit")
    state_after(checker, document, "check")
    leader = factories.client_for(Role.LEADER)
    assert "印发的只有 Word 文档,没有 PDF" in page_of(leader, "document", document.pk)
    assert state_after(leader, document, "sign") == State.ISSUED
    found = texts(leader.get(url("file", document.pk, "docx")).content)
    assert f"本单位的红头:{FACTS['subject']}" in found
    assert document.number in found
    assert leader.get(url("file", document.pk, "pdf")).status_code == 404
    page = page_of(writer, "document", document.pk)
    assert "本文只有 Word 文档" in page
    assert made.sha256 in page
    assert document.title in page_of(writer, "template", made.pk)


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (FIELDS, "红头.docm", "只能上传 .docx 文件"),
        (b"", "a.docx", "文件是空的"),
        (b"hello", "a.docx", "不是 Word 文档"),
        (exchanged(FIELDS, {"word/vbaProject.bin": b"x"}), "a.docx", "文件含有宏"),
        (exchanged(FIELDS, {"word/embeddings/oleObject1.bin": b"x"}), "a.docx", "嵌入的对象"),
        (exchanged(FIELDS, {"customXml/item1.xml": b"<a>" + b" " * 39_000_000 + b"</a>"}), "a.docx", "压缩比异常"),
        (b"PK" + bytes(8_000_001), "a.docx", "超过 8 MB"),
    ],
)
def test_what_is_refused_says_why_and_keeps_the_form(writer: Client, content: bytes, name: str, said: str) -> None:  # noqa: F811  # a fixture
    answer = sent(writer, content, name)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert 'value="红头通知"' in page
    assert not OwnTemplate.objects.exists()


def test_an_empty_form(writer: Client) -> None:  # noqa: F811  # a fixture
    answer = writer.post(url("template_upload"))
    assert answer.status_code == 422
    for said in ("请选择文种", "请写明名称", "请先选择文件"):
        assert said in answer.content.decode(), said
    assert '<option value="free_notice" data-keys' in page_of(writer, "template_upload")


def test_a_wrong_replacement_is_told_on_the_page(writer: Client) -> None:  # noqa: F811  # a fixture
    sent(writer, template("{{事油}}"))
    made = OwnTemplate.objects.get()
    answer = writer.post(url("template_replace", made.pk), {"file": SimpleUploadedFile("a.docx", b"hello")})
    assert answer.status_code == 422
    assert "没有更换,原来的文件还在" in answer.content.decode()
    assert writer.post(url("template_replace", made.pk)).status_code == 422


def test_the_list(writer: Client) -> None:  # noqa: F811  # a fixture
    assert "还没有自有模板" in page_of(writer, "templates")
    sent(writer, template("{{事油}}"), name="有问题的")
    long = "长" * 100
    active(writer, name=long)
    page = page_of(writer, "templates")
    assert re.search(r"有问题的.*?须改正.*? 2 处", page, re.DOTALL)
    assert long in page
    assert url("template_fields", "free_notice") in page
    assert "用模板的公文只有 Word 文档" in page


def test_retiring(writer: Client) -> None:  # noqa: F811  # a fixture
    made = active(writer)
    document = drafted(writer, layout=str(made.pk))
    writer.post(url("template_retire", made.pk))
    made.refresh_from_db()
    assert made.state == TemplateState.ACTIVE
    writer.post(url("template_retire", made.pk), {"reason": "换新版"})
    page = page_of(writer, "template", made.pk)
    assert "停用理由:换新版" in page
    assert "重新启用" in page
    assert "已停用,请改选" in page_of(writer, "edit", document.pk)
    assert "“红头通知”已停用" in page_of(writer, "document", document.pk)
    again = FORM | {"revision": "1"}
    assert writer.post(url("edit", document.pk), again | {"layout": str(made.pk)}).status_code == 302  # stays, is told
    assert writer.post(url("edit", document.pk), again | {"revision": "2", "layout": "system"}).status_code == 302
    assert OfficialDocument.objects.get().template is None


def test_a_choice_that_cannot_be_made(writer: Client) -> None:  # noqa: F811  # a fixture
    for value in ("999999", "x"):
        answer = writer.post(url("draft", "free_notice"), FORM | {"layout": value})
        assert answer.status_code == 422
        assert "所选的模板已经不在" in answer.content.decode()
    brief = active(writer, template("{{标题}}"), kind="brief")
    answer = writer.post(url("draft", "free_notice"), FORM | {"layout": str(brief.pk)})
    assert "不是这个文种的" in answer.content.decode()


def test_a_correction_keeps_the_layout(writer: Client, checker: Client) -> None:  # noqa: F811  # fixtures
    made = active(writer)
    document = drafted(writer, layout=str(made.pk))
    state_after(writer, document, "submit")
    state_after(checker, document, "check")
    state_after(factories.client_for(Role.LEADER), document, "sign")
    writer.post(url("replace", document.pk, "correction"))
    assert OfficialDocument.objects.latest("pk").template == made


def test_with_libreoffice_the_example_stands_on_the_page(writer: Client, tmp_path: Path, settings: Any) -> None:  # noqa: F811  # a fixture
    made = active(writer)
    assert "不能在页面上显示示例" in page_of(writer, "template", made.pk)
    answer = writer.get(url("template_example", made.pk, "pdf"), follow=True)
    assert "请系统管理员安装 LibreOffice Writer" in answer.content.decode()
    settings.SOFFICE = tmp_path / "soffice"
    settings.SOFFICE.write_text("", "utf-8")
    page = page_of(writer, "template", made.pk)
    assert f'<object data="{url("template_example", made.pk, "pdf")}' in page
    answer = writer.get(url("template_example", made.pk, "pdf"), follow=True)
    assert "LibreOffice 不能启动" in answer.content.decode()


def test_the_table_of_fields(writer: Client) -> None:  # noqa: F811  # a fixture
    page = page_of(writer, "template_fields", "free_notice")
    for said in (
        "{{标题}}",
        "{{金额|金额}}",
        "{{步骤.期限}}",
        "2026年11月26日",
        url("template_starter", "free_notice"),
    ):
        assert said in page, said


def test_queries_do_not_grow(writer: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:  # noqa: F811  # a fixture
    made = active(writer)
    with django_assert_max_num_queries(40) as few:
        page_of(writer, "templates")
    listed = len(few.captured_queries)
    with django_assert_max_num_queries(40) as one:
        page_of(writer, "template", made.pk)
    shown = len(one.captured_queries)
    factories.OwnTemplateFactory.create_batch(20)
    for _ in range(3):
        drafted(writer, layout=str(made.pk))
    with django_assert_max_num_queries(listed):
        page_of(writer, "templates")
    with django_assert_max_num_queries(shown):
        page_of(writer, "template", made.pk)


@pytest.mark.parametrize("role", [Role.LEADER, Role.DEPARTMENT, Role.COUNTY_FILL])
def test_others_see_no_templates(role: Role, writer: Client) -> None:  # noqa: F811  # a fixture
    made = active(writer)
    other = factories.client_for(role)
    assert other.get(url("templates")).status_code == 403
    assert other.get(url("template_file", made.pk)).status_code == 403
    assert reverse("documents:templates") not in other.get(reverse("workbench:home")).content.decode()
