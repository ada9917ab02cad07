"""Common problems: shown before posting, proposed, made by a person, answered for all members."""

import pytest
from django.core.exceptions import ValidationError

from spectown.accounts.permissions import Role
from spectown.lib.refusal import Refused
from spectown.organisations.actors import NotAllowed
from spectown.supervision.models import Problem
from spectown.supervision.services.common import join, keep_individual, make_common, open_commons, proposals, similar
from tests import factories
from tests.apps.supervision.problem_world import Town

pytestmark = pytest.mark.django_db
NAMED = {"title": "陶瓷企业扩建用地指标不足", "kind": "land", "clause": "三(九)"}


class Alike(Town):
    """Three enterprises with the same problem, and one with another."""

    def __init__(self) -> None:
        super().__init__()
        self.firms = [self.firm, self.enterprise("第二陶瓷")[1], self.enterprise("第三陶瓷")[1]]
        self.alike = [self.raised(by=firm, clause="三(九)") for firm in self.firms]
        self.other = self.raised(by=self.firm, title="窑炉天然气不足", text="冬季限气", kind="energy")

    def members(self) -> list[Problem]:
        return list(Problem.objects.filter(pk__in=[p.pk for p in self.alike]).select_related("work").order_by("pk"))

    def common(self) -> Problem:
        return make_common(values=NAMED, members=self.members(), by=self.office)


def test_before_posting_own_ones_are_shown_and_others_counted() -> None:
    town = Alike()
    new = {"title": "二期厂房用地指标不足", "text": "扩建拿不到地", "kind": "land"}
    found = similar(values=new, by=town.firms[1])
    assert [problem for problem, _ in found.own] == [town.alike[1]]
    assert found.others == 2
    assert len(similar(values=new, by=town.office).own) == 3
    assert similar(values={"title": "缺直播人才", "kind": "labour"}, by=town.office).own == []


def test_what_is_alike_is_proposed_and_nothing_is_joined_by_itself() -> None:
    town = Alike()
    found, problems = proposals(town.office)
    assert [cluster.pks for cluster in found] == [tuple(p.pk for p in town.alike)]
    assert found[0].raisers == 3
    assert problems.keys() == {p.pk for p in town.alike}
    assert not Problem.objects.filter(state="joined").exists()
    with pytest.raises(NotAllowed):
        proposals(factories.actor(Role.LEADER))


@pytest.mark.data
def test_a_common_problem_is_made_routed_answered_and_a_member_whose_own_is_not_solved_leaves() -> None:
    town = Alike()
    common = town.common()
    assert (common.nature, common.origin, common.raiser_id) == ("common", "office", town.office.unit_id)
    assert (common.town, common.proposed, common.work.kind) == (town.town, town.land, "problem")
    assert {(p.state, p.common, p.work.ended_on is None) for p in town.members()} == {("joined", common, False)}
    assert proposals(town.office)[0] == []
    with pytest.raises(Refused, match="答复后再看"):
        town.step(town.alike[0], "leave", town.firm, reason="没有解决")
    common = town.step(common, "route", town.office, values={"unit": town.land})
    assert set(Problem.objects.filter(pk__in=[p.pk for p in town.alike])) <= set(
        Problem.objects.filter(common__holder=town.land)
    )
    town.step(common, "accept", town.land_people[0])
    common = town.step(common, "answer", town.land_people[0], values={"answer": "市里统筹 100 亩"})
    common = town.step(common, "confirm", town.office)
    assert common.state == "solved"
    left = town.step(town.alike[0], "leave", town.firm, reason="本企业没有分到")
    assert (left.state, left.common, left.nature, left.work.ended_on) == ("raised", None, "individual", None)
    with pytest.raises(Refused, match="不归您看"):
        town.step(town.alike[1], "leave", town.firm, reason="替别人说")


def test_joining_later_taking_out_and_what_cannot_be_joined() -> None:
    town = Alike()
    common = make_common(values=NAMED, members=town.members()[:2], by=town.office)
    (found,) = proposals(town.office)[0]
    assert (found.joins, found.lead, found.pks) == (True, common.pk, (town.alike[2].pk,))
    assert list(open_commons(town.office)) == [common]
    join(common=common, members=town.members()[2:], by=town.office)
    out = town.step(town.alike[2], "part", town.office, reason="情况不同")
    assert (out.state, out.common, out.nature) == ("raised", None, "individual")
    assert proposals(town.office)[0] == []  # a person said that it is not the same
    with pytest.raises(Refused, match="不能再并入"):
        join(common=common, members=[Problem.objects.select_related("work").get(pk=common.pk)], by=town.office)
    with pytest.raises(Refused, match="请选择一个还没有解决的共性问题"):
        town.step(out, "join", town.office, values={"common": town.other})
    with pytest.raises(Refused, match=f"WT{town.alike[0].pk:07d}"):
        join(common=common, members=[out, town.members()[0]], by=town.office)  # all or none
    assert Problem.objects.get(pk=out.pk).state == "raised"


def test_a_problem_that_runs_stops_when_it_is_joined() -> None:
    town = Alike()
    town.step(town.alike[0], "route", town.office, values={"unit": town.power})
    town.common()
    member = town.members()[0]
    assert (member.holder, member.due_on, member.work.holder, member.work.anchored_on) == (None, None, None, None)


def test_what_was_judged_individual_is_not_proposed_again() -> None:
    town = Alike()
    assert keep_individual(members=town.members()[:1], by=town.office) == 1
    assert proposals(town.office)[0] == []
    with pytest.raises(NotAllowed):
        keep_individual(members=town.members(), by=town.firm)
    with pytest.raises(Refused, match="至少要有两件"):
        make_common(values=NAMED, members=town.members()[:1], by=town.office)
    with pytest.raises(ValidationError):
        make_common(values={**NAMED, "title": ""}, members=town.members(), by=town.office)
