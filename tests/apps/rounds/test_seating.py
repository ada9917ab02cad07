"""Who sits on a case: drawn so that anybody can repeat it, chosen with a reason, never somebody who must stay away."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spectown.audit.models import Event
from spectown.core.rounds.drawing import key
from spectown.lib.refusal import Refused
from spectown.organisations.actors import NotAllowed
from spectown.rounds.drawn import again, repeats
from spectown.rounds.models import Draw, Expert, Seat
from spectown.rounds.panels import expert_number, ties_of
from spectown.rounds.services import declaring, pool, seating
from tests.factories import CaseFactory, EnterpriseFactory, ExpertFactory, TownFactory
from tests.review_world import SEED, SOURCE, accepted, person, reviewing

pytestmark = pytest.mark.django_db


def test_a_draw_is_recorded_so_that_it_can_be_repeated() -> None:
    found = accepted()
    made = seating.draw(case=found.case, seed=SEED, source=SOURCE, by=found.office)
    number = expert_number(found.own.expert)
    assert made.result["excluded"] == {number: [f"{found.own.expert.user.name}是申报县(区)壶关县的人员。"]}
    assert (len(made.result["drawn"]), len(made.result["reserves"]), len(made.result["pool"])) == (5, 2, 8)
    Expert.objects.update(unit="壶关县人民政府")  # the record does not depend on what the pool became
    kept = Draw.objects.get()
    assert repeats(kept)
    assert again(kept).drawn == tuple(kept.result["drawn"])
    by_hand = sorted(
        kept.result["drawn"] + kept.result["reserves"],
        key=lambda n: key(SEED, f"panel {kept.result['case']['number']}", n),
    )
    assert by_hand == kept.result["drawn"] + kept.result["reserves"]
    assert Event.objects.get(action="case.draw_experts").after["drawn"] == kept.result["drawn"]


def test_a_changed_record_does_not_repeat() -> None:
    found = accepted()
    made = seating.draw(case=found.case, seed=SEED, source=SOURCE, by=found.office)
    made.result["drawn"].reverse()
    assert not repeats(made)


@pytest.mark.data
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    seed=st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=64).filter(
        lambda text: bool(text.strip())
    ),
    size=st.integers(0, 9),
)
def test_every_draw_repeats_and_spares_whoever_must_stay_away(seed: str, size: int, drawable: object) -> None:
    case, office = drawable  # type: ignore[misc]
    with transaction.atomic():
        ours = [ExpertFactory.create(fields=["food"] if n % 2 else []) for n in range(size)]
        tied = ExpertFactory.create(unit="壶关县人民政府办公室", former_units=[case.unit.name])
        if ours:
            made = seating.draw(case=case, seed=seed, source=SOURCE, by=office)
            kept = Draw.objects.get(pk=made.pk)
            chosen = kept.result["drawn"] + kept.result["reserves"]
            assert repeats(kept)
            assert sorted(chosen) == sorted(map(expert_number, ours))
            assert expert_number(tied) in kept.result["excluded"]
            assert Seat.objects.filter(case=case).count() == min(5, size)
        transaction.set_rollback(True)


@pytest.fixture
def drawable() -> object:
    found = accepted()
    Expert.objects.all().delete()
    return found.case, found.office


def test_nobody_draws_again_until_it_suits() -> None:
    found = accepted()
    seating.draw(case=found.case, seed=SEED, source=SOURCE, by=found.office)
    with pytest.raises(Refused, match="专家已经到位"):
        seating.draw(case=found.case, seed="另一个", source=SOURCE, by=found.office)


def test_a_draw_needs_a_published_seed_and_the_office() -> None:
    found = accepted()
    with pytest.raises(Refused, match="从哪里公布"):
        seating.draw(case=found.case, seed=SEED, source=" ", by=found.office)
    with pytest.raises(NotAllowed):
        seating.draw(case=found.case, seed=SEED, source=SOURCE, by=found.here.fills)


def test_a_reserve_takes_the_place_of_who_left() -> None:
    found = accepted()
    made = seating.draw(case=found.case, seed=SEED, source=SOURCE, by=found.office)
    first = found.seats()[0]
    declaring.recuse(seat=first, reason="与龙头企业有合作", by=found.by(first))
    came = found.seats()[-1]
    assert (len(found.seats()), expert_number(came.expert)) == (5, made.result["reserves"][0])
    seating.release(seat=came, reason="出差", by=found.office)
    assert expert_number(found.seats()[-1].expert) == made.result["reserves"][1]
    last = found.seats()[-1]
    seating.release(seat=last, reason="生病", by=found.office)
    assert len(found.seats()) == 4
    more = person(found.office)
    seating.draw(case=found.case, seed="第二个种子", source=SOURCE, by=found.office)
    assert more.expert.pk in {seat.expert_id for seat in found.seats()}


def test_a_chosen_panel_passes_the_same_rule() -> None:
    found = accepted()
    with pytest.raises(Refused, match="是申报县"):
        seating.pick(case=found.case, experts=[found.own.expert], reason="熟悉", by=found.office)
    with pytest.raises(Refused, match="选定的理由"):
        seating.pick(case=found.case, experts=[found.people[0].expert], reason="", by=found.office)
    chosen = [each.expert for each in found.people[:5]]
    seating.pick(case=found.case, experts=chosen, reason="本行业全市仅有的专家", by=found.office)
    found.here.go("start_review", found.office)
    assert {seat.version.number for seat in found.seats() if seat.version} == {1}


@pytest.mark.data
def test_the_own_firm_stays_away() -> None:
    found = accepted()
    town = TownFactory.create(name="壶关旱地蔬菜专业镇", territory=found.case.unit.territory)
    firm = EnterpriseFactory.create(town=town, name="壶关蔬菜公司")
    works, holds = person(found.office, unit="壶关蔬菜公司"), person(found.office, enterprises=[firm])
    made = seating.draw(case=found.case, seed=SEED, source=SOURCE, by=found.office)
    for each in (works, holds):
        assert "壶关蔬菜公司" in made.result["excluded"][expert_number(each.expert)][0]
    assert repeats(made)


def test_the_review_waits_for_its_panel() -> None:
    found = accepted()
    with pytest.raises(Refused, match="本件须有5名专家,可以评审的有0名"):
        found.here.go("start_review", found.office)


def test_who_came_under_a_rule_later_stops_the_review() -> None:
    found = accepted()
    seating.draw(case=found.case, seed=SEED, source=SOURCE, by=found.office)
    Expert.objects.filter(pk=found.seats()[0].expert_id).update(county=found.case.unit.territory)
    with pytest.raises(Refused, match="是申报县"):
        found.here.go("start_review", found.office)


@pytest.mark.data
def test_the_pool_takes_only_experts_and_keeps_reasons() -> None:
    found = reviewing()
    sitting = found.seats()[0].expert
    with pytest.raises(Refused, match="没有提交评分"):
        pool.take_out(expert=sitting, reason="调离", by=found.office)
    free = next(each.expert for each in found.people if each.expert.pk not in {s.expert_id for s in found.seats()})
    with pytest.raises(Refused, match="出库的理由"):
        pool.take_out(expert=free, reason="", by=found.office)
    pool.take_out(expert=free, reason="调离", by=found.office)
    assert Event.objects.get(action="expert.take_out").reason == "调离"
    assert not Expert.objects.get(pk=free.pk).active
    pool.bring_back(expert=free, reason="返回", by=found.office)
    with pytest.raises(Refused, match="已在专家库中"):
        pool.add(user=free.user, about=pool.Particulars(unit="大学"), by=found.office)


def test_ties_know_every_county_and_unit_of_the_case() -> None:
    case = CaseFactory.create(application__counties=["长子县"], application__applicant_county="壶关县")
    ties = ties_of(case)
    assert {"长子县", "壶关县"} <= ties.counties
    assert case.unit.name in ties.units
