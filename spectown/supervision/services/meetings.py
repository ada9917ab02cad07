"""Progress meetings: begun, agenda taken from what is red, decisions that become measures, minutes."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import transaction

from spectown.accounts.models import Installation
from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.core.supervision.agenda import Red
from spectown.documents import services as documents
from spectown.documents.enums import State
from spectown.documents.models import OfficialDocument
from spectown.lib.refusal import Refused
from spectown.lists.services import records
from spectown.organisations.actors import Actor
from spectown.organisations.models import Unit
from spectown.supervision.lists.measures import MEASURES
from spectown.supervision.models import AgendaItem, Decision, Measure, Meeting
from spectown.supervision.services.moves import move

KIND = "meeting_minutes"
OWN = ("text", "clause", "unit", "deadline", "target")  # of a decision; whom else it concerns, its measure says
OTHERS = ("participants", "counties", "towns")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a meeting."""

    title: str
    day: datetime.date
    place: str = ""
    chair: str = ""
    heard: str = ""
    views: str = ""
    present: str = ""
    excused: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision as it is typed; the last three as the columns of the action plan, names with 、 between them."""

    text: str
    clause: str
    unit: Unit
    deadline: datetime.date
    target: str = ""
    participants: str = ""
    counties: str = ""
    towns: str = ""


@transaction.atomic
def begin(*, facts: Facts, by: Actor) -> Meeting:
    """Plan a meeting. Raises Refused."""
    by.require(Permission.PLAN_MANAGE)
    demo = Installation.is_demo()
    made = Meeting.objects.create(**asdict(facts), made_by_id=by.person, is_demo=demo)
    audit.record(by=by, action="meeting.begin", obj=made, after=asdict(facts))
    return made


@transaction.atomic
def change(*, meeting: Meeting, facts: Facts, by: Actor) -> Meeting:
    """Change what is known of it. Raises Refused once the minutes were begun."""
    found = _open(meeting, by)
    for name, value in asdict(facts).items():
        setattr(found, name, value)
    found.save()
    audit.record(by=by, action="meeting.change", obj=found, after=asdict(facts))
    return found


@transaction.atomic
def set_agenda(*, meeting: Meeting, items: Sequence[Red], by: Actor) -> None:
    """The agenda anew, each thing as it stands now. Raises Refused."""
    found = _open(meeting, by)
    AgendaItem.objects.filter(meeting=found).delete()
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=found, number=n, key=i.key, title=i.title[:200], unit_name=i.unit[:100], why=i.why)
        for n, i in enumerate(items, start=1)
    )
    audit.record(by=by, action="meeting.agenda", obj=found, after={"agenda": [item.title for item in items]})


@transaction.atomic
def decide(*, meeting: Meeting, decided: Decided, by: Actor, propose: bool = False) -> Decision:
    """Write down a decision; it becomes a draft measure of its year at once, put up for approval where `propose`.

    Raises Refused with what the measure lacks: nothing is written then.
    """
    found = _open(meeting, by)
    if not decided.text.strip():
        raise Refused("请写明议定事项。")
    if decided.deadline < found.day:
        raise Refused(f"完成时限 {decided.deadline} 早于会议日期 {found.day},请核对。")
    made = Decision(meeting=found, made_by_id=by.person, **{name: getattr(decided, name) for name in OWN})
    made.measure = _measure(found, decided, by)
    made.save()
    audit.record(by=by, action="meeting.decide", obj=made, after={"clause": made.clause, "unit": str(made.unit)})
    if propose and made.measure.work is not None:
        move(work=made.measure.work, code="propose", by=by)
    return made


def _measure(meeting: Meeting, decided: Decided, by: Actor) -> Measure:
    values: dict[str, Any] = {
        "year": decided.deadline.year,
        "clause": decided.clause.strip(),
        "title": decided.text.strip(),
        "deliverable": decided.text.strip()[:200],
        "target": decided.target.strip(),
        "lead": decided.unit,
        "starts": meeting.day,
        "deadline": decided.deadline,
        "note": f"{meeting.title}({meeting.day})议定"[:500],
        **{name: getattr(decided, name).strip() for name in OTHERS},
    }
    try:
        made = cast(Measure, records.create(ledger=MEASURES, values=values, by=by))
    except ValidationError as fault:
        raise Refused("".join(fault.messages)) from fault
    made.refresh_from_db()
    return made


@transaction.atomic
def undecide(*, decision: Decision, reason: str, by: Actor) -> None:
    """Take out one that was written down wrongly, with its measure; only before the minutes and while it is a draft.

    Raises Refused.
    """
    _open(decision.meeting, by)
    if not reason.strip():
        raise Refused("请填写删去的理由。")
    measure = Measure.objects.select_for_update(of=("self",)).filter(pk=decision.measure_id).first()
    if measure is not None and measure.deleted_at is None:
        if measure.state != "draft":
            raise Refused(f"措施处于“{measure.get_state_display()}”,不能删去:先把措施退回修改,或由领导小组取消。")
        records.delete(ledger=MEASURES, pk=measure.pk, reason=f"会议议定事项记错:{reason.strip()}", by=by)
    said = {"text": decision.text, "clause": decision.clause, "unit": str(decision.unit)}
    audit.record(by=by, action="meeting.undecide", obj=decision, before=said, reason=reason.strip())
    decision.delete()


@transaction.atomic
def draft_minutes(*, meeting: Meeting, by: Actor) -> OfficialDocument:
    """Begin 会议纪要 with what was written down. Raises Refused where it was begun."""
    by.require(Permission.DOCUMENT_DRAFT)
    found = _open(meeting, by)
    made = documents.draft(kind=KIND, facts=minutes_of(found), by=by, about=[found])
    found.document = made
    found.save(update_fields=["document"])
    audit.record(by=by, action="meeting.minutes", obj=found, after={"document": made.pk})
    return made


def minutes_of(meeting: Meeting) -> dict[str, Any]:
    """What the minutes begin with."""
    heard = _lines(meeting.heard) or [f"关于{item.title}情况的汇报" for item in meeting.agenda.all()]
    rows = meeting.decisions.select_related("unit", "measure")
    found: dict[str, Any] = {
        "meeting": meeting.title,
        "day": meeting.day,
        "place": meeting.place,
        "chair": meeting.chair,
        "heard": heard,
        "views": meeting.views,
        "decisions": [
            {"decision": row.text.rstrip("。"), "unit": _units(row), "due": _until(row.deadline)} for row in rows
        ],
        "present": _lines(meeting.present),
        "excused": _lines(meeting.excused),
    }
    return {name: value for name, value in found.items() if value}


def _units(decision: Decision) -> str:
    helpers = decision.measure.participants if decision.measure else ""
    return f"{decision.unit}({helpers}配合)" if helpers else str(decision.unit)


def _until(day: datetime.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日前"


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _open(meeting: Meeting, by: Actor) -> Meeting:
    """The meeting, locked, while its minutes have not been begun (or were discarded)."""
    by.require(Permission.PLAN_MANAGE)
    found = Meeting.objects.select_for_update(of=("self",)).select_related("document").get(pk=meeting.pk)
    if found.document is not None and found.document.state != State.VOIDED:
        raise Refused("会议纪要已经起草,要改请在公文中改;要重新起草,先作废草稿。")
    return found
