"""Look-alikes: found, renewed, forgotten, told apart; what was decided is not asked again."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from spectown.accounts.permissions import Role
from spectown.audit.models import Event
from spectown.enterprises.enums import PairReason, PairState
from spectown.enterprises.models import DuplicatePair, Enterprise
from spectown.enterprises.services import decide_distinct, merge, search
from spectown.lib.refusal import Refused
from spectown.organisations.actors import NotAllowed
from spectown.plans.folder import mapping
from tests import factories
from tests.criteria import FOLDER

pytestmark = [pytest.mark.django_db, pytest.mark.data]
TODAY = timezone.localdate()
RULES = [{**rule, "from": str(rule["from"])} for rule in mapping(FOLDER, "market.yaml")["rules"]]
FIRST, SECOND = "沁州黄小米(集团)有限公司", "沁县沁州黄小米集团有限公司"


@pytest.fixture(autouse=True)
def plan() -> None:
    factories.PlanVersionFactory.create(is_current=True, market={"rules": RULES})


@pytest.fixture
def county() -> Any:
    return factories.TerritoryFactory.create(name="沁县")


def enterprise(name: str, **facts: Any) -> Enterprise:
    made: Enterprise = factories.EnterpriseFactory.create(name=name, **facts)
    return made


def found() -> int:
    return search(today=TODAY, by=factories.actor())


def pairs() -> list[tuple[int, int, str, str]]:
    return list(DuplicatePair.objects.order_by("pk").values_list("first", "second", "reason", "state"))


def test_same_name_is_found_once_and_the_second_search_changes_nothing(county: Any) -> None:
    one, two = enterprise(FIRST, territory=county), enterprise(SECOND, territory=county)
    enterprise(FIRST)  # of another county
    assert found() == 1
    before = pairs()
    assert before == [(one.pk, two.pk, PairReason.SAME_NAME, PairState.OPEN)]
    assert found() == 1
    assert pairs() == before
    event = Event.objects.filter(action="enterprise.search").latest("seq")
    assert event.after == {"added": 0, "removed": 0, "renewed": 0, "open": 1}


def test_same_body_of_the_code_is_found_across_counties() -> None:
    one = enterprise("甲公司", kind="company", code="91110000600037341L")
    two = enterprise("乙公司", kind="company", code="91140400600037341N")
    assert found() == 1
    assert pairs() == [(one.pk, two.pk, PairReason.SAME_BODY, PairState.OPEN)]


def test_deleted_ones_are_not_compared(county: Any) -> None:
    gone = {"deleted_at": timezone.now(), "deleted_by": factories.UserFactory.create(), "delete_reason": "重复"}
    enterprise(FIRST, territory=county)
    enterprise(SECOND, territory=county, **gone)
    assert found() == 0


def test_open_pairs_that_no_longer_look_alike_go_and_others_are_renewed(county: Any) -> None:
    one, two = enterprise(FIRST, territory=county), enterprise(SECOND, territory=county)
    assert found() == 1
    Enterprise.objects.filter(pk=two.pk).update(name="沁县沁州黄小米业有限公司")
    assert found() == 1
    pair = DuplicatePair.objects.get()
    assert (pair.first_id, pair.second_id, pair.reason) == (one.pk, two.pk, PairReason.SIMILAR_NAME)
    assert pair.score < 100
    Enterprise.objects.filter(pk=two.pk).update(name="沁县长青食用菌有限公司")
    assert found() == 0
    assert pairs() == []


def test_what_was_decided_stays_decided(county: Any) -> None:
    enterprise(FIRST, territory=county)
    two = enterprise(SECOND, territory=county)
    found()
    by = factories.actor()
    pair = decide_distinct(pair=DuplicatePair.objects.get(), reason=" 地址不同 ", by=by)
    assert (pair.state, pair.decision_reason, pair.decided_by_id) == (PairState.DISTINCT, "地址不同", by.user_id)
    assert Event.objects.get(action="enterprise.distinct").reason == "地址不同"
    assert found() == 0
    Enterprise.objects.filter(pk=two.pk).update(name="沁县长青食用菌有限公司")
    assert found() == 0
    assert DuplicatePair.objects.get().state == PairState.DISTINCT  # though they look alike no more


def test_a_merged_pair_is_not_found_again(county: Any) -> None:
    one, two, three = (enterprise(name, territory=county) for name in (FIRST, SECOND, "沁州黄小米有限责任公司"))
    assert found() == 2  # n - 1 pairs of n
    merge(keep=one, drop=two, choices=(), reason="同一户", by=factories.actor())
    assert found() == 1
    assert pairs()[-1][:2] == (one.pk, three.pk)


@pytest.mark.parametrize(("reason", "said"), [("  ", "请填写理由"), ("多" * 501, "最多 500 字")])
def test_without_a_fair_reason_nothing_is_decided(reason: str, said: str) -> None:
    pair = factories.DuplicatePairFactory.create()
    with pytest.raises(Refused, match=said):
        decide_distinct(pair=pair, reason=reason, by=factories.actor())
    assert DuplicatePair.objects.get().state == PairState.OPEN


def test_a_decided_pair_is_not_decided_again() -> None:
    pair = factories.DuplicatePairFactory.create()
    decide_distinct(pair=pair, reason="地址不同", by=factories.actor())
    with pytest.raises(Refused, match="已经判断为“不是重复”"):
        decide_distinct(pair=pair, reason="再判断", by=factories.actor())


@pytest.mark.parametrize("role", [Role.DEPARTMENT, Role.COUNTY_FILL, Role.LEADER, Role.ENTERPRISE])
def test_only_the_office_decides(role: Role) -> None:
    pair, by = factories.DuplicatePairFactory.create(), factories.actor(role)
    with pytest.raises(NotAllowed):
        search(today=TODAY, by=by)
    with pytest.raises(NotAllowed):
        decide_distinct(pair=pair, reason="地址不同", by=by)


def test_without_settings_nothing_is_searched() -> None:
    with pytest.raises(Refused, match=r"market\.yaml"):
        search(today=TODAY.replace(year=2000), by=factories.actor())


def test_queries_do_not_grow_with_the_pairs() -> None:
    by, letters = factories.actor(), "甲乙丙丁戊己庚辛"

    def queries(number: int) -> int:
        for letter in letters[:number]:
            county = factories.TerritoryFactory.create()
            enterprise(f"黄小米{letter}有限公司", territory=county)
            enterprise(f"黄小米{letter}集团有限公司", territory=county)
        with CaptureQueriesContext(connection) as seen:
            search(today=TODAY, by=by)
        return len(seen)

    queries(1)
    few, before = queries(1), DuplicatePair.objects.count()
    assert queries(7) <= few
    assert (before, DuplicatePair.objects.count()) == (2, 9)
