"""The way of a document: drafted, checked by another, signed, numbered, sealed; what is issued stays."""

import datetime
import hashlib
import io
from pathlib import Path

import docx
import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from spectown.accounts.permissions import Role
from spectown.audit.models import Event
from spectown.core.documentkinds.facts import FactsFault
from spectown.documents import services
from spectown.documents.enums import Replacement, State
from spectown.documents.models import NumberSequence, OfficialDocument
from spectown.documents.services.drafting import Replaces
from spectown.documents.services.moves import PaperSignature
from spectown.documents.workflow import WORKFLOW
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor, NotAllowed
from spectown.organisations.enums import NameKind
from spectown.outbox.models import Message
from spectown.outbox.sending import place
from tests import factories
from tests.apps.documents.conftest import FACTS

pytestmark = [pytest.mark.django_db, pytest.mark.data]


def issued(
    drafter: Actor, checker: Actor, leader: Actor, kind: str = "free_notice", **more: object
) -> OfficialDocument:
    document = services.draft(kind=kind, facts=FACTS, by=drafter, **more)  # type: ignore[arg-type]  # as given
    services.move(document=document, code="submit", by=drafter)
    services.move(document=document, code="check", by=checker)
    return services.move(document=document, code="sign", by=leader)


def text_of(document: OfficialDocument) -> str:
    content = services.verified(document.files.get(form="docx"))
    found = docx.Document(io.BytesIO(content))
    return found.element.xpath("string(.)")


def test_the_whole_way(drafter: Actor, checker: Actor, leader: Actor) -> None:
    town = factories.TownFactory.create()
    document = issued(drafter, checker, leader, about=[town])
    year = timezone.localdate().year
    assert (document.state, document.number) == (State.ISSUED, f"某专镇办〔{year}〕1号")
    assert (document.title, document.dated) == ("关于报送三季度进度的通知", timezone.localdate())
    assert document.facts == FACTS
    assert OfficialDocument.objects.concerning(town).get() == document
    files = {file.form: file for file in document.files.all()}
    assert set(files) == {"docx", "pdf"}
    assert files["pdf"].fonts["小标宋"]
    assert services.verified(files["pdf"]).startswith(b"%PDF")
    assert document.number in text_of(document)
    said = Event.objects.get(action="document.sign").after
    assert said["files"] == {form: file.sha256 for form, file in files.items()}
    assert said["facts"] == FACTS


def test_nobody_drafts_and_checks(drafter: Actor, checker: Actor) -> None:
    document = services.draft(kind="free_notice", facts=FACTS, by=drafter)
    document = services.move(document=document, code="submit", by=checker)
    with pytest.raises(Refused, match="不能由起草人自己审核通过"):
        services.move(document=document, code="check", by=drafter)
    services.move(document=document, code="recall", by=drafter)
    document = services.save(document=document, facts=FACTS, revision=1, by=checker)
    document = services.save(document=document, facts=FACTS, revision=2, by=drafter)
    services.move(document=document, code="submit", by=drafter)
    with pytest.raises(Refused, match="不能由起草人自己审核通过"):  # wrote in between, though not last
        services.move(document=document, code="check", by=checker)


def test_both_send_back_with_a_reason_and_nothing_is_lost(drafter: Actor, checker: Actor, leader: Actor) -> None:
    document = services.draft(kind="free_notice", facts=FACTS, by=drafter)
    services.move(document=document, code="submit", by=drafter)
    with pytest.raises(Refused, match="须写明理由"):
        services.move(document=document, code="return", by=checker)
    document = services.move(document=document, code="return", by=checker, reason="期限不明")
    assert (document.state, document.return_reason, document.facts) == (State.RETURNED, "期限不明", FACTS)
    services.move(document=document, code="submit", by=drafter)
    services.move(document=document, code="check", by=checker)
    document = services.move(document=document, code="sign_return", by=leader, reason="再核")
    assert (document.state, document.checked_at, document.facts) == (State.RETURNED, None, FACTS)


def test_incomplete_facts_are_a_draft_but_are_not_sent_on(drafter: Actor) -> None:
    document = services.draft(kind="free_notice", facts={"subject": "", "amount": "约两千"}, by=drafter)
    assert document.facts == {"subject": "", "amount": "约两千"}
    with pytest.raises(Refused, match="“金额”应为以万元计的数字,现为“约两千”"):
        services.move(document=document, code="submit", by=drafter)
    with pytest.raises(FactsFault):
        services.preview_pdf(document)
    with pytest.raises(Refused, match="没有文种“nothing”"):
        services.draft(kind="nothing", facts={}, by=drafter)


def test_a_draft_shows_itself_without_number(drafter: Actor) -> None:
    document = services.draft(kind="free_notice", facts=FACTS | {"serial": "某专镇办〔2026〕9号"}, by=drafter)
    assert services.preview_pdf(document).startswith(b"%PDF")
    found = docx.Document(io.BytesIO(services.preview_docx(document)))
    assert "号" not in found.element.xpath("string(.)")


def test_what_is_issued_stays(drafter: Actor, checker: Actor, leader: Actor) -> None:
    document = issued(drafter, checker, leader)
    with pytest.raises(Refused, match="不能修改"):
        services.save(document=document, facts={}, revision=document.revision, by=drafter)
    for code in ("submit", "check", "recall", "discard", "sign_return"):
        with pytest.raises((Refused, NotAllowed)):
            services.move(document=document, code=code, by=drafter, reason="试试")


def test_a_later_change_is_a_new_document(drafter: Actor, checker: Actor, leader: Actor) -> None:
    old = issued(drafter, checker, leader)
    new = issued(drafter, checker, leader, replaces=Replaces(old, Replacement.REPEAL))
    old.refresh_from_db()
    assert (old.state, old.replaced_by, new.replaces_how) == (State.REPLACED, new, Replacement.REPEAL)
    assert old.standing == "已被废止"
    logged = Event.objects.get(action="document.replaced", object_id=str(old.pk))
    assert logged.reason == f"被{new.number}废止"  # the old one's own history says so
    with pytest.raises(Refused, match="只有已印发的公文"):
        services.draft(kind="free_notice", facts=FACTS, by=drafter, replaces=Replaces(old))
    services.draft(kind="free_notice", facts=FACTS, by=drafter, replaces=Replaces(new))
    with pytest.raises(Refused, match="已有一份"):
        services.draft(kind="free_notice", facts=FACTS, by=drafter, replaces=Replaces(new))


def test_a_voided_number_stays_and_is_not_given_again(drafter: Actor, checker: Actor, leader: Actor) -> None:
    first = issued(drafter, checker, leader)
    with pytest.raises(Refused, match="不能由起草人自己作废"):
        services.move(document=first, code="void", by=drafter, reason="印错")
    first = services.move(document=first, code="void", by=checker, reason="印错")
    assert (first.state, first.serial, first.void_reason) == (State.VOIDED, 1, "印错")
    assert issued(drafter, checker, leader).serial == 2


def test_the_receivers_are_told_of_a_voided_document(drafter: Actor, checker: Actor, leader: Actor) -> None:
    unit = factories.UnitFactory.create()
    told = {factories.actor(role, unit=unit).user_id for role in (Role.DEPARTMENT, Role.DEPARTMENT)}
    factories.actor(Role.DEPARTMENT)
    document = issued(drafter, checker, leader)
    factories.ReceiptFactory.create(document=document, unit=unit)
    assert not Message.objects.exists()
    services.move(document=document, code="void", by=checker, reason="附表有误")
    place(timezone.now())
    sent = Message.objects.all()
    assert {message.receiver_id for message in sent} == told
    assert {message.title for message in sent} == {f"公文作废:{document.title}"}
    assert "理由:附表有误" in sent[0].text
    assert sent[0].text.startswith(document.number)


def test_a_refused_issue_uses_no_number(drafter: Actor, checker: Actor, leader: Actor) -> None:
    facts = FACTS | {"on": str(timezone.localdate() + datetime.timedelta(days=3))}
    document = services.draft(kind="free_notice", facts=facts, by=drafter)
    services.move(document=document, code="submit", by=drafter)
    services.move(document=document, code="check", by=checker)
    with pytest.raises(Refused, match="晚于今天"):
        services.move(document=document, code="sign", by=leader)
    document.refresh_from_db()
    assert (document.state, document.number, NumberSequence.objects.count()) == (State.SIGNING, "", 0)
    assert issued(drafter, checker, leader).serial == 1


def test_numbers_of_kinds(drafter: Actor, checker: Actor, leader: Actor) -> None:
    assert issued(drafter, checker, leader, "brief").number == "第1期"
    assert issued(drafter, checker, leader, "brief").number == "第2期"
    sheet = issued(drafter, checker, leader, "sheet")
    assert (sheet.number, sheet.serial) == ("", None)


def test_a_signature_on_paper(drafter: Actor, checker: Actor, leader: Actor) -> None:
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    document = services.draft(kind="free_notice", facts=FACTS, by=drafter)
    services.move(document=document, code="submit", by=drafter)
    services.move(document=document, code="check", by=checker)
    with pytest.raises(Refused, match="须写明签发人"):
        services.move(document=document, code="sign_paper", by=checker)
    signature = PaperSignature("王某", yesterday, "签批件 2026-031")
    with pytest.raises(Refused, match="不能由起草人自己登记"):
        services.sign_on_paper(document=document, signature=signature, by=drafter)
    document = services.sign_on_paper(document=document, signature=signature, by=checker)
    assert (document.signer, document.signature_reference, document.dated) == ("王某", "签批件 2026-031", yesterday)


def test_units_are_named_as_on_the_day(drafter: Actor, checker: Actor, leader: Actor) -> None:
    unit = factories.UnitFactory.create(name="市数据局")
    today = timezone.localdate()
    factories.UnitNameFactory.create(
        unit=unit, name="市大数据局", kind=NameKind.OFFICIAL, valid_to=today - datetime.timedelta(days=10)
    )
    factories.UnitNameFactory.create(
        unit=unit, name="市数据局", kind=NameKind.OFFICIAL, valid_from=today - datetime.timedelta(days=9)
    )
    assert "市数据局:" in text_of(issued(drafter, checker, leader, recipients=[unit])).replace("\uff1a", ":")
    old = services.draft(
        kind="free_notice",
        facts=FACTS | {"on": str(today - datetime.timedelta(days=20))},
        recipients=[unit],
        by=drafter,
    )
    found = docx.Document(io.BytesIO(services.preview_docx(old)))
    assert "市大数据局" in found.element.xpath("string(.)")


def test_receivers(drafter: Actor, checker: Actor, leader: Actor) -> None:
    receiver, other = factories.actor(Role.DEPARTMENT), factories.actor(Role.DEPARTMENT)
    unit = factories.UnitFactory._meta.model.objects.get(pk=receiver.unit_id)
    waiting = services.draft(kind="free_notice", facts=FACTS, by=drafter, recipients=[unit])
    with pytest.raises(Refused, match="没有发给您的单位"):
        services.receive(document=waiting, by=receiver)
    assert not OfficialDocument.objects.visible_to(receiver).exists()
    document = issued(drafter, checker, leader, recipients=[unit])
    assert list(OfficialDocument.objects.visible_to(receiver)) == [document]
    assert not OfficialDocument.objects.visible_to(other).exists()
    services.receive(document=document, by=receiver)
    with pytest.raises(Refused, match="已经签收"):
        services.receive(document=document, by=receiver)
    assert Event.objects.filter(action="document.receive").count() == 1


def test_drafts_are_the_offices_own(drafter: Actor, leader: Actor, checker: Actor) -> None:
    document = services.draft(kind="free_notice", facts=FACTS, by=drafter)
    seen = OfficialDocument.objects.visible_to
    assert (seen(checker).count(), seen(leader).count()) == (1, 0)
    services.move(document=document, code="submit", by=drafter)
    services.move(document=document, code="check", by=checker)
    assert (seen(leader).count(), seen(leader).waiting_for(leader).count()) == (1, 1)
    with pytest.raises(NotAllowed):
        services.draft(kind="free_notice", facts=FACTS, by=leader)
    with pytest.raises(NotAllowed):
        services.move(document=document, code="sign", by=drafter)


def test_two_at_one_draft(drafter: Actor, checker: Actor) -> None:
    document = services.draft(kind="free_notice", facts=FACTS, by=drafter)
    services.save(document=document, facts=FACTS | {"amount": "3"}, revision=1, by=checker)
    with pytest.raises(services.StaleRevision, match="又保存过"):
        services.save(document=document, facts=FACTS, revision=1, by=drafter)


def test_a_changed_file_is_not_served(drafter: Actor, checker: Actor, leader: Actor) -> None:
    file = issued(drafter, checker, leader).files.get(form="pdf")
    name = file.file.name
    file.file.storage.delete(name)
    with pytest.raises(Refused, match="不在存储中"):
        services.verified(file)
    file.file.storage.save(name, io.BytesIO(b"%PDF-1.4 other"))
    with pytest.raises(Refused, match="与印发时的校验值不符"):
        services.verified(file)


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("document_state_is_known", {"state": "x"}),
        ("document_issued_is_whole", {"state": "issued"}),
        ("document_void_reason", {"state": "voided"}),
        ("document_signed_at_and_by", {"signed_at": timezone.now()}),
    ],
)
def test_the_database_says_no(name: str, facts: dict[str, object]) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        factories.OfficialDocumentFactory.create(**facts)


def test_two_persons_in_the_database() -> None:
    user = factories.UserFactory.create()
    with pytest.raises(IntegrityError, match="document_two_persons"), transaction.atomic():
        factories.OfficialDocumentFactory.create(drafted_by=user, checked_by=user, checked_at=timezone.now())


def test_a_number_once() -> None:
    number = {"code": "某专镇办", "year": 2026, "serial": 1}
    factories.OfficialDocumentFactory.create(**number)
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.OfficialDocumentFactory.create(**number)


def test_hashes_are_of_the_files(drafter: Actor, checker: Actor, leader: Actor) -> None:
    for file in issued(drafter, checker, leader).files.all():
        content = services.verified(file)
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (file.sha256, file.size)


def test_the_diagram_is_current() -> None:
    text = (Path(settings.BASE_DIR) / "docs" / "algorithms" / "official-documents.md").read_text("utf-8")
    assert WORKFLOW.diagram() in text


def test_a_voided_correction_lets_the_old_one_stand_again(drafter: Actor, checker: Actor, leader: Actor) -> None:
    town = factories.TownFactory.create()
    old = issued(drafter, checker, leader, about=[town])
    new = issued(drafter, checker, leader, replaces=Replaces(old))
    assert set(OfficialDocument.objects.concerning(town)) == {old, new}
    services.move(document=new, code="void", by=checker, reason="更正有误")
    old.refresh_from_db()
    assert (old.state, old.replaced_by, old.replaced_at) == (State.ISSUED, None, None)
    assert Event.objects.get(action="document.stands_again").object_id == str(old.pk)
    again = issued(drafter, checker, leader, replaces=Replaces(old, Replacement.REPEAL))
    old.refresh_from_db()
    assert (old.state, old.replaced_by) == (State.REPLACED, again)


def test_a_character_that_no_font_has_is_told_before_it_is_sent_on(drafter: Actor) -> None:
    document = services.draft(kind="free_notice", facts=FACTS | {"content": "私用字\ue123。"}, by=drafter)
    with pytest.raises(Refused, match=r"U\+E123.*没有字形"):
        services.move(document=document, code="submit", by=drafter)


def test_a_document_that_waits_for_its_signature_can_be_taken_back(drafter: Actor, checker: Actor) -> None:
    document = services.draft(kind="free_notice", facts=FACTS, by=drafter)
    services.move(document=document, code="submit", by=drafter)
    services.move(document=document, code="check", by=checker)
    back = services.move(document=document, code="recall", by=drafter)
    assert (back.state, back.checked_at, back.checked_by) == (State.DRAFT, None, None)
