"""Schemes edited by the office: copied, changed, approved by somebody else, in force; never under a frozen year."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from spectown.accounts.permissions import Role
from spectown.audit.models import Event
from spectown.core.evaluation import drafting
from spectown.evaluation import schemes
from spectown.evaluation.models import Evaluation, Scheme
from spectown.evaluation.services import beginning, scheming
from spectown.evaluation.telling import scheme_told
from spectown.lib.refusal import Refused
from spectown.monitoring.models import Definition
from spectown.outbox.models import Message
from spectown.plans.models import PlanVersion
from tests import factories
from tests.apps.evaluation.world import YEAR, World

pytestmark = [pytest.mark.django_db, pytest.mark.data]
WEIGHTS = {"产业规模": 30, "市场主体": 5, "就业富民": 15, "创新能力": 12, "质量品牌": 10, "市场拓展": 8, "项目招商": 10,
           "要素和服务": 10}  # fmt: skip


def start(world: World, year: int = YEAR + 1) -> Scheme:
    source = schemes.in_force(year)
    assert source is not None
    return scheming.start(year=year, source=source, origin="2025 年度方案", reason="会议议定", by=world.office)


def edit(world: World, draft: Scheme, change: Any, edition: int | None = None) -> Scheme:
    at = draft.edition if edition is None else edition
    return scheming.edit(scheme=draft, edition=at, change=change, label="试", by=world.office)


def weighted(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    return drafting.weighted(entry, drafting.TOTAL, WEIGHTS, "会议议定")


def approved(world: World, year: int = YEAR + 1, basis: str = "会议议定") -> Scheme:
    draft = edit(world, start(world, year), lambda e: drafting.weighted(e, drafting.TOTAL, WEIGHTS, basis))
    scheming.move(scheme=draft, code="send", by=world.office, reason="会议议定")
    return scheming.move(scheme=draft, code="approve", by=world.leader, reason="同意")


def test_a_draft_is_changed_sent_and_approved_by_somebody_else() -> None:
    world = World(towns=3)
    draft = start(world)
    with pytest.raises(Refused, match="已有一稿"):
        start(world)
    with pytest.raises(Refused, match="没有改动"):
        edit(world, draft, lambda entry: entry)
    with pytest.raises(Refused, match="最多 4 级"):
        edit(world, draft, _too_deep)
    assert "与抄来的方案没有不同" in "".join(scheming.refusals(scheme=draft, code="send", by=world.office, reason="试"))
    draft = edit(world, draft, weighted)
    with pytest.raises(Refused, match="刚被他人改动"):
        edit(world, draft, lambda entry: drafting.removed(entry, "fairs"), edition=0)
    draft = edit(world, draft, lambda entry: drafting.removed(entry, "fairs"))
    assert "“市场拓展”下各项权重合计不是 100,还差 30" in "".join(schemes.lacks(draft.content))
    with pytest.raises(Refused, match="还差 30"):
        scheming.move(scheme=draft, code="send", by=world.office, reason="会议议定")
    draft = edit(world, draft, lambda e: drafting.weighted(e, "市场拓展", {"online_sales": 60, "national_share": 40}))
    scheming.move(scheme=draft, code="send", by=world.office, reason="会议议定")
    with pytest.raises(Refused, match="当前角色不能审定"):
        scheming.move(scheme=draft, code="approve", by=world.second, reason="同意")
    assert schemes.in_force(YEAR + 1) != draft.content
    made = scheming.move(scheme=draft, code="approve", by=world.leader, reason="同意")
    assert schemes.in_force(YEAR + 1) == draft.content == schemes.in_force(YEAR + 5)
    assert schemes.in_force(YEAR) == world.plan.evaluation[0]
    told = scheme_told(list(Message.objects.filter(kind="evaluation.scheme")))
    assert len(told) >= 1
    assert {step.code for step in made.steps.all()} == {"start", "edit", "send", "approve"}
    assert Event.objects.filter(action__startswith="scheme.").count() == 6
    with pytest.raises(IntegrityError), transaction.atomic():
        Scheme.objects.filter(pk=made.pk).update(content={})
    with pytest.raises(Refused, match="已审定,不能改动"):
        edit(world, Scheme.objects.get(pk=made.pk), weighted)


def _too_deep(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    deep = entry
    for parent, code in (("产业规模", "一"), ("一", "二"), ("二", "三"), ("三", "四")):
        deep = drafting.added(deep, parent, {"code": code, "weight": 1, "children": []})
    return deep


def test_a_scheme_that_a_frozen_evaluation_used_never_changes() -> None:
    world = World(towns=3)
    world.begin()
    approved(world, YEAR)
    assert beginning.newer_scheme(world.evaluation) is not None, "not frozen yet: the new one can be taken"
    beginning.adopt(evaluation=world.evaluation, by=world.office)
    assert world.evaluation.scheme == schemes.in_force(YEAR)
    used, waiting = world.evaluation.scheme, edit(world, start(world, YEAR), lambda e: drafting.removed(e, "fairs"))
    fixed = {"online_sales": 60, "national_share": 40}
    waiting = edit(world, waiting, lambda entry: drafting.weighted(entry, "市场拓展", fixed))
    scheming.move(scheme=waiting, code="send", by=world.office, reason="会议议定")
    world.go("freeze")
    with pytest.raises(Refused, match="2025年度市级专业镇评估已冻结数据"):
        scheming.move(scheme=waiting, code="approve", by=world.leader, reason="同意")
    with pytest.raises(Refused, match="已冻结"):
        beginning.adopt(evaluation=world.evaluation, by=world.office)
    scheming.move(scheme=waiting, code="return", by=world.leader, reason="已冻结")
    scheming.move(scheme=waiting, code="drop", by=world.office, reason="已冻结")
    with pytest.raises(Refused, match="请从 2026 年度或以后起用"):
        start(world, YEAR)
    world.go("compute", "open_replies")
    with pytest.raises(IntegrityError), transaction.atomic():
        Evaluation.objects.filter(year=YEAR).update(scheme={})
    later = approved(world, basis="另一次会议")
    with pytest.raises(IntegrityError), transaction.atomic():
        Definition.objects.filter(since=YEAR + 1).update(data={})
    assert (world.evaluation.scheme, schemes.in_force(YEAR + 1)) == (used, later.content)
    assert Evaluation.objects.get().rules.scheme.root.children[0].weight == WEIGHTS["产业规模"]


def test_a_plan_loaded_anew_is_told_beside_what_was_approved() -> None:
    world = World(towns=1)
    made = approved(world)
    assert schemes.conflicts() == []
    plan = PlanVersion.objects.get(is_current=True)
    plan.evaluation[0]["scheme"]["coverage"] = 0.5
    plan.save()
    assert [row.since for row in schemes.conflicts()] == [YEAR + 1]
    assert schemes.in_force(YEAR + 1) == made.content, "what was approved holds"
    with pytest.raises(Refused, match="写明理由"):
        scheming.keep_own(year=YEAR + 1, by=world.office, reason=" ")
    scheming.keep_own(year=YEAR + 1, by=world.office, reason="会议议定在先")
    assert (schemes.conflicts(), schemes.in_force(YEAR + 1)) == ([], made.content)
    with pytest.raises(Refused, match="没有冲突"):
        scheming.keep_own(year=YEAR + 1, by=world.office, reason="会议议定在先")


def test_readers_see_what_was_approved() -> None:
    world = World(towns=1)
    start(world, YEAR + 2)
    made = approved(world)
    county = factories.actor(Role.COUNTY_FILL, unit=factories.UnitFactory.create())
    assert list(Scheme.objects.visible_to(county)) == [made]
    assert Scheme.objects.visible_to(world.leader).count() == 2
    assert not Scheme.objects.visible_to(factories.actor(Role.SYSTEM_ADMIN)).exists()
