"""Site visits (实地核查): whether a case is visited, and what was seen, each note with a photo or record."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.core.rounds.ruleparts import VisitPlan
from spectown.lib.proofs.check import inspect
from spectown.lib.proofs.keeping import content_fields, require_room
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.rounds.models import Case, Seat, VisitNote
from spectown.rounds.reading import REVIEWED_IN, refusals
from spectown.rounds.services.declaring import own_seat
from spectown.rounds.services.moves import locked

KEPT = ("image/jpeg", "image/png", "application/pdf")
KINDS = "JPG、PNG 照片或 PDF 扫描件"
MOST = 60  # notes of one case
RULED_OUT = "本件不安排实地核查,没有核查记录可登记。"
BEFORE_VISIT = ("accepted", "expert_review")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a note says; `signers`: names of whoever signs it; `item`: code of the score item that it concerns."""

    text: str
    visited_on: datetime.date
    signers: tuple[str, ...] = ()
    item: str = ""


@transaction.atomic
def plan(*, case: Case, visit: bool, reason: str, by: Actor) -> Case:
    """Decide whether a case is visited, where the round leaves that open. Raises Refused."""
    by.require(Permission.CASE_EXAMINE)
    found = locked(case, by)
    if found.rules.rules.visit != VisitPlan.CHOSEN:
        raise Refused("本批次已统一规定是否实地核查,不逐件决定。")
    if found.state not in BEFORE_VISIT:
        raise Refused(f"本件现在是“{found.get_state_display()}”,不能再改是否核查。")
    if not reason.strip():
        raise Refused("请写明安排或者不安排实地核查的理由。")
    before, found.visit = found.visit, visit
    found.save(update_fields=["visit"])
    audit.record(
        by=by,
        action="case.plan_visit",
        obj=found,
        before={"visit": before},
        after={"visit": visit},
        reason=reason.strip(),
    )
    return found


@transaction.atomic
def note(*, case: Case, seen: Seen, name: str, content: bytes, by: Actor, seat: Seat | None = None) -> VisitNote:
    """Keep a photo or record of a visit: of an expert with a `seat`, else of the office. Raises Refused."""
    found = _visitable(case, seat, by)
    _require_said(found, seen)
    checked = inspect(name, content)
    if checked.content_type not in KEPT:
        raise Refused(f"核查记录只接受{KINDS},“{checked.name}”没有保存。")
    require_room(found.visit_notes.all(), checked, MOST, "一件的核查记录")
    kept = VisitNote.objects.create(
        case=found,
        seat=seat,
        item=seen.item,
        text=seen.text.strip(),
        visited_on=seen.visited_on,
        signers="、".join(_signers(seen, by))[:200],
        **content_fields(checked, content),
        uploaded_by_id=by.person,
    )
    told = {"name": kept.name, "sha256": kept.sha256, "signers": kept.signers}
    audit.record(by=by, action="case.visit_note", obj=found, after=told)
    return kept


def is_ruled_out(case: Case) -> bool:
    """True where the round has no visits, or it was decided that this case is not visited."""
    rule = case.rules.rules.visit
    return rule is VisitPlan.NONE or (rule is VisitPlan.CHOSEN and case.visit is False)


def signers_of(case: Case) -> set[str]:
    """Everybody who signed a note of the visit."""
    rows = case.visit_notes.values_list("signers", flat=True)
    return {name for row in rows for name in row.split("、") if name}


def _visitable(case: Case, seat: Seat | None, by: Actor) -> Case:
    if seat is None:
        by.require(Permission.CASE_EXAMINE)
        found = locked(case, by)
        reasons: list[str] = []
    else:
        held, found = own_seat(seat, by)
        held.case = found
        reasons = refusals(held)
    if found.state not in REVIEWED_IN:
        reasons.append(f"本件现在是“{found.get_state_display()}”,不在评审或者核查环节。")
    if is_ruled_out(found):
        reasons.append(RULED_OUT)
    if reasons:
        raise Refused("".join(dict.fromkeys(reasons)))
    return found


def _require_said(case: Case, seen: Seen) -> None:
    if not seen.text.strip():
        raise Refused("请写明看到了什么。")
    if seen.visited_on > timezone.localdate():
        raise Refused("核查日期不能晚于今天。")
    if seen.item and seen.item not in {item.code for item in case.rules.rules.sheet}:
        raise Refused("评分表中没有这一项。")


def _signers(seen: Seen, by: Actor) -> list[str]:
    named = [name.strip() for name in seen.signers if name.strip()]
    return list(dict.fromkeys([by.name, *named]))
