"""What the office proposes and the leading group decides: written decisions, proposals, votes or a sign-off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.certification.models import JudgementRecord
from spectown.core.rounds.votes import Tally, Voice, authority, tally
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.rounds.conditions.decision import DECIDED, undetermined
from spectown.rounds.course import table_of
from spectown.rounds.enums import Ballot, Proposal
from spectown.rounds.facts import Facts
from spectown.rounds.members import members_on
from spectown.rounds.models import Case, Decision, Ruling, Step, Vote
from spectown.rounds.services import moves
from spectown.rounds.services.moves import locked

VOICES = {"for": Voice.FOR, "against": Voice.AGAINST, "abstained": Voice.ABSTAIN, "recused": Voice.RECUSED}
NEED_REASONS = (Proposal.REFUSE, Proposal.RECTIFY, Proposal.REVOKE)


@dataclass(frozen=True, slots=True)
class Cast:
    """How one member of the leading group voted, with name and post as the plan's roster has them that day."""

    name: str
    post: str
    ballot: str
    reason: str = ""


@transaction.atomic
def rule(*, case: Case, criterion: str, outcome: str, answer: str, by: Actor) -> Ruling:
    """Decide in writing about something for which the plan has no standard (待定). Raises Refused."""
    by.require(Permission.CASE_PROPOSE)
    found = locked(case, by)
    asked = undetermined(Facts(found).result)
    if found.state not in ("pending", "deciding") or criterion not in asked:
        raise Refused("本件没有这一待定事项。")
    if outcome not in JudgementRecord.Outcome.values or not answer.strip():
        raise Refused("请写明标准和依据,并选择本件满足还是不满足。")
    made = Ruling.objects.create(
        case=found,
        criterion=criterion,
        question=asked[criterion],
        outcome=outcome,
        answer=answer.strip(),
        made_by_id=by.person,
    )
    after = {"criterion": made.question, "outcome": outcome}
    audit.record(by=by, action="case.rule", obj=found, after=after, reason=made.answer)
    return made


def choices(case: Case) -> dict[str, str]:
    """What can be decided in this kind of round: the decision's code with the code of its move."""
    return {str(DECIDED[m.code]): m.code for m in table_of(case).moves if m.code in DECIDED}


@transaction.atomic
def propose(*, case: Case, proposal: str, reasons: Sequence[str], by: Actor) -> Step:
    """Record what the office proposes, with its reasons, and hand it to the leading group. Raises Refused."""
    by.require(Permission.CASE_PROPOSE)
    found = locked(case, by)
    facts, given = Facts(found), _sentences(reasons)
    if proposal not in choices(found):
        raise Refused("请选择拟定意见。")
    if not given:
        raise Refused("请写明拟定意见的理由,一行一条。")
    if found.state != "deciding" or facts.version is None:
        raise Refused(f"本件现在是“{found.get_state_display()}”,不能拟定意见。")
    Decision.objects.create(
        case=found, version=facts.version, proposal=proposal, reasons=given, proposed_by_id=by.person
    )
    return moves.move(case=found, code="propose", by=by, reason="".join(given))


@dataclass(frozen=True, slots=True)
class Resolution:
    """What the leading group decided: by votes of its members, or signed off; `meeting`: where, or on which paper."""

    choice: str
    meeting: str
    reasons: Sequence[str] = ()
    votes: Sequence[Cast] = ()


@transaction.atomic
def decide(*, case: Case, resolution: Resolution, by: Actor) -> Step:
    """Record the decision with its votes and carry it out. Raises Refused with everything that stands against it."""
    by.require(Permission.CASE_DECIDE)
    found = locked(case, by)
    made = found.decisions.order_by("pk").last()
    if found.state != "proposed" or made is None or made.decided:
        raise Refused(f"本件现在是“{found.get_state_display()}”,没有待审定的意见。")
    reasons = _sentences(resolution.reasons) or (list(made.reasons) if resolution.choice == made.proposal else [])
    if faults := _faults(found, made, resolution, reasons):
        raise Refused("".join(faults))
    made.decided, made.decided_reasons, made.meeting = resolution.choice, reasons, resolution.meeting.strip()
    made.decided_at, made.decided_by_id = timezone.now(), by.person
    made.save()
    Vote.objects.bulk_create(
        Vote(decision=made, name=v.name, post=v.post, ballot=v.ballot, reason=v.reason) for v in resolution.votes
    )
    votes = [f"{v.name} {v.post}:{Ballot(v.ballot).label}" for v in resolution.votes]
    told = {"decided": resolution.choice, "meeting": made.meeting, "votes": votes}
    audit.record(by=by, action="case.decision", obj=found, after=told, reason="".join(reasons))
    return moves.move(case=found, code=choices(found)[resolution.choice], by=by, reason="".join(reasons))


def count(case: Case, votes: Sequence[Cast]) -> Tally | None:
    """The count of votes among the members of today; None without a vote. Raises Refused for who is no member."""
    if not votes:
        return None
    members = [member.key for member in members_on(case.round.version, timezone.localdate())]
    cast = {f"{vote.name} {vote.post}": VOICES[vote.ballot] for vote in votes}
    if strangers := sorted(set(cast) - set(members)):
        raise Refused(f"不是现任领导小组成员,不能表决:{'、'.join(strangers)}。")
    return tally(cast, members)


def _faults(case: Case, made: Decision, resolution: Resolution, reasons: Sequence[str]) -> list[str]:
    if resolution.choice not in choices(case):
        return ["请选择审定结果。"]
    if any(vote.ballot not in Ballot.values for vote in resolution.votes):
        return ["请选择每位成员的表决意见。"]
    unnamed = bool(resolution.votes) and not resolution.meeting.strip()
    found = ["请填写会议名称和日期。"] if unnamed else []
    label = Proposal(resolution.choice).label
    if resolution.choice in NEED_REASONS and not reasons:
        found.append(f"{label}须逐条写明理由。")
    elif resolution.choice != made.proposal and not reasons:
        found.append(f"与拟定意见“{made.get_proposal_display()}”不同,须写明理由。")
    carried = (
        resolution.choice != Proposal.REFUSE
    )  # the vote is about giving, keeping or taking; a refusal is its failure
    return [*found, *authority(count(case, resolution.votes), resolution.meeting, carried=carried)]


def _sentences(lines: Sequence[str]) -> list[str]:
    return [line.strip() for line in lines if line.strip()]
