"""The document that says that a notice is settled (销号通知)."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.documents import services as documents
from spectown.documents.enums import State
from spectown.documents.models import OfficialDocument
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.supervision.models import Notice, Step
from spectown.supervision.services.moves import locked

KIND = "close_out"


@transaction.atomic
def draft_close_out(*, notice: Notice, by: Actor) -> OfficialDocument:
    """Begin 销号通知 with what the notice knows. Raises Refused before 销号, or where it was begun."""
    by.require(Permission.DOCUMENT_DRAFT)
    work = locked(notice.work, by)
    found = Notice.objects.select_related("work", "document", "closing").get(work=work)
    if work.state != "closed":
        raise Refused("还没有销号,不能起草销号通知。")
    if found.closing is not None and found.closing.state != State.VOIDED:
        raise Refused("销号通知已经起草,请打开原稿继续办理。")
    about = [found, *([work.town] if work.town else [])]
    to = [work.holder] if work.holder else []
    made = documents.draft(kind=KIND, facts=facts_of(found), by=by, about=about, recipients=to)
    found.closing = made
    found.save(update_fields=["closing"])
    audit.record(by=by, action="notice.close_out", obj=found, after={"document": made.pk})
    return made


def facts_of(notice: Notice) -> dict[str, Any]:
    """Demands with what was done and by which files; who verified and when."""
    steps = {step.move: step for step in notice.work.steps.select_related("by").order_by("pk")}
    report = notice.reports.filter(is_final=True, sent_at__isnull=False).order_by("pk").last()
    files = "、".join(file.name for file in report.files.all()) if report else ""
    results = report.results if report else {}
    found: dict[str, Any] = {
        "subject": notice.work.title,
        "notice_number": notice.document.number if notice.document else None,
        "notice_date": notice.issued_on,
        "results": [
            {
                "demand": each.text,
                "done": results.get(str(each.number)) or (report.text if report else ""),
                "evidence": files,
                "verdict": "销号",
            }
            for each in notice.demands.all()
        ],
    }
    return found | _verified(steps, report.sent_at if report else None)


def _verified(steps: dict[str, Step], sent_at: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"reported_on": timezone.localdate(sent_at)} if sent_at else {}
    step = steps.get("verify")
    if step is not None:
        found |= {"verified_on": step.on, "verifiers": [f"{step.by.name}({step.unit_name})"]}
    return found
