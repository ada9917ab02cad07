"""Documents of a first certification begin with facts that their kinds know; one document names all its towns."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from spectown.accounts.models import User
from spectown.documents.kinds import kind_in
from spectown.rounds.models import DueDocument, Publicity, Title
from tests.round_course import beside, hall, later, proposed, published, signed
from tests.round_world import World

pytestmark = pytest.mark.django_db


def drafted(here: World, kind: str) -> dict[str, Any]:
    """Facts of the document of this kind, begun from the page of the case; all of them known to the kind."""
    due = DueDocument.objects.get(case=here.case, kind=kind)
    browser = Client()
    browser.force_login(User.objects.get(pk=here.office.person))
    assert browser.post(reverse("rounds:draft", args=[here.case.pk, due.pk])).status_code == 302
    due.refresh_from_db()
    assert due.document is not None
    known = {fact.name: fact for fact in kind_in(here.round.version, kind).facts}
    given: dict[str, Any] = due.document.facts
    assert set(given) <= set(known)
    for name, value in given.items():
        if name in known and known[name].of:
            assert value
            assert all(set(row) <= {column.name for column in known[name].of} for row in value)
    return given


def test_a_refusal_names_every_criterion_that_lacks_and_the_decision() -> None:
    here = hall()
    proposed(here, "refuse", "heritage_product")
    signed(here, "refuse", "历史传承的材料不能证明。")
    failed = drafted(here, "refusal_notice")["failed"]
    assert failed[0]["criterion"] == "历史传承的独特产品、工艺技艺和服务"
    assert failed[-1]["reason"] == "历史传承的材料不能证明。"


def test_publicity_notice_and_certificate_know_their_towns_days_and_numbers() -> None:
    one = hall()
    two = beside(one, "上党区")
    for here in (one, two):
        proposed(here)
        signed(here, "certify")
    shown = published(one, two)
    facts = drafted(one, "publicity")
    assert [row["town"] for row in facts["towns"]] == ["壶关县专业镇", "上党区专业镇"]
    assert (facts["first_day"], facts["workdays"]) == (shown.starts.isoformat(), 5)
    assert DueDocument.objects.get(case=two.case, kind="publicity").document is not None
    assert Publicity.objects.get().document is not None
    with later(20):
        for here in (one, two):
            here.go("certify", here.office)
    facts = drafted(two, "certification_notice")
    assert len(facts["towns"]) == 2
    assert facts["objections"] == 0
    title = Title.objects.get(case=one.case)
    assert drafted(one, "certificate")["certificate_number"] == title.number
    title.refresh_from_db()
    assert title.certificate is not None
