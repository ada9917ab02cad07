"""Whoever raised a problem is told of its steps; the unit that has it is told by supervision.effects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse

from spectown.accounts.permissions import PERMISSIONS, Permission, Role
from spectown.organisations.models import Membership
from spectown.outbox.models import Message
from spectown.outbox.posting import Posting, post
from spectown.outbox.registry import Rendered, Untrue, tells
from spectown.supervision.facts import Facts
from spectown.supervision.models import Problem, Step

KIND = "problem.step"


def tell_raiser(facts: Facts, step: Step) -> None:
    """Those of the unit that raised it, an enterprise's own people too."""
    unit = facts.row.raiser_id
    if unit is None:
        return
    roles = [role for role in Role if Permission.PROBLEM_RAISE in PERMISSIONS[role]]
    held = Membership.objects.valid_on(facts.on).filter(unit=unit, role__in=roles, user__is_active=True)
    said = {"step": step.pk}
    post(
        Posting(user, KIND, facts.work.pk, f"step:{step.pk}", said, unit_id=unit)
        for user in sorted(set(held.exclude(user=facts.by.user_id).values_list("user", flat=True)))
    )


@tells(KIND, label="问题办理进展")
def rendered(messages: Sequence[Message]) -> Mapping[int, Rendered | Untrue]:
    """What the step was, unless another was made since: then that one tells."""
    works = {message.object_id for message in messages}
    problems = {row.work_id: row for row in Problem.objects.filter(work__in=works).select_related("holder", "raiser")}
    last: dict[int, Step] = {}
    for step in Step.objects.filter(work__in=works).order_by("pk"):
        last[step.work_id] = step
    return {
        message.pk: _words(problems[message.object_id], last[message.object_id], message)
        for message in messages
        if message.object_id in problems and message.object_id in last
    }


def _words(problem: Problem, step: Step, message: Message) -> Rendered | Untrue:
    if message.facts.get("step") != step.pk:
        return Untrue(f"之后又办理了“{step.label}”。")
    said = f":{step.reason}" if step.reason else ""
    text = f"{step.unit_name}已办理“{step.label}”{said}。现在是“{problem.get_state_display()}”"
    url = reverse("lists:row", kwargs={"ledger": "problems", "pk": problem.pk})
    return Rendered(f"问题{step.label}:{problem.title}", f"{text},承办单位:{problem.holder or '未定'}。", url)
