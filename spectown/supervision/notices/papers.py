"""The documents of a notice: drafted from its facts, moved through the register with it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from spectown.accounts.permissions import Permission
from spectown.core.supervision.noticesettings import NoticeSettings
from spectown.documents import services as documents
from spectown.documents.enums import State
from spectown.documents.models import OfficialDocument, Receipt
from spectown.documents.workflow import EDITABLE
from spectown.supervision.facts import Facts
from spectown.supervision.models import Notice, Step
from spectown.supervision.notices.settings import notice_settings

KIND = "supervision_notice"
LINE = ("item", "planned", "actual", "source")


def facts_of(notice: Notice) -> dict[str, Any]:
    """What the document says."""
    work = notice.work
    found: dict[str, Any] = {
        "subject": work.title,
        "town": work.town.name if work.town else f"“{work.title}”",
        "trigger": notice.said.rstrip("。"),
        "problems": [{"matter": p["matter"], "detail": p["detail"]} for p in notice.problems],
        "demands": [{"demand": each.text.rstrip("。"), "due": each.due} for each in notice.demands.all()],
        "plan_due": notice.plan_due,
        "report_due": work.first_deadline,
        "contact": notice.contact,
        "phone": notice.phone,
    }
    lines = [{name: line.get(name) or None for name in LINE} for line in notice.evidence]
    return found | ({"evidence": lines} if lines else {})


def hand_in(facts: Facts, step: Step) -> None:
    """Draft the document or bring its draft up to date, and hand it to whoever checks."""
    notice: Notice = facts.row
    work, content, found = facts.work, facts_of(notice), notice.document
    receive_by = facts.calendar.add(facts.on, _settings(facts).sign_days)
    to = [work.holder] if work.holder else []
    if found is None or found.state == State.VOIDED:
        about = [notice, *([work.town] if work.town else [])]
        found = documents.draft(
            kind=KIND, facts=content, by=facts.by, about=about, recipients=to, receive_by=receive_by
        )
    elif found.state in EDITABLE:
        kept = {**found.facts, **content}
        found = documents.save(
            document=found, facts=kept, revision=found.revision, by=facts.by, recipients=to, receive_by=receive_by
        )
    notice.document = found
    notice.save(update_fields=["document"])
    if found.state in EDITABLE:
        documents.move(document=found, code="submit", by=facts.by)


def check(facts: Facts, step: Step) -> None:
    """Checked with the notice; where that was done in the register, there is nothing to do."""
    document = facts.row.document
    if document is not None and document.state == State.CHECKING:
        facts.row.document = documents.move(document=document, code="check", by=facts.by)


def send_back(facts: Facts, step: Step) -> None:
    """Goes back to its writer with the same reason."""
    document = facts.row.document
    codes = {State.CHECKING: "return", State.SIGNING: "sign_return" if _signs(facts) else "recall"}
    code = codes.get(State(document.state)) if document is not None else None
    if code:
        facts.row.document = documents.move(document=document, code=code, by=facts.by, reason=step.reason)


def discard(facts: Facts, step: Step) -> None:
    """A draft that is not needed any more."""
    document = facts.row.document
    if document is not None and document.state in EDITABLE:
        facts.row.document = documents.discard(document=document, reason=step.reason, by=facts.by)


def number(facts: Facts, step: Step) -> None:
    """Signed with the notice: numbered, dated, sealed; where it was signed in the register, taken as it is."""
    notice: Notice = facts.row
    if notice.document is not None:
        _from_now(notice.document, facts)
    if notice.document is not None and notice.document.state == State.SIGNING:
        notice.document = documents.move(document=notice.document, code="sign", by=facts.by)
    notice.issued_on = facts.on
    notice.save(update_fields=["issued_on"])


def _from_now(document: OfficialDocument, facts: Facts) -> None:
    """The days for 签收 count from the issue, however long the paper lay before; a later day that was typed stays."""
    until = facts.calendar.add(facts.on, _settings(facts).sign_days)
    document.receipts.filter(Q(deadline__lt=until) | Q(deadline__isnull=True)).update(deadline=until)


def receive(facts: Facts, step: Step) -> None:
    """签收 of the document with that of the notice."""
    waits = Receipt.objects.waiting_for(facts.by).filter(document=facts.row.document_id)
    if facts.row.document is not None and waits.exists():
        documents.receive(document=facts.row.document, by=facts.by, follow=False)


def _signs(facts: Facts) -> bool:
    return facts.by.may(Permission.DOCUMENT_SIGN)


def _settings(facts: Facts) -> NoticeSettings:
    return notice_settings(facts.on)
