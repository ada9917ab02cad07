"""Judgements of the criteria that material and people decide."""

from __future__ import annotations

from django.db import transaction

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.certification.enums import State
from spectown.certification.facts import answers_of, criteria_of
from spectown.certification.models import Application, JudgementRecord
from spectown.certification.services.access import locked, person
from spectown.core.certification.criteria import CheckName, Criterion
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor

JUDGED = (CheckName.JUDGED, CheckName.ORIGIN, CheckName.COUNTY)


@transaction.atomic
def judge(*, application: Application, criterion: str, outcome: str, reason: str, by: Actor) -> JudgementRecord:
    """Record one judgement (met | unmet) with its reason; the newest counts, earlier ones stay."""
    found = locked(application, by, Permission.APPLICATION_JUDGE)
    item = next((each for each in criteria_of(found.version).criteria if each.code == criterion), None)
    if item is None or item.check not in JUDGED:
        raise Refused("这一条不由人判断。")
    if found.state != State.CHECKED:
        raise Refused(f"申报书{found.get_state_display()},县(区)审核通过后才能判断。")
    if not _has_material(found, item):
        raise Refused(f"“{item.title}”还没有材料,不能判断。需要的,请退回县(区)补正。")
    if outcome not in JudgementRecord.Outcome.values:
        raise Refused("请选择“满足”或“不满足”。")
    if not reason.strip():
        raise Refused("请写明判断的理由。")
    record = JudgementRecord.objects.create(
        application=found,
        criterion=criterion,
        outcome=outcome,
        reason=reason.strip(),
        revision=found.revision,
        judged_by=person(by),
    )
    after = {"criterion": criterion, "outcome": outcome, "revision": found.revision}
    audit.record(by=by, action="application.judge", obj=found, after=after, reason=record.reason)
    return record


def _has_material(application: Application, item: Criterion) -> bool:
    if item.check is CheckName.COUNTY:
        answers = answers_of(application)
        return len(answers.counties) > 1 and bool(answers.counties_reason)
    files = application.files.filter(criterion=item.code, removed_at__isnull=True)
    return files.exists() or application.evidence.filter(criterion=item.code).exclude(text="").exists()
