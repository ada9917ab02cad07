"""The decision of the leading group: recorded votes or a sign-off, and why a decision cannot be recorded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from spectown.core.certification.outcomes import Overall
from spectown.core.rounds.decision import Choice, Row


class Voice(StrEnum):
    """How a member voted; recused (回避) members count nowhere."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"
    RECUSED = "recused"


@dataclass(frozen=True, slots=True)
class VotingRules:
    """建议值: present at least two thirds of the members entitled, carried by more than half of those present."""

    quorum: Fraction = Fraction(2, 3)
    majority: Fraction = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Tally:
    """The count of a vote; abstaining is being present. `carried` only where `quorate`."""

    entitled: int
    present: int
    yes: int
    no: int
    abstained: int
    recused: int
    quorate: bool
    carried: bool


def tally(votes: Mapping[str, Voice], members: Iterable[str], rules: VotingRules | None = None) -> Tally:
    """Count the votes of the members; raises ValueError for a vote of somebody who is none."""
    rules, everybody = rules or VotingRules(), set(members)
    if strangers := sorted(set(votes) - everybody):
        raise ValueError(f"votes of persons who are not members: {strangers}")
    yes, no, abstained, recused = (sum(voice is each for voice in votes.values()) for each in Voice)
    entitled, present = len(everybody) - recused, yes + no + abstained
    quorate = present > 0 and present >= rules.quorum * entitled
    carried = quorate and yes > rules.majority * present
    return Tally(entitled, present, yes, no, abstained, recused, quorate, carried)


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided of a case: by a vote (`tally`) or signed off by `signed_by`, with reasons."""

    choice: Choice
    reasons: tuple[str, ...] = ()
    tally: Tally | None = None
    signed_by: str = ""


def decision_refusals(decision: Decision, row: Row) -> list[str]:
    """Why a decision of the leading group cannot be recorded; empty = it can."""
    given = [reason for reason in decision.reasons if reason.strip()]
    found = []
    if decision.choice is Choice.PENDING:
        found.append("待定不是决定:待定事项由领导小组办公室书面决定后再报。")
    if decision.choice is Choice.CERTIFY and row.entry.check.overall is not Overall.QUALIFIES:
        found.append(f"预审结果为“{row.entry.check.overall.label}”,不能认定。")
    if decision.choice is Choice.REFUSE and not given:
        found.append("不予认定须逐条写明理由。")
    elif decision.choice is not row.proposal and not given:
        found.append(f"与拟定意见“{row.proposal.label}”不同,须写明理由。")
    return [*found, *authority(decision.tally, decision.signed_by, carried=decision.choice is Choice.CERTIFY)]


def authority(count: Tally | None, signed_by: str, *, carried: bool) -> list[str]:
    """Why neither vote nor sign-off carries the decision; `carried`: what the vote must have come to."""
    if count is None:
        return [] if signed_by.strip() else ["须有表决结果或审定人。"]
    if not count.quorate:
        return [f"到会{count.present}人,不足应到{count.entitled}人的法定比例,表决无效。"]
    return [] if count.carried is carried else ["决定与表决结果不一致。"]
