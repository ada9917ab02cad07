"""Objections (异议): raised by anybody with real name, contact, evidence; handled by the office to an answer."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from spectown.audit import services as audit
from spectown.audit.models import Event
from spectown.core.rounds.lifecycles import OBJECTION
from spectown.core.rounds.publicity import Objection as Raised
from spectown.core.rounds.publicity import inadmissible
from spectown.core.workflow import Attempt, Move
from spectown.lib.proofs.check import inspect
from spectown.lib.proofs.keeping import content_fields
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.rounds.conditions.publicity import period_of, raised
from spectown.rounds.models import Objection, PublicityEntry

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that looks like another
MOST_FILES, MOST_A_DAY = 5, 10  # 建议值; a whole authority may stand behind one address
GROUNDS = ("非实名或身份不实", "联系方式无法核实", "没有具体内容或证明材料", "与公示的专业镇无关", "不在公示期内提出")
ENDS = ("upheld", "dismissed", "not_accepted", "withdrawn")


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody says against a town: real name, contact, text, evidence as (name, content)."""

    name: str
    contact: str
    text: str
    files: Sequence[tuple[str, bytes]] = ()


@transaction.atomic
def raise_(*, entry: PublicityEntry, statement: Statement, by: Actor) -> Objection:
    """Take an objection in; its receipt code finds it again. `by`: the public, with its address. Raises Refused."""
    found = PublicityEntry.objects.select_for_update(of=("self",)).select_related("publicity", "case").get(pk=entry.pk)
    _require_pace(by)
    if found.voided_at is not None or found.case.state != "publicity":
        raise Refused("这个专业镇现在不在公示,不能提出异议。")
    if faults := _faults(found, statement):
        raise Refused("".join(faults))
    checked = [(inspect(name, content), content) for name, content in statement.files]
    made = Objection.objects.create(
        entry=found,
        receipt="".join(secrets.choice(LETTERS) for _ in range(12)),
        name=statement.name.strip(),
        contact=statement.contact.strip(),
        text=statement.text.strip(),
    )
    for file, content in checked:
        made.files.create(**content_fields(file, content))
    audit.record(by=by, action="objection.raise", obj=made, after={"files": len(checked)})
    return made


def _require_pace(by: Actor) -> None:
    since = timezone.now() - datetime.timedelta(days=1)
    today = Event.objects.filter(action="objection.raise", address=by.address, at__gte=since)
    if by.address and today.count() >= MOST_A_DAY:
        raise Refused("从您的网络地址一天内提出的异议过多,请明天再提,或按公示的联系方式当面、书面提出。")


def _faults(entry: PublicityEntry, said: Statement) -> list[str]:
    today = timezone.localdate()
    raw = Raised("", str(entry.case_id), said.name, said.contact, said.text, len(said.files), today)
    many = [f"证明材料最多 {MOST_FILES} 个文件。"] if len(said.files) > MOST_FILES else []
    return [*inadmissible(raw, period_of(entry.publicity)), *many]


def refusals(*, objection: Objection, code: str, by: Actor, reason: str = "", answer: str = "") -> list[str]:
    """Why the actor cannot make the move now; empty = can."""
    return OBJECTION.refusals(code, objection.state, _attempt(objection, by, reason, answer))


def open_moves(*, objection: Objection, by: Actor) -> list[tuple[Move, list[str]]]:
    """Moves from the present state, each with what still stands against it; what a form asks for counts as given."""
    attempt = _attempt(objection, by, "x", "x")
    mine = [m for m in OBJECTION.moves if objection.state in m.sources and m.permission in attempt.permissions]
    return [(move, OBJECTION.refusals(move.code, objection.state, attempt, asking=True)) for move in mine]


@transaction.atomic
def move(*, objection: Objection, code: str, by: Actor, reason: str = "", answer: str = "") -> Objection:
    """Accept, reject, uphold, dismiss, note as withdrawn. Raises Refused with everything that stands against it.

    `reason`: for the file; of a rejection it begins with one of GROUNDS. `answer`: what the objector reads.
    """
    found = Objection.objects.select_for_update(of=("self",)).select_related("entry__publicity").get(pk=objection.pk)
    if reasons := refusals(objection=found, code=code, by=by, reason=reason, answer=answer):
        raise Refused("".join(reasons))
    before, found.state = found.state, OBJECTION.move(code).target
    found.answer = answer.strip() or found.answer
    if found.state in ENDS:
        found.answer = found.answer or reason.strip()
        found.handled_at, found.handled_by_id = timezone.now(), by.person
    found.save()
    after = {"state": found.state, "answer": found.answer}
    audit.record(
        by=by, action=f"objection.{code}", obj=found, before={"state": before}, after=after, reason=reason.strip()
    )
    return found


def _attempt(objection: Objection, by: Actor, reason: str, answer: str) -> Attempt:
    held = frozenset(str(permission) for permission in by.permissions)
    steps = objection.entry.case.steps.filter(move="propose").order_by("pk")
    faults = inadmissible(raised(objection, objection.files.count()), period_of(objection.entry.publicity))
    grounded = bool(faults) or reason == "x" or reason.startswith(GROUNDS)
    conditions = {
        "admissible": tuple(faults),
        "not_admissible": () if grounded else ("请选择不符合哪项受理条件。",),
        "answer_recorded": () if answer.strip() else ("请写明处理意见和给异议人的答复。",),
    }
    return Attempt(held, by.user_id, {step.move: step.by_id for step in steps}, reason, conditions)
