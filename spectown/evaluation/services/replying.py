"""The right of reply: objections to single figures, their answers, and units that agree."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.core.evaluation.lifecycle import ANSWERED, OBJECTION
from spectown.core.numbers import MOST_DIGITS
from spectown.core.workflow import Attempt
from spectown.evaluation.models import Confirmation, Evaluation, Participant, Reply, SnapshotValue
from spectown.evaluation.standing import snapshot_row, taken
from spectown.evaluation.telling import tell_raiser
from spectown.lib.proofs.check import inspect
from spectown.lib.proofs.keeping import content_fields
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor

CLOSED = "现在不在反馈期内,不能提出意见。"


@dataclass(frozen=True, slots=True)
class Objection:
    """What a county says about a figure: what it should be, why, and the page of the file that proves it."""

    which: str
    asked: Decimal
    text: str
    page: int
    file_name: str
    content: bytes


@transaction.atomic
def raise_reply(*, value: SnapshotValue, objection: Objection, by: Actor) -> Reply:
    """Write an objection; the unit's second person sends it. Raises Refused."""
    by.require(Permission.EVALUATION_REPLY)
    found = _own_value(value, by)
    if not _is_open(found.participant.snapshot.evaluation):
        raise Refused(CLOSED)
    if not objection.text.strip() or objection.page < 1:
        raise Refused("请写明理由,并写明证明材料的第几页。")
    _require_possible(found, objection.asked)
    if objection.asked == (found.now if objection.which == "now" else found.last):
        raise Refused("认为应为的数与现在的数相同。")
    if found.replies.filter(state__in=("drafted", "sent")).exists():
        raise Refused("这个数已有一件意见正在办理。")
    checked = inspect(objection.file_name, objection.content)
    reply = Reply.objects.create(
        value=found,
        which=objection.which,
        asked=objection.asked,
        text=objection.text.strip(),
        page_number=objection.page,
        round=found.participant.snapshot.evaluation.round,
        raised_by_id=by.person,
        **content_fields(checked, objection.content),
    )
    after = {"figure": str(found), "asked": reply.asked, "file_sha256": reply.sha256}
    audit.record(by=by, action="evaluation_reply.raise", obj=reply, after=after, reason=reply.text)
    return reply


def refusals(*, reply: Reply, code: str, by: Actor, reason: str = "", after: Decimal | None = None) -> list[str]:
    """Why the actor cannot make the move now; empty = can."""
    evaluation = reply.value.participant.snapshot.evaluation
    own = Participant.objects.answered_by(by).filter(pk=reply.value.participant_id).exists()
    conditions = {
        "own_town": () if own else ("不是本单位的专业镇。",),
        "reply_open": () if _is_open(evaluation) else (CLOSED,),
        "answers_open": () if evaluation.state == "replies" else (f"评估{evaluation.state_label},现在不能答复。",),
        "figure_given": () if after is not None else ("采纳的,请写明更正后的数。",),
    }
    held = frozenset(str(permission) for permission in by.permissions)
    attempt = Attempt(held, by.user_id, {"raise": reply.raised_by_id}, reason, conditions)
    gone = ["数据已重新冻结,这件意见属于以前的一轮。"] * (reply.value.participant.snapshot_id != _newest(evaluation))
    return gone + OBJECTION.refusals(code, reply.state, attempt)


@transaction.atomic
def move_reply(*, reply: Reply, code: str, by: Actor, reason: str = "", after: Decimal | None = None) -> Reply:
    """Send, withdraw, accept (with the figure) or refuse an objection. Raises Refused with all reasons."""
    rows = Reply.objects.visible_to(by).filter(pk=reply.pk).values("pk")
    locked = Reply.objects.select_for_update(of=("self",)).filter(pk__in=rows)
    found = locked.select_related("value__participant__snapshot__evaluation").first()
    if found is None:
        raise Refused("没有这件意见,或者它不在您的范围内。")
    reason = reason.strip()
    if reasons := refusals(reply=found, code=code, by=by, reason=reason, after=after):
        raise Refused("".join(reasons))
    if code == "accept" and after is not None:
        _require_possible(found.value, after)
    if "ask_again" in OBJECTION.move(code).effects:
        return _asked_again(found, reason, by)
    before, found.state = found.state, OBJECTION.move(code).target
    if code == "send":
        found.sent_at, found.sent_by_id = timezone.now(), by.person
    if found.state in ANSWERED:
        found.answer, found.answered_at, found.answered_by_id = reason, timezone.now(), by.person
        found.after = after if code == "accept" else None
    found.save()
    said = {"state": found.state} | ({"after": found.after} if found.after is not None else {})
    if found.state in ANSWERED:
        tell_raiser(found)
    action = f"evaluation_reply.{code}"
    audit.record(by=by, action=action, obj=found, before={"state": before}, after=said, reason=reason)
    return found


def _require_possible(value: SnapshotValue, asked: Decimal) -> None:
    """A figure that this indicator can have: not huge, whole where it counts, below 0 only where others are in the
    freeze. Raises Refused."""
    if not asked.is_finite() or abs(asked) >= 10**MOST_DIGITS:
        raise Refused("数值过大,请核对数字和单位。")
    if taken(value.participant.snapshot).meanings[value.code].decimals == 0 and asked != asked.to_integral_value():
        raise Refused("这项指标应为整数,请核对后再填。")
    rows = SnapshotValue.objects.filter(participant__snapshot=value.participant.snapshot_id, code=value.code)
    if asked < 0 and not rows.filter(Q(now__lt=0) | Q(last__lt=0)).exists():
        raise Refused("这项指标不能为负数,请核对后再填。")


def _asked_again(old: Reply, reason: str, by: Actor) -> Reply:
    """A copy of an answered objection that waits for another answer; the answered one stays as it is."""
    if Reply.objects.filter(renews=old).exists():
        raise Refused("这件意见已在重新答复。")
    same = ("value", "which", "asked", "text", "page_number", "round", "raised_by", "sent_at", "sent_by",
            "file", "name", "content_type", "size", "sha256")  # fmt: skip
    copied = {name: getattr(old, name) for name in same}
    made = Reply.objects.create(**copied, state="sent", renews=old, renewed_why=reason)
    Reply.objects.filter(pk=made.pk).update(raised_at=old.raised_at)  # written before it was sent, not now
    action = "evaluation_reply.reconsider"
    audit.record(by=by, action=action, obj=made, before={"state": old.state}, after={"state": "sent"}, reason=reason)
    return made


@transaction.atomic
def confirm(*, evaluation: Evaluation, by: Actor) -> Confirmation:
    """The unit says that all figures of its towns are right. Raises Refused."""
    by.require(Permission.EVALUATION_SEND)
    snapshot = snapshot_row(evaluation)
    if not _is_open(evaluation):
        raise Refused(CLOSED)
    if by.unit_id is None or not snapshot.participants.filter(unit=by.unit_id).exists():
        raise Refused("本单位没有参加评估的专业镇。")
    if Reply.objects.filter(value__participant__unit=by.unit_id, value__participant__snapshot=snapshot,
                            state__in=("drafted", "sent")).exists():  # fmt: skip
        raise Refused("本单位还有意见没有办完,不能确认。")
    made, is_new = Confirmation.objects.get_or_create(
        snapshot=snapshot, unit_id=by.unit_id, round=evaluation.round, defaults={"made_by_id": by.person}
    )
    if not is_new:
        raise Refused("本单位已经确认过。")
    audit.record(by=by, action="evaluation.confirm", obj=made, after={"unit": by.unit_name})
    return made


def _newest(evaluation: Evaluation) -> int:
    return snapshot_row(evaluation).pk


def _is_open(evaluation: Evaluation) -> bool:
    until = evaluation.reply_until
    return evaluation.state == "replies" and until is not None and timezone.localdate() <= until


def _own_value(value: SnapshotValue, by: Actor) -> SnapshotValue:
    rows = SnapshotValue.objects.filter(participant__in=Participant.objects.answered_by(by), pk=value.pk)
    found = rows.select_related("participant__snapshot__evaluation").first()
    if found is None:
        raise Refused("没有这个数,或者它不是本单位专业镇的。")
    if found.participant.snapshot_id != snapshot_row(found.participant.snapshot.evaluation).pk:
        raise Refused("数据已重新冻结,请在新的反馈中提出。")
    return found
