"""Written decisions, proposals, votes: who may, what is needed, what is refused."""

import pytest

from spectown.lib.refusal import Refused
from spectown.organisations.actors import NotAllowed
from spectown.rounds.facts import Facts
from spectown.rounds.models import Vote
from spectown.rounds.services import deciding, moves
from tests.round_course import MEETING, hall, proposed, signed, studied
from tests.round_world import World

pytestmark = pytest.mark.django_db


def cast(*ballots: str) -> list[deciding.Cast]:
    return [deciding.Cast(f"张{n}", f"成员{n}", ballot) for n, ballot in enumerate(ballots)]


def test_the_result_is_that_of_the_version_sent() -> None:
    here = hall()
    case = studied(here)
    assert Facts(case).result.overall == "qualifies"


@pytest.mark.data
def test_what_is_not_judged_cannot_be_proposed() -> None:
    here = hall()
    case = studied(here)
    case.application.judgements.filter(criterion="heritage_product").delete()
    with pytest.raises(Refused, match="历史传承的独特产品、工艺技艺和服务”未完成"):
        deciding.propose(case=case, proposal="certify", reasons=["符合"], by=here.office)
    assert here.fresh().decisions.count() == 0


def undetermined() -> World:
    """A field of industry for which the plan has no standard."""
    here = hall()
    other = here.case.application
    other.category = "wellness"
    other.save()
    studied(here)
    return here


def test_what_has_no_standard_is_decided_in_writing_first() -> None:
    here = undetermined()
    case = here.fresh()
    with pytest.raises(Refused, match="没有待定事项:“主导产业年产值”未完成"):
        deciding.propose(case=case, proposal="certify", reasons=["符合"], by=here.office)
    here.go("hold", here.office, "类别没有标准")
    with pytest.raises(Refused, match="书面决定"):
        here.go("settle", here.office)
    with pytest.raises(Refused, match="请写明标准和依据"):
        deciding.rule(case=here.fresh(), criterion="output", outcome="met", answer=" ", by=here.office)
    deciding.rule(case=here.fresh(), criterion="output", outcome="met", answer="按 1 亿元掌握", by=here.office)
    case = here.go("settle", here.office)
    assert Facts(case).result.overall == "qualifies"
    assert "领导小组办公室书面决定:按 1 亿元掌握。" in [f.message for f in Facts(case).result.findings]
    deciding.propose(case=case, proposal="certify", reasons=["符合"], by=here.office)
    assert signed(here, "certify").state == "approved"


@pytest.mark.data
def test_a_written_decision_may_say_no() -> None:
    here = undetermined()
    deciding.rule(case=here.fresh(), criterion="output", outcome="unmet", answer="按 50 亿元掌握", by=here.office)
    assert Facts(here.fresh()).result.overall == "not_yet"
    with pytest.raises(Refused, match="没有这一待定事项"):
        deciding.rule(case=here.fresh(), criterion="county", outcome="met", answer="好", by=here.office)


@pytest.mark.data
def test_votes_are_counted_among_the_members() -> None:
    here = hall()
    proposed(here)
    with pytest.raises(Refused, match="不足应到3人的法定比例"):
        signed(here, "certify", votes=cast("for"))
    with pytest.raises(Refused, match="决定与表决结果不一致"):
        signed(here, "certify", votes=cast("for", "against", "abstained"))
    with pytest.raises(Refused, match="不是现任领导小组成员,不能表决:李四 县长"):
        signed(here, "certify", votes=[deciding.Cast("李四", "县长", "for")])
    assert signed(here, "certify", votes=cast("for", "for", "recused")).state == "approved"
    assert Vote.objects.count() == 3


def test_a_vote_that_fails_refuses_with_reasons() -> None:
    here = hall()
    proposed(here)
    with pytest.raises(Refused, match="不予认定须逐条写明理由"):
        signed(here, "refuse", votes=cast("against", "against", "for"))
    assert signed(here, "refuse", "产业链不完整", votes=cast("against", "against", "for")).state == "refused"


def test_what_does_not_qualify_is_not_certified() -> None:
    here = hall()
    proposed(here, "refuse", "heritage_product")
    with pytest.raises(Refused, match="预审结果为“尚不符合条件”,不能认定"):
        signed(here, "certify", "领导同意")
    assert signed(here, "refuse").decisions.get().decided_reasons == ["按标准条件符合条件。"]


def test_a_decision_is_carried_out_as_it_was_made() -> None:
    """Nobody certifies with the button of the case what the leading group refused."""
    here = hall()
    case = proposed(here)
    with pytest.raises(Refused, match="表决或审定已记录"):
        here.go("approve", here.leader)
    case.decisions.update(
        decided="refuse", decided_reasons=["不同意"], decided_at=case.made_at, decided_by=case.changed_by
    )
    assert moves.refusals(case=case, code="approve", by=here.leader) != []


def test_the_group_sends_back_and_the_office_proposes_anew() -> None:
    here = hall()
    proposed(here)
    here.go("return_proposal", here.leader, "再核产值")
    with pytest.raises(Refused, match="拟定意见和理由已记录"):
        here.go("propose", here.office)
    deciding.propose(case=here.fresh(), proposal="certify", reasons=["已核"], by=here.office)
    assert here.fresh().decisions.count() == 2


def test_each_does_their_own_part() -> None:
    here = hall()
    case = proposed(here)
    resolution = deciding.Resolution("certify", MEETING)
    with pytest.raises(NotAllowed):
        deciding.decide(case=case, resolution=resolution, by=here.office)
    with pytest.raises(NotAllowed):
        deciding.propose(case=case, proposal="certify", reasons=["好"], by=here.leader)
