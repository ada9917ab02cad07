"""What follows a published result: drafts that the register accepts as they are, notices with their evidence."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from spectown.core.officialdoc.check import check
from spectown.documents.facts import tree_of
from spectown.evaluation.papers import lists_of
from spectown.evaluation.services import beginning, replying
from spectown.evaluation.standing import calls_of
from spectown.supervision.notices.matters import weighed
from spectown.supervision.services.notices import Draft, begin
from spectown.web.notices.words import links_of
from tests.apps.evaluation.world import YEAR, World
from tests.plan_files import plan_file

pytestmark = pytest.mark.django_db
KINDS = ("evaluation_report", "commendation")


@pytest.fixture
def world() -> World:
    """Published, with one town vetoed and every critical line applied."""
    made = World()
    made.plan.documents = {name: plan_file(f"documents/{name}.yaml") for name in KINDS}
    made.plan.digest = "papers"
    made.plan.save()
    made.begin()
    beginning.enter(
        evaluation=made.evaluation,
        town=made.towns[3],
        code="falsified",
        amount=Decimal(1),
        reason="统计局查实",
        by=made.office,
    )
    made.go("freeze", "compute", "open_replies")
    for _, check_person in made.people:
        replying.confirm(evaluation=made.evaluation, by=check_person)
    made.go("close_replies", "finalise")
    made.decide_all(applies=True)
    made.go("sign", by=made.leader)
    made.go("publish", "follow")
    return made


def test_the_drafts_can_be_issued_as_they_are(world: World) -> None:
    evaluation, today = world.evaluation, timezone.localdate()
    commended, supervised = lists_of(world.result())
    assert commended
    assert "示例3专业镇" in supervised
    assert evaluation.report is not None
    assert evaluation.commendation is not None
    number = "长专镇办〔2026〕1号"
    report, praise = (tree_of(each, today, number) for each in (evaluation.report, evaluation.commendation))
    assert [str(fault) for tree in (report, praise) for fault in check(tree)] == []
    said = str(report)
    assert f"{YEAR}年度评估报告" in report.title
    assert "一票否决" in said
    assert "决定：综合考虑区间和上年情况）" in said
    assert all(town in str(praise) for town in commended)
    assert [row["town"] for row in evaluation.commendation.facts["praised"]] == list(commended)


def test_each_town_to_be_supervised_is_one_proposal_with_its_evidence(world: World) -> None:
    found = [p for p in weighed(datetime.date(2026, 11, 27)) if p.matter.trigger == "evaluation"]
    _, supervised = lists_of(world.result())
    names = {town.pk: town.name for town in world.towns}
    assert {names[p.matter.town or 0] for p in found} == set(supervised)
    links = links_of(line.link for p in found for line in p.matter.evidence)
    decided = {call.town for call in calls_of(world.result()) if call.critical and call.line == "supervise"}
    told = {names[p.matter.town or 0] for p in found if any("决定督办:综合考虑" in e.actual for e in p.matter.evidence)}
    assert told == decided != set()
    proposal = next(p for p in found if names[p.matter.town or 0] == "示例3专业镇")
    assert "一票否决" in proposal.matter.title
    assert links[proposal.matter.evidence[0].link] == f"/evaluation/{YEAR}/towns/demo-3/"
    matter = proposal.matter
    draft = Draft(title=matter.title, unit=world.counties[0], town=world.towns[3], said=matter.said,
                  trigger=matter.trigger, keys=[matter.key], occasion=matter.occasion)  # fmt: skip
    begin(draft=draft, by=world.office)
    again = [p for p in weighed(datetime.date(2026, 11, 27)) if p.matter.key == matter.key]
    assert not again[0].stands
    assert "不再另行督办" in again[0].against[0]
