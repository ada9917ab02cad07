"""Changes to applications: every one checks, changes and writes its audit event in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from spectown.accounts.models import User
from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.certification.enums import State
from spectown.certification.facts import TEXTS, criteria_of, raw_of
from spectown.certification.models import Application, EvidenceText, Honour, JudgementRecord
from spectown.certification.states import OPEN_TO_FILLING, WORKFLOW
from spectown.core.certification.answers import FIGURES, Answers
from spectown.core.certification.fields import form_fields
from spectown.core.certification.validate import Reading, read_answers, unfilled
from spectown.core.workflow import Attempt
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.plans.models import PlanVersion
from spectown.towns.models import Town


class Stale(Refused):
    """Somebody else saved meanwhile; nothing was overwritten."""


def attempt_of(application: Application, by: Actor, reason: str = "") -> Attempt:
    """Who wants to move this application, for the workflow table."""
    doers = {"submitted": application.submitted_by_id}
    return Attempt(frozenset(map(str, by.permissions)), by.user_id, doers, reason)


@transaction.atomic
def create(*, raw: Mapping[str, object], by: Actor, version: PlanVersion | None = None) -> Application:
    """A new draft of the actor's county under the current plan, with what is known already."""
    by.require(Permission.APPLICATION_FILL)
    pinned = version or PlanVersion.objects.current()
    if pinned is None:
        raise Refused("还没有装入方案,不能填报。请联系领导小组办公室。")
    if by.unit_id is None or by.user_id is None:
        raise Refused("当前账号没有所属单位,不能填报。请联系系统管理员。")
    application = Application.objects.create(version=pinned, unit_id=by.unit_id, made_by_id=by.user_id)
    _store(application, raw)
    audit.record(by=by, action="application.create", obj=application, after=_plain(raw_of(application)))
    return application


@transaction.atomic
def save_answers(*, application: Application, raw: Mapping[str, object], revision: int, by: Actor) -> Reading:
    """Save the given answers (others stay); what cannot be read is kept as typed and named in the faults.

    `revision` is the one that the person saw; raises Stale where somebody saved since.
    """
    by.require(Permission.APPLICATION_FILL)
    locked = _locked(application, by)
    if locked.state not in OPEN_TO_FILLING:
        raise Refused(f"当前状态为“{locked.get_state_display()}”,不能修改。")
    if locked.revision != revision:
        raise Stale("您打开之后,这份申报书已被他人修改。您填写的内容还在页面上,请核对后再保存。")
    before = _plain(raw_of(locked))
    reading = _store(locked, {**raw_of(locked), **raw})
    changed = audit.differences(*_aligned(before, _plain(raw_of(locked))))
    if changed[1]:
        audit.record(by=by, action="application.save", obj=locked, before=changed[0], after=changed[1])
    application.refresh_from_db()
    return reading


def _locked(application: Application, by: Actor) -> Application:
    rows = Application.objects.select_for_update().visible_to(by)
    locked = rows.filter(pk=application.pk).first()
    if locked is None:
        raise Refused("这份申报书不在您的范围内。")
    return locked


def _plain(raw: Mapping[str, object]) -> dict[str, Any]:
    return {
        code: str(value) if not isinstance(value, int | list | str | bool) else value for code, value in raw.items()
    }


def _aligned(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both sides with the same keys, so that an emptied answer shows as one."""
    return {k: before.get(k) for k in before | after}, {k: after.get(k) for k in before | after}


def _store(application: Application, raw: Mapping[str, object]) -> Reading:
    """Write the readable answers to their columns and rows, the unreadable ones as typed."""
    reading = read_answers(raw, criteria_of(application.version))
    answers = reading.answers
    for name in TEXTS:
        setattr(application, name, getattr(answers, name) or "")
    for name in FIGURES:
        setattr(application, name, getattr(answers, name))
    application.counties = list(answers.counties)
    application.traditional_origin = answers.traditional_origin
    application.unreadable = {fault.field: str(raw.get(fault.field, ""))[:4000] for fault in reading.faults}
    application.town = _town_of(application)
    application.revision += 1
    application.save()
    _store_rows(application, answers)
    return reading


def _town_of(application: Application) -> Town | None:
    """The town of this name among those the county answers for, if it is known already."""
    return Town.objects.filter(name=application.town_name, responsible_unit_id=application.unit_id).first()


def _store_rows(application: Application, answers: Answers) -> None:
    application.evidence.exclude(criterion__in=answers.evidence).delete()
    for criterion, text in answers.evidence.items():
        EvidenceText.objects.update_or_create(application=application, criterion=criterion, defaults={"text": text})
    application.honours.exclude(factor__in=answers.honours).delete()
    for factor, number in answers.honours.items():
        Honour.objects.update_or_create(application=application, factor=factor, defaults={"number": number})
    application._prefetched_objects_cache = {}  # type: ignore[attr-defined]  # Django's own; the rows changed


def obstacles(application: Application) -> list[str]:
    """Why an application cannot be sent yet: what cannot be read and what must be filled in."""
    criteria = criteria_of(application.version)
    raw = raw_of(application)
    reading = read_answers(raw, criteria)
    reasons = [f"“{fault.label}”{fault.reason}" for fault in reading.faults]
    return reasons + [f"“{field.heading}”没有填写。" for field in unfilled(raw, form_fields(criteria))]


@transaction.atomic
def move(*, application: Application, code: str, by: Actor, reason: str = "") -> None:
    """Make one move of the workflow table; raises Refused with every reason against it."""
    locked = _locked(application, by)
    reasons = WORKFLOW.refusals(code, locked.state, attempt_of(locked, by, reason))
    if code == "submit":
        reasons += obstacles(locked)
    if reasons:
        raise Refused(" ".join(reasons))
    before = audit.snapshot(locked, MOVED)
    locked.state = WORKFLOW.move(code).target
    _stamp(locked, code, by, reason)
    locked.save(update_fields=[*MOVED, "changed_at"])
    changed = audit.differences(before, audit.snapshot(locked, MOVED))
    audit.record(
        by=by, action=f"application.{code}", obj=locked, before=changed[0], after=changed[1], reason=reason.strip()
    )
    application.refresh_from_db()


MOVED = ("state", "submitted_at", "submitted_by", "checked_at", "checked_by", "return_reason")


def _stamp(application: Application, code: str, by: Actor, reason: str) -> None:
    """Who did what when, as the move demands."""
    if code == "submit":
        application.submitted_at, application.submitted_by_id = timezone.now(), by.user_id
        application.return_reason = ""
    if code == "check":
        application.checked_at, application.checked_by_id = timezone.now(), by.user_id
    if code in {"return", "send_back"}:
        application.return_reason = reason.strip()
    if application.state != State.CHECKED:
        application.checked_at, application.checked_by_id = None, None


@transaction.atomic
def judge(*, application: Application, criterion: str, outcome: str, reason: str, by: Actor) -> JudgementRecord:
    """Record what somebody judged of one criterion, bound to the revision that was read."""
    by.require(Permission.APPLICATION_JUDGE)
    locked = _locked(application, by)
    known = {c.code: c for c in criteria_of(locked.version).criteria}
    if locked.state != State.CHECKED:
        raise Refused("县(区)审核通过后才能作出判断。")
    if criterion not in known:
        raise Refused("没有这一项条件。")
    if known[criterion].kind not in {"judgement", "evidence"} and not known[criterion].soft:
        raise Refused(f"“{known[criterion].title}”由数据得出,不需要判断。")
    if outcome not in JudgementRecord.Outcome.values or not reason.strip():
        raise Refused("请选择“满足”或“不满足”,并写明理由。")
    record = JudgementRecord.objects.create(
        application=locked,
        criterion=criterion,
        outcome=outcome,
        reason=reason.strip(),
        revision=locked.revision,
        judged_by=User.objects.get(pk=by.user_id),
    )
    after = {"criterion": criterion, "outcome": outcome, "revision": locked.revision}
    audit.record(by=by, action="application.judge", obj=locked, after=after, reason=reason.strip())
    return record
