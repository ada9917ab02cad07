"""Who is told of an evaluation: counties when they may reply and when it is public, leaders when it is theirs to sign,
the office when it was returned, whoever objected when that was answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from spectown.accounts.permissions import Role
from spectown.core.evaluation.lifecycle import ANSWERED
from spectown.evaluation.models import Evaluation, Participant, Reply, Scheme
from spectown.evaluation.standing import snapshot_row
from spectown.organisations.actors import Actor
from spectown.organisations.models import Membership
from spectown.outbox.models import Message
from spectown.outbox.posting import Posting, post
from spectown.outbox.registry import Rendered, Untrue, tells

STEP, REPLY, SCHEME = "evaluation.step", "evaluation.reply", "evaluation.scheme"
COUNTY = (Role.COUNTY_FILL, Role.COUNTY_CHECK)


def tell_counties(evaluation: Evaluation, _by: Actor) -> None:
    """Both people of every unit with a town in it."""
    units = Participant.objects.filter(snapshot=snapshot_row(evaluation), unit__isnull=False).values("unit")
    _post(evaluation, _members().filter(unit__in=units, role__in=COUNTY).values_list("user", "unit"))


def tell_leaders(evaluation: Evaluation, _by: Actor) -> None:
    """The leading group."""
    _post(evaluation, _members().filter(role=Role.LEADER).values_list("user", "unit"))


def tell_office(evaluation: Evaluation, _by: Actor) -> None:
    """The office: what was returned, or is to be corrected, is its to do again."""
    _post(evaluation, _members().filter(role=Role.OFFICE).values_list("user", "unit"))


def tell_raiser(reply: Reply) -> None:
    """Who wrote the objection, and who sent it."""
    unit = reply.value.participant.unit_id
    people = sorted({person for person in (reply.raised_by_id, reply.sent_by_id) if person})
    post(Posting(person, REPLY, reply.pk, f"reply:{reply.pk}", {}, unit_id=unit) for person in people)


def tell_approvers(scheme: Scheme) -> None:
    """The leading group: a scheme waits for it."""
    _post_scheme(scheme, _members().filter(role=Role.LEADER).values_list("user", "unit"))


def tell_drafter(scheme: Scheme) -> None:
    """Whoever sent it."""
    sent = scheme.steps.filter(code="send").order_by("-pk").values_list("made_by_id", flat=True)[:1]
    _post_scheme(scheme, _members().filter(role=Role.OFFICE, user__in=list(sent)).values_list("user", "unit"))


def _post_scheme(scheme: Scheme, people: Iterable[tuple[int, int]]) -> None:
    event = f"scheme:{scheme.state}:{scheme.steps.count()}"
    said = {"state": scheme.state}
    post(Posting(user, SCHEME, scheme.pk, event, said, unit_id=unit) for user, unit in sorted(set(people)))


def _members() -> QuerySet[Membership]:
    return Membership.objects.valid_on(timezone.localdate()).filter(user__is_active=True)


def _post(evaluation: Evaluation, people: Iterable[tuple[int, int]]) -> None:
    event = f"{evaluation.state}:{evaluation.steps.count()}"
    said = {"state": evaluation.state}
    post(Posting(user, STEP, evaluation.pk, event, said, unit_id=unit) for user, unit in sorted(set(people)))


@tells(STEP, label="年度评估")
def step_told(messages: Sequence[Message]) -> Mapping[int, Rendered | Untrue]:
    """What is to be done now; not where the evaluation has gone on meanwhile."""
    rows = Evaluation.objects.in_bulk({message.object_id for message in messages})
    return {m.pk: _words(rows[m.object_id], m) for m in messages if m.object_id in rows}


def _words(evaluation: Evaluation, message: Message) -> Rendered | Untrue:
    if message.facts.get("state") != evaluation.state:
        return Untrue(f"评估已是“{evaluation.state_label}”。")
    texts = {
        "returned": "已退回或决定更正,请看理由,选择重新冻结、重开反馈或再次定稿。",
        "replies": f"初算结果和数据已反馈,请核对本单位专业镇的数据,{evaluation.reply_until} 以前提出意见或确认。",
        "final": "已定稿,请对临界的专业镇逐件决定后审定。",
        "published": "结果已公布,可查看名次、分项得分和改进路径。",
    }
    url = reverse("evaluation:process", args=[evaluation.key])
    return Rendered(f"{evaluation.name}:{evaluation.state_label}", texts.get(evaluation.state, ""), url)


@tells(REPLY, label="评估意见的答复")
def reply_told(messages: Sequence[Message]) -> Mapping[int, Rendered | Untrue]:
    """What was answered."""
    rows = Reply.objects.filter(state__in=ANSWERED).select_related("value__participant__snapshot__evaluation")
    found = rows.in_bulk({message.object_id for message in messages})
    return {m.pk: _answer(found[m.object_id]) for m in messages if m.object_id in found}


def _answer(reply: Reply) -> Rendered:
    participant = reply.value.participant
    url = f"{reverse('evaluation:replies', args=[participant.snapshot.evaluation.key])}#reply-{reply.pk}"
    return Rendered(f"{participant.name}的评估意见{reply.state_label}", reply.answer, url)


@tells(SCHEME, label="评估方案")
def scheme_told(messages: Sequence[Message]) -> Mapping[int, Rendered | Untrue]:
    """A draft to approve, or what became of it; not where it has gone on meanwhile."""
    rows = Scheme.objects.in_bulk({message.object_id for message in messages})
    return {m.pk: _of_scheme(rows[m.object_id], m) for m in messages if m.object_id in rows}


def _of_scheme(scheme: Scheme, message: Message) -> Rendered | Untrue:
    if message.facts.get("state") != scheme.state:
        return Untrue(f"评估方案稿已是“{scheme.state_label}”。")
    texts = {"sent": "请审定:改了什么、试算怎样,页面上都有。", "draft": "已退回修改,理由见经过。"}
    texts["approved"] = f"{scheme.year}年度起按此评估。"
    url = reverse("evaluation:draft", args=[scheme.pk])
    return Rendered(f"{scheme}:{scheme.state_label}", texts.get(scheme.state, ""), url)
