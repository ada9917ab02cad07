"""Publicity and objections: days, versions, admissibility, that one town's objection stops no other."""

from dataclasses import replace

import pytest

from spectown.audit.models import Event
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.rounds.models import Objection, ObjectionFile, PublicityEntry
from spectown.rounds.services import deciding, objections, publicity
from tests.round_course import SAID, beside, hall, later, objected, proposed, published, signed
from tests.round_world import World

pytestmark = pytest.mark.django_db


def shown() -> World:
    here = hall()
    proposed(here)
    signed(here, "certify")
    published(here)
    return here


def test_only_what_was_approved_is_put_up_and_all_or_nothing() -> None:
    one = hall()
    two = beside(one, "上党区")
    proposed(one)
    signed(one, "certify")
    proposed(two)
    with pytest.raises(Refused, match="只有“同意认定待公示”时才能开始公示"):
        published(one, two)
    assert not PublicityEntry.objects.exists()
    assert one.fresh().state == "approved"


def test_a_publicity_needs_words() -> None:
    here = hall()
    for case, words in (([], "请勾选"), ([here.case], "不在本批次同意认定的名单中")):
        with pytest.raises(Refused, match=words):
            publicity.open_(round_=here.round, cases=case, title="公示", contact="电话", by=here.office)
    with pytest.raises(Refused, match="请填写公示标题"):
        publicity.open_(round_=here.round, cases=[here.case], title=" ", contact="", by=here.office)


def test_certified_only_after_the_last_day() -> None:
    here = shown()
    days = (here.fresh().publicity_entries.get().publicity.ends - here.fresh().since).days
    for passed in (0, days):
        with later(passed), pytest.raises(Refused, match="还没有期满"):
            here.go("certify", here.office)
    with later(days + 1):
        assert here.go("certify", here.office).state == "certified"


def test_an_objection_is_kept_with_its_evidence() -> None:
    here = shown()
    made = objected(here)
    assert (made.state, len(made.receipt)) == ("raised", 12)
    assert ObjectionFile.objects.get().name == "证明.pdf"
    event = Event.objects.get(action="objection.raise")
    assert (event.actor_name, event.address) == ("公众", "203.0.113.7")


def test_everything_that_lacks_is_said_at_once() -> None:
    here = shown()
    entry = PublicityEntry.objects.get()
    with pytest.raises(Refused) as refused:
        objections.raise_(entry=entry, statement=objections.Statement("王", " ", ""), by=Actor())
    said = "异议须实名提出。异议须留联系方式。异议须写明内容和理由。异议须附证明材料。"
    assert str(refused.value) == said
    with pytest.raises(Refused, match="内容不是 PDF"):
        objections.raise_(entry=entry, statement=replace(SAID, files=[("a.pdf", b"MZ")]), by=Actor())
    assert not Objection.objects.exists()
    assert here.fresh().state == "publicity"


def test_after_the_last_day_none_is_taken() -> None:
    shown()
    with later(30), pytest.raises(Refused, match="须在公示期"):
        objections.raise_(entry=PublicityEntry.objects.get(), statement=SAID, by=Actor())


def test_an_address_raises_so_many_a_day() -> None:
    here = shown()
    for _ in range(objections.MOST_A_DAY):
        objected(here)
    with pytest.raises(Refused, match="一天内提出的异议过多"):
        objected(here)
    entry = PublicityEntry.objects.get()
    assert objections.raise_(entry=entry, statement=SAID, by=Actor(address="203.0.113.8")).state == "raised"


def test_whoever_proposed_does_not_decide_about_the_objection() -> None:
    here = shown()
    made = objections.move(objection=objected(here), code="accept", by=here.office)
    with pytest.raises(Refused, match="不能由拟定人认定异议成立"):
        objections.move(objection=made, code="uphold", by=here.office, reason="属实", answer="属实")
    with pytest.raises(Refused, match="处理意见和给异议人的答复"):
        objections.move(objection=made, code="uphold", by=here.second, reason="属实")


@pytest.mark.data
def test_an_upheld_objection_sends_the_case_back_and_voids_the_publicity() -> None:
    here = shown()
    made = objections.move(objection=objected(here), code="accept", by=here.second)
    with later(30):
        objections.move(objection=made, code="uphold", by=here.second, reason="属实", answer="经查属实")
        with pytest.raises(Refused, match="成立"):
            here.go("certify", here.office)
        case = here.go("reconsider", here.office, "异议属实")
    assert PublicityEntry.objects.get().voided_at is not None
    deciding.propose(case=case, proposal="certify", reasons=["剔除后仍符合"], by=here.office)
    signed(here, "certify")
    published(here)
    with later(30):
        assert here.go("certify", here.office).state == "certified"


@pytest.mark.data
def test_rejecting_names_the_ground() -> None:
    here = shown()
    made = objected(here)
    with pytest.raises(Refused, match="请选择不符合哪项受理条件"):
        objections.move(objection=made, code="reject", by=here.second, reason="不想受理")
    reason = f"{objections.GROUNDS[1]}:电话为空号"
    done = objections.move(objection=made, code="reject", by=here.second, reason=reason)
    assert (done.state, done.answer, done.handled_by_id) == ("not_accepted", reason, here.second.person)
    with later(30):
        assert here.go("certify", here.office).state == "certified"


@pytest.mark.data
def test_a_withdrawn_objection_blocks_no_more() -> None:
    here = shown()
    objections.move(objection=objected(here), code="withdraw", by=here.second, reason="异议人书面撤回")
    with later(30):
        assert here.go("certify", here.office).state == "certified"
