"""What the unit writes about a notice: its plan, its reports, their files. Sending them are moves."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.lib.proofs.keeping import keep
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.supervision.models import Notice, NoticeFile, NoticeReport
from spectown.supervision.services.moves import locked

MOST_FILES = 20


@dataclass(frozen=True, slots=True)
class Plan:
    """What the unit will do, who answers for it, until when."""

    text: str
    person: str
    until: datetime.date | None


@dataclass(frozen=True, slots=True)
class Report:
    """What was done; `results`: by the number of the demand."""

    text: str
    results: Mapping[int, str] = field(default_factory=dict)
    percent: int | None = None


@transaction.atomic
def write_plan(*, notice: Notice, plan: Plan, by: Actor) -> Notice:
    """Save the plan as a draft. Raises Refused outside its time."""
    found = _own(notice, by, ("issued", "receipted"), "整改方案")
    found.plan_text, found.plan_person, found.plan_until = plan.text.strip(), plan.person.strip()[:100], plan.until
    found.save(update_fields=["plan_text", "plan_person", "plan_until"])
    after = {"text": found.plan_text, "person": found.plan_person, "until": found.plan_until}
    audit.record(by=by, action="notice.plan_saved", obj=found, after=after)
    return found


@transaction.atomic
def write_report(*, notice: Notice, report: Report, by: Actor) -> NoticeReport:
    """Save the report that is being written. Raises Refused outside its time."""
    found = _own(notice, by, ("rectifying",), "整改报告")
    draft = _draft(found, by)
    draft.text, draft.percent = report.text.strip(), report.percent
    draft.results = {str(number): text.strip() for number, text in report.results.items()}
    draft.changed_at, draft.changed_by_id = timezone.now(), by.person
    draft.save()
    after = {"text": draft.text, "results": draft.results, "percent": draft.percent}
    audit.record(by=by, action="notice.report_saved", obj=found, after=after)
    return draft


@transaction.atomic
def put_file(*, notice: Notice, name: str, content: bytes, by: Actor) -> NoticeFile:
    """Keep a file with the report that is being written. Raises Refused."""
    found = _own(notice, by, ("rectifying",), "整改报告")
    files = _draft(found, by).files
    kept = keep(files, (name, content), most=MOST_FILES, holder="一份报告", uploaded_by_id=by.person)
    audit.record(by=by, action="notice.file_put", obj=found, after={"name": kept.name, "sha256": kept.sha256})
    return kept


@transaction.atomic
def remove_file(*, notice: Notice, file: int, by: Actor) -> None:
    """Take a file out of the report that is being written. Raises Refused where it was sent."""
    found = _own(notice, by, ("rectifying",), "整改报告")
    kept = NoticeFile.objects.filter(report__notice=found, report__sent_at__isnull=True, pk=file).first()
    if kept is None:
        raise Refused("没有这个文件,或者它已随报告报送。")
    audit.record(by=by, action="notice.file_removed", obj=found, before={"name": kept.name, "sha256": kept.sha256})
    kept.delete()


def _own(notice: Notice, by: Actor, states: tuple[str, ...], what: str) -> Notice:
    """The notice, locked, where the actor's unit writes it now."""
    by.require(Permission.WORK_FILL)
    work = locked(notice.work, by)
    if work.holder_id != by.unit_id:
        raise Refused(f"{what}由被督办单位{work.holder}填写。")
    if work.state not in states:
        raise Refused(f"督办通知书处于“{work.state_label}”,现在不能填写{what}。")
    return Notice.objects.select_related("work").get(work=work)


def _draft(notice: Notice, by: Actor) -> NoticeReport:
    found = notice.reports.filter(sent_at__isnull=True).first()
    return found or NoticeReport.objects.create(
        notice=notice, text="", changed_at=timezone.now(), changed_by_id=by.person
    )
