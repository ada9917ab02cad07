"""Own templates: uploaded with all faults, mended, in use, chosen by a draft, issued, retired."""

import datetime
import hashlib
import io
from pathlib import Path
from typing import Any

import docx
import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from spectown.accounts.permissions import Role
from spectown.audit.models import Event
from spectown.documents import services
from spectown.documents.enums import FileForm, State, TemplateState
from spectown.documents.layouts import content_of
from spectown.documents.models import OfficialDocument, OwnTemplate
from spectown.documents.services import ahead
from spectown.documents.services.layout import Layout
from spectown.lib.officialdoc.own.refusal import TemplateRefused
from spectown.lib.officialdoc.own.soffice import as_pdf
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor, NotAllowed
from spectown.plans.models import PlanVersion
from tests import factories
from tests.apps.documents.conftest import FACTS
from tests.own_templates import exchanged, saved, template, texts

pytestmark = pytest.mark.django_db

GOOD = template("{{标题}}", "{{发文字号}}", "自有:{{正文}}", "{{附注|可省}}", rows=[["{{序号}}", "{{步骤.步骤}}"]])
FAULTY = template("{{标题}}", "{{事油}}", "{{正文")
PDF = b"%PDF-1.4 by a stand-in"


def uploaded(by: Actor, content: bytes = GOOD, **more: Any) -> OwnTemplate:
    given = {"kind": "free_notice", "name": "红头通知", "filename": "红头.docx", **more}
    return services.upload(content=content, by=by, **given)


def active(by: Actor, content: bytes = GOOD) -> OwnTemplate:
    return services.activate(template=uploaded(by, content), by=by)


def checked(template: OwnTemplate | None, drafter: Actor, checker: Actor) -> OfficialDocument:
    document = services.draft(kind="free_notice", facts=FACTS, by=drafter, layout=Layout(template))
    services.move(document=document, code="submit", by=drafter)
    return services.move(document=document, code="check", by=checker)


def soffice(folder: Path, settings: Any, script: str) -> None:
    """A stand-in for LibreOffice; `$out` is its output folder."""
    program = folder / "soffice"
    program.write_text(f'#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done\nout="$2"\n{script}\n', "utf-8")
    program.chmod(0o700)
    settings.SOFFICE = program


def test_an_upload_is_checked_and_kept_under_its_hash(drafter: Actor) -> None:
    made = uploaded(drafter, FAULTY, name="  红头\n通知 ")
    assert (made.name, made.state, made.kind_label) == ("红头 通知", TemplateState.DRAFT, "通知")
    assert made.sha256 == hashlib.sha256(FAULTY).hexdigest()
    assert content_of(made) == FAULTY
    first, second = made.stopping
    assert first["place"] == "正文第 2 段"
    assert first["text"] == "{{事油}}"
    assert "是否为“事由”" in first["message"]
    assert first["todo"].startswith("把名称改为“事由”")
    assert "没有结束" in second["message"]
    assert Event.objects.get(action="template.upload").after["faults"] == 2


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"kind": "nothing"}, "没有这个文种"),
        ({"name": " "}, "模板名称应写明"),
        ({"name": "长" * 101}, "不超过 100 字"),
        ({"content": b"hello"}, "不是 Word 文档"),
        ({"content": exchanged(GOOD, {"word/vbaProject.bin": b"x"})}, "文件含有宏"),
        ({"content": exchanged(GOOD, {"customXml/item1.xml": b"<a>" + b" " * 39_000_000 + b"</a>"})}, "压缩比异常"),
    ],
)
def test_what_cannot_be_a_template_is_not_kept(drafter: Actor, more: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        uploaded(drafter, **more)
    assert not OwnTemplate.objects.exists()
    assert not default_storage.exists("templates")


def test_a_faulty_one_is_not_put_to_use_until_it_is_mended(
    drafter: Actor, django_capture_on_commit_callbacks: Any
) -> None:
    made = uploaded(drafter, FAULTY)
    with pytest.raises(Refused, match="还有 2 处问题"):
        services.activate(template=made, by=drafter)
    old = made.file.name
    with django_capture_on_commit_callbacks(execute=True):
        made = services.replace_file(template=made, filename="改.docx", content=GOOD, by=drafter)
    assert (made.stopping, made.filename, made.sha256) == ([], "改.docx", hashlib.sha256(GOOD).hexdigest())
    assert not default_storage.exists(old)
    assert services.activate(template=made, by=drafter).state == TemplateState.ACTIVE
    with pytest.raises(Refused, match="启用后文件不再更换"):
        services.replace_file(template=made, filename="a.docx", content=GOOD, by=drafter)
    with pytest.raises(Refused, match="已经在用"):
        services.activate(template=made, by=drafter)
    actions = Event.objects.filter(object_type="documents.owntemplate").order_by("seq")
    assert [event.action for event in actions] == ["template.upload", "template.replace", "template.activate"]
    assert actions[1].before["sha256"] != actions[1].after["sha256"]


def test_a_refused_file_leaves_the_old_one(drafter: Actor, django_capture_on_commit_callbacks: Any) -> None:
    made = uploaded(drafter)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(TemplateRefused):
        services.replace_file(template=made, filename="a.docx", content=b"PK", by=drafter)
    made.refresh_from_db()
    assert content_of(made) == GOOD


def test_the_kind_may_change_between_upload_and_use(drafter: Actor, plan: PlanVersion) -> None:
    made = uploaded(drafter)
    changed = {**plan.documents["free_notice"], "facts": plan.documents["free_notice"]["facts"][:2]}
    plan.documents, plan.digest = {"free_notice": changed}, "f" * 64
    plan.save()
    with pytest.raises(Refused, match="还有 2 处问题"):
        services.activate(template=made, by=drafter)


@pytest.mark.data
def test_retiring_asks_for_a_reason_and_can_be_undone(drafter: Actor) -> None:
    made = active(drafter)
    with pytest.raises(Refused, match="停用理由"):
        services.retire(template=made, reason=" ", by=drafter)
    made = services.retire(template=made, reason="改用新版", by=drafter)
    assert (made.state, made.retire_reason) == (TemplateState.RETIRED, "改用新版")
    assert Event.objects.get(action="template.retire").reason == "改用新版"
    with pytest.raises(Refused, match="已经停用"):
        services.retire(template=made, reason="再停", by=drafter)
    again = services.activate(template=made, by=drafter)
    assert (again.state, again.retired_by, again.retire_reason) == (TemplateState.ACTIVE, None, "")


@pytest.mark.parametrize("role", [Role.LEADER, Role.DEPARTMENT, Role.SYSTEM_ADMIN])
def test_only_the_office(role: Role, drafter: Actor) -> None:
    made, stranger = uploaded(drafter), factories.actor(role)
    for act in (
        lambda: uploaded(stranger),
        lambda: services.replace_file(template=made, filename="a.docx", content=GOOD, by=stranger),
        lambda: services.activate(template=made, by=stranger),
        lambda: services.retire(template=made, reason="x", by=stranger),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert not OwnTemplate.objects.visible_to(stranger).exists()


def test_the_title_of_the_file_is_the_documents(drafter: Actor) -> None:
    file = docx.Document(io.BytesIO(template("{{标题}}")))
    file.core_properties.title = "{{标题}}"
    made = services.example_docx(uploaded(drafter, saved(file)))
    assert docx.Document(io.BytesIO(made)).core_properties.title == "关于\uff08事由\uff09的通知"


def test_the_example_shows_every_field(drafter: Actor) -> None:
    found = texts(services.example_docx(uploaded(drafter)))
    assert found[:2] == ["关于\uff08事由\uff09的通知", "某专镇办〔2026〕1号"]
    assert found[-4:] == ["1", "（步骤）", "2", "（步骤）"]
    with pytest.raises(Refused, match="模板有 2 处问题"):
        services.example_docx(uploaded(drafter, FAULTY))


@pytest.mark.data
def test_a_draft_chooses_and_is_issued_with_it(drafter: Actor, checker: Actor, leader: Actor) -> None:
    """Without LibreOffice the issued file is the .docx alone: a missing program keeps no document back."""
    made = active(drafter)
    facts = FACTS | {"steps": [{"step": "汇总"}, {"step": "核对"}]}
    document = services.draft(kind="free_notice", facts=facts, by=drafter, layout=Layout(made))
    assert made.sha256 in Event.objects.get(action="document.draft").after["template"]
    found = texts(services.preview_docx(document))
    assert found[:2] == ["关于报送三季度进度的通知", "未编号"]
    assert found[-4:] == ["1", "汇总", "2", "核对"]
    services.move(document=document, code="submit", by=drafter)
    services.move(document=document, code="check", by=checker)
    document = services.move(document=document, code="sign", by=leader)
    assert document.template_sha256 == made.sha256
    (file,) = document.files.all()
    assert texts(services.verified(file))[1] == document.number
    assert docx.Document(io.BytesIO(services.verified(file)))
    assert Event.objects.get(action="document.sign").after["template_sha256"] == made.sha256


def test_with_libreoffice_both_files_are_issued(
    drafter: Actor, checker: Actor, leader: Actor, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked: list[bool] = []  # whether others wait meanwhile: a move begins a savepoint within the test's transaction

    def watched(word: bytes, seconds: int) -> bytes:
        locked.append(bool(connection.savepoint_ids))
        return as_pdf(word, seconds)

    monkeypatch.setattr(ahead, "as_pdf", watched)
    template = active(drafter)
    document, other = (checked(template, drafter, checker) for _ in range(2))
    soffice(tmp_path, settings, f"printf %s '{PDF.decode()}' > \"$out/a.pdf\"")
    ahead.make_ahead(other, timezone.localdate())  # for the number that the first one takes
    document = services.move(document=document, code="sign", by=leader)
    assert locked == [False, False]
    assert services.move(document=other, code="sign", by=leader).serial == 2
    assert locked == [False] * 3
    assert {file.form for file in document.files.all()} == {FileForm.DOCX, FileForm.PDF}
    assert services.verified(document.files.get(form=FileForm.PDF)) == PDF


def test_a_failing_libreoffice_takes_no_number(
    drafter: Actor, checker: Actor, leader: Actor, tmp_path: Path, settings: Any
) -> None:
    document = checked(active(drafter), drafter, checker)
    for script in ("exit 1", "exit 0"):
        soffice(tmp_path, settings, script)
        with pytest.raises(Refused, match="没有生成 PDF"):
            services.move(document=document, code="sign", by=leader)
    document.refresh_from_db()
    assert (document.state, document.number, document.files.count()) == (State.SIGNING, "", 0)


def test_a_retired_one_stops_the_draft_that_chose_it(drafter: Actor, checker: Actor, leader: Actor) -> None:
    made = active(drafter)
    waiting = checked(made, drafter, checker)
    document = services.draft(kind="free_notice", facts=FACTS, by=drafter, layout=Layout(made))
    services.retire(template=made, reason="有误", by=drafter)
    with pytest.raises(Refused, match="“红头通知”已停用"):
        services.move(document=document, code="submit", by=drafter)
    with pytest.raises(Refused, match="已停用"):
        services.move(document=waiting, code="sign", by=leader)
    made.refresh_from_db()
    with pytest.raises(Refused, match="没有在用"):
        services.draft(kind="free_notice", facts=FACTS, by=drafter, layout=Layout(made))
    with pytest.raises(Refused, match="不是这个文种的"):
        services.draft(kind="brief", facts=FACTS, by=drafter, layout=Layout(active(drafter)))
    document = services.save(document=document, facts=FACTS, revision=1, by=drafter, layout=Layout())
    assert document.template is None
    assert Event.objects.get(action="document.save").after == {"template": "系统版式"}
    services.move(document=document, code="submit", by=drafter)


def test_saving_leaves_the_layout_unless_it_is_chosen(drafter: Actor) -> None:
    document = services.draft(kind="free_notice", facts=FACTS, by=drafter, layout=Layout(active(drafter)))
    assert services.save(document=document, facts=FACTS, revision=1, by=drafter).template == document.template


def test_a_file_that_was_tampered_with_is_not_used(drafter: Actor) -> None:
    made = active(drafter)
    document = services.draft(kind="free_notice", facts=FACTS, by=drafter, layout=Layout(made))
    Path(made.file.path).write_bytes(FAULTY)
    with pytest.raises(Refused, match="校验值不符"):
        services.preview_docx(document)
    Path(made.file.path).unlink()
    with pytest.raises(Refused, match="不在存储中"):
        services.move(document=document, code="submit", by=drafter)


def test_text_that_looks_like_a_program_does_nothing(drafter: Actor) -> None:
    """Jinja's signs other than the double braces are plain text; within them only names of facts are known."""
    made = uploaded(drafter, template("{{标题}}{% for a in [].__class__ %}{# x #}${7*7}"))
    assert made.stopping == []
    document = services.draft(
        kind="free_notice", facts=FACTS, by=drafter, layout=Layout(services.activate(template=made, by=drafter))
    )
    assert texts(services.preview_docx(document)) == [
        "关于报送三季度进度的通知{% for a in [].__class__ %}{# x #}${7*7}"
    ]
    for text in ("{{ ''.__class__.__mro__ }}", "{{ self }}", "{{7*7}}", "{{ cycler.__init__.__globals__ }}"):
        assert uploaded(drafter, template("{{标题}}", text)).stopping, text


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("template_state_is_known", {"state": "x"}),
        ("template_active_is_whole", {"state": "active"}),
        ("template_retired_with_reason", {"state": "retired", "retire_reason": "x"}),
        ("template_activated_at_and_by", {"activated_at": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)}),
        ("template_retired_at_and_by", {"retired_at": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)}),
    ],
)
def test_constraints(name: str, facts: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        factories.OwnTemplateFactory.create(**facts)


@pytest.mark.data
def test_retired_needs_its_reason() -> None:
    user = factories.UserFactory.create()
    with pytest.raises(IntegrityError, match="template_retired_with_reason"), transaction.atomic():
        factories.OwnTemplateFactory.create(state="retired", retired_at=timezone.now(), retired_by=user)
