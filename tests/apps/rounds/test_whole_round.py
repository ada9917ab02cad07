"""A whole round through the services, five roles: a correction, a conflict, an objection, a refusal, two titles."""

import pytest

from spectown.audit.services import breaches
from spectown.lib.refusal import Refused
from spectown.rounds.models import DueDocument, Title
from spectown.rounds.services import deciding, materials, objections
from tests.round_course import (
    beside,
    hall,
    judged,
    later,
    objected,
    proposed,
    published,
    sent,
    signed,
    study,
)
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
    study(here)
    judged(here)
    deciding.propose(case=here.fresh(), proposal="certify", reasons=["按标准条件符合条件。"], by=here.office)


def test_a_whole_round() -> None:
    one = hall()
    two, three = beside(one, "上党区"), beside(one, "黎城县")
    corrected(one)
    proposed(two)
    proposed(three, "refuse", "heritage_product")
    votes = [deciding.Cast(f"张{n}", f"成员{n}", "for") for n in range(3)]
    assert signed(one, "certify", votes=votes).state == "approved"
    assert signed(two, "certify").state == "approved"
    assert signed(three, "refuse", "历史传承的材料不能证明。").state == "refused"

    shown = published(one, two)
    assert (shown.days, one.fresh().state, two.fresh().state) == (5, "publicity", "publicity")
    against = objected(two)
    with later(20):
        assert one.go("certify", one.office).state == "certified"
        with pytest.raises(Refused, match=f"异议{against.receipt}尚未办结"):
            two.go("certify", two.office)
        objections.move(objection=against, code="accept", by=two.second)
        objections.move(objection=against, code="dismiss", by=two.second, reason="已核", answer="经核对,产值均在本县。")
        two.go("certify", two.office)

    titles = Title.objects.order_by("number")
    assert [title.number[-4:] for title in titles] == ["001号", "002号"]
    assert {title.town.name for title in titles} == {"壶关县专业镇", "上党区专业镇"}
    assert all(title.valid_to.year == title.granted_on.year + 3 for title in titles)
    assert all(title.town.levels.get().level == "city" for title in titles)
    kinds = set(DueDocument.objects.values_list("kind", flat=True))
    assert {"correction_notice", "refusal_notice", "publicity", "certification_notice", "certificate"} <= kinds
    assert list(breaches()) == []
