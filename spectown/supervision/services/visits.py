"""Special inspections and research visits: planned, filled in town by town, every finding settled, closed."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone

from spectown.accounts.models import Installation
from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.core.supervision.visits import (
    KINDS,
    OTHER,
    VERDICTS,
    VISIT,
    WAYS,
    Item,
    cap_refusals,
    unanswered,
)
from spectown.core.workflow import Attempt
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.supervision.models import Finding, Visit, VisitAnswer, VisitTown
from spectown.supervision.notices.visiting import visit_settings, visits_of
from spectown.supervision.services.problems import raise_problem
from spectown.towns.models import Town

ORIGINS = {"inspection": "inspection", "research": "visit"}


@dataclass(frozen=True, slots=True)
class Plan:
    """What is planned."""

    title: str
    checklist: str
    starts: datetime.date
    ends: datetime.date
    participants: str
    towns: Sequence[Town]
    about: str = ""
    excess_reason: str = ""


@transaction.atomic
def plan_visit(*, plan: Plan, by: Actor) -> Visit:
    """Plan a visit with its checklist as it is now. Raises Refused."""
    by.require(Permission.PLAN_MANAGE)
    settings = visit_settings(plan.starts)
    checklist = settings.checklists.get(plan.checklist)
    if checklist is None or not plan.towns or not plan.title.strip() or not plan.participants.strip():
        raise Refused("请写明名称、检查单、参加人员,至少选择一个专业镇。")
    if plan.ends < plan.starts:
        raise Refused("结束日期早于开始日期,请核对。")
    counts = visits_of(plan.towns, plan.starts.year)
    if reasons := cap_refusals(counts, settings.cap, plan.excess_reason):
        raise Refused("".join(reasons))
    visit = Visit.objects.create(
        kind=checklist.kind,
        title=plan.title.strip()[:160],
        checklist=checklist.code,
        items=[asdict(item) for item in checklist.whole],
        starts=plan.starts,
        ends=plan.ends,
        participants=plan.participants.strip(),
        about=plan.about.strip(),
        excess_reason=plan.excess_reason.strip(),
        made_by_id=by.person,
        is_demo=Installation.is_demo(),
    )
    VisitTown.objects.bulk_create(VisitTown(visit=visit, town=town) for town in plan.towns)
    after = {"towns": [str(town) for town in plan.towns], "starts": plan.starts, "kind": KINDS[visit.kind]}
    audit.record(by=by, action="visit.plan", obj=visit, after=after)
    return visit


@transaction.atomic
def fill_in(*, place: VisitTown, answers: Mapping[str, tuple[str, str]], by: Actor) -> None:
    """Keep what was seen: verdict and words by item; an item left out stays as it was. Raises Refused."""
    by.require(Permission.PLAN_MANAGE)
    visit = _locked(place.visit, by)
    if visit.state != "planned":
        raise Refused(f"检查调研{visit.get_state_display()},不能再填写。")
    if timezone.localdate() < visit.starts:
        raise Refused(f"检查调研 {visit.starts} 开始,还不能填写。")
    labels = {item["code"]: item["text"] for item in visit.items}
    for code, (verdict, note) in answers.items():
        if code not in labels or verdict not in VERDICTS:
            raise Refused("检查单中没有这一项。")
        if verdict == "finding" and not note.strip():
            raise Refused(f"{labels[code]}:有问题的,请写明情况。")
        _answer(place, code, verdict, note.strip(), by)
    told = {code: f"{VERDICTS[verdict]} {note}".strip() for code, (verdict, note) in answers.items()}
    audit.record(by=by, action="visit.fill_in", obj=visit, after={"town": str(place.town), **told})


def _answer(place: VisitTown, code: str, verdict: str, note: str, by: Actor) -> None:
    values = {"verdict": verdict, "note": note, "made_at": timezone.now(), "made_by_id": by.person}
    before = VisitAnswer.objects.filter(place=place, item=code).first()
    settled = before is not None and Finding.objects.filter(answer=before, settled_at__isnull=False).exists()
    if before is not None and settled and (before.verdict, before.note) != (verdict, note):
        raise Refused("这一项发现的问题已经处理,不能再改。")
    if before is not None and not settled and verdict != "finding":
        Finding.objects.filter(answer=before).delete()
    made, _ = VisitAnswer.objects.update_or_create(place=place, item=code, defaults=values)
    if verdict == "finding":
        Finding.objects.get_or_create(answer=made, defaults={"unit": place.town.responsible_unit})


@transaction.atomic
def settle(*, finding: Finding, way: str, said: str, by: Actor, problem_kind: str = "other") -> Finding:
    """Pass a finding on, or settle it on the spot with a reason. Raises Refused."""
    by.require(Permission.PLAN_MANAGE)
    found = Finding.objects.select_for_update(of=("self",)).select_related(
        "answer__place__visit", "answer__place__town"
    )
    row = found.get(pk=finding.pk)
    visit = _locked(row.answer.place.visit, by)
    if row.settled_at is not None:
        raise Refused(f"这个问题已经处理:{row.get_way_display()}。")
    if way not in WAYS:
        raise Refused("请选择处理方式。")
    if way == "spot" and not said.strip():
        raise Refused("当场解决或不再处理的,请写明情况。")
    if way == "problem":
        row.problem = raise_problem(values=_problem_values(row, visit, problem_kind), by=by)
    row.way, row.said = way, said.strip()
    row.settled_at, row.settled_by_id = timezone.now(), by.person
    row.save()
    audit.record(by=by, action="visit.settle", obj=visit, after={"way": WAYS[way], "finding": str(row)}, reason=said)
    return row


def _problem_values(row: Finding, visit: Visit, kind: str) -> dict[str, object]:
    answer = row.answer
    item = next((each for each in visit.items if each["code"] == answer.item), {"text": "", "clause": ""})
    return {
        "title": answer.note.splitlines()[0][:120],
        "text": f"{item['text']}:{answer.note}"[:2000],
        "kind": kind,
        "clause": item["clause"],
        "town": answer.place.town,
        "origin": ORIGINS[visit.kind],
        "source": f"{visit.title}({visit.starts})"[:160],
    }


def refusals(visit: Visit, code: str, by: Actor, reason: str = "", *, asking: bool = False) -> list[str]:
    """Why the person cannot make the move now; empty = can."""
    items = [Item(**each) for each in visit.items]
    places = {str(p.town): [a.item for a in p.answers.all()] for p in visit.towns.prefetch_related("answers", "town")}
    rows = Finding.objects.filter(answer__place__visit=visit)
    open_ = rows.filter(settled_at__isnull=True).count()
    met = {
        "items_answered": unanswered([item for item in items if item.code != OTHER], places),
        "findings_settled": (f"还有 {open_} 个发现的问题没有处理。",) if open_ else (),
    }
    held = frozenset(str(permission) for permission in by.permissions)
    return VISIT.refusals(code, visit.state, Attempt(held, by.user_id, {}, reason, met), asking=asking)


@transaction.atomic
def move(*, visit: Visit, code: str, by: Actor, reason: str = "") -> Visit:
    """Close or cancel. Raises Refused."""
    found = _locked(visit, by)
    if reasons := refusals(found, code, by, reason):
        raise Refused("".join(reasons))
    before = found.state
    found.state, found.reason = VISIT.move(code).target, reason.strip()
    found.save(update_fields=["state", "reason"])
    audit.record(
        by=by, action=f"visit.{code}", obj=found, before={"state": before}, after={"state": found.state}, reason=reason
    )
    return found


def _locked(visit: Visit, by: Actor) -> Visit:
    seen = Visit.objects.visible_to(by).filter(pk=visit.pk)
    found = Visit.objects.select_for_update().filter(pk__in=seen.values("pk")).first()
    if found is None:
        raise Refused("没有这次检查调研,或者它不归您看。")
    return found
