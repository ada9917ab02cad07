"""A unit fills in its report, says that there is nothing to report, adds and takes out files."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.lib.proofs.keeping import keep, take_out
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.supervision.conditions import own_unit
from spectown.supervision.facts import Facts
from spectown.supervision.models import Reached, Report, ReportFile, Step
from spectown.supervision.services.moves import locked, move

TEXTS = ("done", "figure", "outlook")
FILLED = ("percent", *TEXTS)
EDITABLE = ("draft", "returned")
MOST = 20


@transaction.atomic
def save_report(
    *, report: Report, values: Mapping[str, Any], by: Actor, reached: Mapping[int, datetime.date] | None = None
) -> Report:
    """Keep what the unit filled in; `reached`: day by number of milestone. Raises Refused, ValidationError by field."""
    found = _editable(report, by)
    before = audit.snapshot(found, (*FILLED, "nothing"))
    for name in TEXTS:
        setattr(found, name, (values.get(name) or "").strip())
    found.percent, found.nothing = values.get("percent"), False
    _record(found, before, by)
    _say_reached(found, reached or {})
    return found


@transaction.atomic
def report_nothing(*, report: Report, by: Actor) -> Step:
    """本期无进展: one click fills the report and hands it to whoever checks. Raises Refused."""
    found = _editable(report, by)
    before = audit.snapshot(found, (*FILLED, "nothing"))
    found.nothing, found.percent = True, found.measure.work.percent if found.measure.work else None
    found.reached.all().delete()
    _record(found, before, by)
    return move(work=found.work, code="hand_in", by=by)


@transaction.atomic
def add_file(*, report: Report, name: str, content: bytes, by: Actor) -> ReportFile:
    """Keep a file that proves the report. Raises Refused for what is not a plain document or picture."""
    found = _editable(report, by)
    kept = keep(found.files, (name, content), most=MOST, holder="一份报告", uploaded_by_id=by.person)
    audit.record(by=by, action="report.file_add", obj=found, after={"name": kept.name, "sha256": kept.sha256})
    return kept


@transaction.atomic
def remove_file(*, file: ReportFile, by: Actor) -> ReportFile:
    """Take a file out of the report; its content stays on record. Raises Refused."""
    found = _editable(file.report, by)
    kept = take_out(file, by.person)
    audit.record(by=by, action="report.file_remove", obj=found, before={"name": kept.name, "sha256": kept.sha256})
    return kept


def editing_refusals(report: Report, by: Actor) -> list[str]:
    """Why the person cannot fill in the report now; empty = can."""
    found = list(own_unit(Facts(report.work, by)))
    if not by.may(Permission.WORK_FILL):
        found.append("当前角色不能填报进展。")
    if report.work.state not in EDITABLE or report.work.ended_on is not None:
        found.append(f"这份报告现在是“{report.work.state_label}”,不能修改;需要改的,请退回。")
    return found


def _editable(report: Report, by: Actor) -> Report:
    work = locked(report.work, by)
    found = Report.objects.select_related("measure__work").get(work=work)
    found.work = work
    if faults := editing_refusals(found, by):
        raise Refused("".join(faults))
    return found


def _record(report: Report, before: dict[str, Any], by: Actor) -> None:
    report.full_clean(exclude=["work", "changed_by", "changed_at"])
    report.changed_at, report.changed_by_id = timezone.now(), by.person
    report.save()
    left, right = audit.differences(before, audit.snapshot(report, (*FILLED, "nothing")))
    if right:
        audit.record(by=by, action="report.save", obj=report, before=left, after=right)


def _say_reached(report: Report, reached: Mapping[int, datetime.date]) -> None:
    open_ = {node.pk: node for node in report.measure.nodes.filter(done_on__isnull=True)}
    if unknown := set(reached) - set(open_):
        raise Refused(f"这项措施没有这些时间节点,或已报完成:{sorted(unknown)}。")
    late = [open_[pk].title for pk, day in reached.items() if day > timezone.localdate()]
    if late:
        raise ValidationError({"reached": f"“{'、'.join(late)}”的完成日期不能晚于今天。"})
    report.reached.all().delete()
    Reached.objects.bulk_create(Reached(report=report, milestone=open_[pk], on=day) for pk, day in reached.items())
