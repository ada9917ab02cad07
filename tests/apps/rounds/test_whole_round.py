"""A whole round through the services, five roles: a correction, a conflict, an objection, a refusal, two titles."""

import pytest
from django.utils import timezone

from spectown.audit.services import breaches
from spectown.lib.refusal import Refused
from spectown.rounds.decisiontable import Decided, lines_of
from spectown.rounds.models import DueDocument, Objection, Title
from spectown.rounds.services import deciding, declaring, materials, objections, round_moves, seating
from spectown.web.rounds.trial import known_cases
from tests.review_world import SEED, SOURCE, Person, Review, pool_of, reviewed
from tests.round_course import accepted, beside, hall, judged, later, objected, published, sent, signed
from tests.round_world import PDF, World

pytestmark = [pytest.mark.django_db, pytest.mark.data]


def corrected(here: World) -> None:
    """One material was incomplete; the county makes it good."""
    sent(here)
    here.judge_all(material__plan="缺第二年的支持政策")
    here.go("request_correction", here.office)
    materials.put(case=here.fresh(), item="plan", name="规划.pdf", content=PDF + b"2", by=here.fills)
    here.go("hand_in_correction", here.fills)
    here.go("submit_correction", here.checks)
    here.judge_all()
    here.go("accept", here.office)


def conflicted(here: World, people: list[Person]) -> None:
    """One of the drawn has a conflict of interest and sees nothing of the case; the first reserve scores instead."""
    found = Review(here, people)
    drawn = seating.draw(case=found.case, seed=SEED, source=SOURCE, by=found.office)
    here.go("start_review", found.office)
    first, *others = found.seats()
    declaring.recuse(seat=first, reason="为申报企业提供技术服务", by=found.by(first))
    with pytest.raises(Refused, match="不在您的范围内"):
        found.score(first)
    assert [s.expert_id for s in found.seats()][:4] == [s.expert_id for s in others]
    assert f"E{found.seats()[-1].expert_id:03d}" == drawn.result["reserves"][0]
    for number, seat in enumerate(found.seats()):
        found.score(seat, "30" if number == 0 else f"{80 + number}")
    here.go("end_review", found.office)


def told(here: World, choice: str) -> None:
    """What the office says to the leading group."""
    deciding.propose(case=here.fresh(), proposal=choice, reasons=["按标准条件符合条件。"], by=here.office)


def decided_table(here: World) -> dict[str, Decided]:
    rules = here.fresh().rules.rules
    return {line.row.entry.county: line for line in lines_of(here.round, rules)}


def test_a_whole_round() -> None:
    one = hall(review=True)
    two, three = beside(one, "上党区"), beside(one, "黎城县")
    people = pool_of(one.office)
    corrected(one)
    conflicted(one, people)
    for each in (two, three):
        accepted(each)
    reviewed(two, people, ["90", "92"])
    reviewed(three, people, ["70"])
    for each, unmet in ((one, ()), (two, ()), (three, ("heritage_product",))):
        judged(each, *unmet)

    table = decided_table(one)
    assert {county: line.row.place for county, line in table.items()} == {"上党区": 1, "壶关县": 2, "黎城县": 3}
    assert [line.row.proposal for line in table.values()] == ["certify", "certify", "refuse"]
    assert [len(table[county].outliers) for county in ("壶关县", "上党区")] == [1, 0]
    assert {len(each.sheets) for each in known_cases(one.round, one.office, timezone.localdate())} == {5}

    told(one, "certify")
    told(two, "certify")
    told(three, "refuse")
    votes = [deciding.Cast(f"张{n}", f"成员{n}", "for") for n in range(3)]
    assert signed(one, "certify", votes=votes).state == "approved"
    assert signed(two, "certify").state == "approved"
    assert signed(three, "refuse", "历史传承的材料不能证明。").state == "refused"

    shown = published(one, two)
    assert (shown.days, one.fresh().state, two.fresh().state) == (5, "publicity", "publicity")
    titled(one, two, objected(two))
    kinds = set(DueDocument.objects.values_list("kind", flat=True))
    assert {"correction_notice", "refusal_notice", "publicity", "certification_notice", "certificate"} <= kinds
    assert list(breaches()) == []


def titled(one: World, two: World, against: Objection) -> None:
    """The objection stops its own town and no other, until it was answered; then the round is over."""
    with later(60):
        assert one.go("certify", one.office).state == "certified"
        with pytest.raises(Refused, match=f"异议{against.receipt}尚未办结"):
            two.go("certify", two.office)
        objections.move(objection=against, code="accept", by=two.second)
        objections.move(objection=against, code="dismiss", by=two.second, reason="已核", answer="经核对,产值均在本县。")
        two.go("certify", two.office)
        for code in ("close_window", "decide", "close"):
            round_moves.move(round_=one.round, code=code, by=one.office)
    titles = Title.objects.order_by("number")
    assert [title.number[-4:] for title in titles] == ["001号", "002号"]
    assert {title.town.name for title in titles} == {"壶关县专业镇", "上党区专业镇"}
    assert all(title.valid_to.year == title.granted_on.year + 3 for title in titles)
    assert all(title.town.levels.get().level == "city" for title in titles)
