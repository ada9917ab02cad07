"""The score sheet (评审表) of an expert: saved item by item, submitted, confirmed on a newer version, reopened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.core.rounds.ruleparts import ScoreItem
from spectown.core.rounds.scores import sheet_faults
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.rounds.models import Case, Score, Seat
from spectown.rounds.reading import REVIEWED_IN, refusals
from spectown.rounds.services.declaring import own_seat
from spectown.rounds.services.moves import locked
from spectown.rounds.sheets import newest_version, outdated, sheet_of


@dataclass(frozen=True, slots=True)
class Typed:
    """One item as it was typed; `points` may be anything that people type."""

    points: str = ""
    abstained: bool = False
    reason: str = ""


@transaction.atomic
def save(*, seat: Seat, typed: Mapping[str, Typed], comment: str | None = None, by: Actor) -> dict[str, str]:
    """Keep what was typed, finished or not; what is wrong with points by item, whose old points then stay."""
    found, case = _writable(seat, by)
    items = {item.code: item for item in case.rules.rules.sheet}
    before, faults = _stored(found), {}
    for code, each in typed.items():
        if code not in items:
            raise Refused("评分表中没有这一项。")
        if fault := _write(found, items[code], each):
            faults[code] = fault
    if comment is not None:
        found.comment = comment.strip()
        found.save(update_fields=["comment"])
    now = _stored(found)
    if changed := sorted(code for code in now if now[code] != before.get(code)):
        audit.record(by=by, action="case.save_scores", obj=case, after={"items": changed})
    return faults


@transaction.atomic
def submit(*, seat: Seat, by: Actor) -> Seat:
    """Close the sheet, bound to the version that was read. Raises Refused with everything that lacks."""
    found, case = _writable(seat, by)
    reasons = sheet_faults(sheet_of(found), case.rules.rules.sheet)
    if outdated(found, newest_version(case)):
        reasons.insert(0, "申报内容有了新版本,请先看差异并确认。")
    if reasons:
        raise Refused("".join(reasons))
    found.version, found.submitted_at = found.version or newest_version(case), timezone.now()
    found.save(update_fields=["version", "submitted_at"])
    told = {"expert": found.expert.user.name, "version": found.version.number if found.version else None}
    audit.record(by=by, action="case.submit_scores", obj=case, after=told)
    return found


@transaction.atomic
def confirm(*, seat: Seat, by: Actor) -> Seat:
    """The expert has read what changed: the sheet is bound to the newest version, scores stay as they are."""
    found, case = own_seat(seat, by)
    newest = newest_version(case)
    if reasons := refusals(found):
        raise Refused("".join(reasons))
    if newest is None or not outdated(found, newest):
        raise Refused("没有需要确认的新版本。")
    before = found.version.number if found.version else None
    found.version = newest
    found.save(update_fields=["version"])
    told = {"expert": found.expert.user.name, "version": newest.number}
    audit.record(by=by, action="case.confirm_version", obj=case, before={"version": before}, after=told)
    return found


@transaction.atomic
def reopen(*, seat: Seat, reason: str, by: Actor) -> Seat:
    """The office gives a submitted sheet back to its expert, with a reason. Raises Refused."""
    by.require(Permission.CASE_EXAMINE)
    case = locked(seat.case, by)
    found = Seat.objects.select_for_update(of=("self",)).select_related("expert__user").get(pk=seat.pk)
    if found.submitted_at is None or case.state not in REVIEWED_IN:
        raise Refused("只有评审中已提交的评分可以退回。")
    if not reason.strip():
        raise Refused("请写明退回评分的理由。")
    found.submitted_at = None
    found.save(update_fields=["submitted_at"])
    told = {"expert": found.expert.user.name}
    audit.record(by=by, action="case.reopen_scores", obj=case, before=told, reason=reason.strip())
    return found


def _writable(seat: Seat, by: Actor) -> tuple[Seat, Case]:
    found, case = own_seat(seat, by)
    found.case = case
    if found.submitted_at is not None:
        raise Refused("评分已经提交,不能再改。确需修改的,请联系领导小组办公室退回。")
    if reasons := refusals(found):
        raise Refused("".join(reasons))
    return found, case


def _stored(seat: Seat) -> dict[str, tuple[Any, ...]]:
    """Scores by item, and the comment: typing that changes nothing leaves no event."""
    rows = seat.scores.values_list("item", "points", "abstained", "reason")
    return {item: tuple(rest) for item, *rest in rows} | {"comment": (seat.comment,)}


def _write(seat: Seat, item: ScoreItem, typed: Typed) -> str:
    """Keep one item; the sentence of what is wrong with its points."""
    points, fault = (None, "") if typed.abstained else _points(typed.points, item)
    values: dict[str, object] = {"reason": typed.reason.strip()}
    if not fault:
        values |= {"points": points, "abstained": typed.abstained}
    Score.objects.update_or_create(seat=seat, item=item.code, defaults=values)
    return fault


def _points(text: str, item: ScoreItem) -> tuple[Decimal | None, str]:
    plain = text.strip().replace("。", ".").replace(".", ".")
    if not plain:
        return None, ""
    most = f"{item.max_points.normalize():f}"
    try:
        points = Decimal(plain)
    except InvalidOperation:
        return None, f"“{item.title}”的分数应为数字,现为“{text.strip()}”。"
    if not points.is_finite() or not 0 <= points <= item.max_points:
        return None, f"“{item.title}”应为 0 至 {most} 分,现为 {text.strip()}。"
    if points != round(points, 2):
        return None, f"“{item.title}”的分数最多两位小数,现为 {text.strip()}。"
    return points, ""
