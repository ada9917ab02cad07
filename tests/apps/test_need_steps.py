"""A need from being raised to being met: a table of cases, and what no way around it can do."""

import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.exceptions import ValidationError

from spectown.accounts.permissions import Role
from spectown.audit.models import Event
from spectown.ledgers.lists.needs import NEEDS
from spectown.ledgers.models import Need
from spectown.ledgers.services.needs import open_steps, raise_need, refusals, take_step, waiting_for
from spectown.lib.refusal import Refused
from spectown.lists.importing import services as importing
from spectown.lists.models import ImportRun
from spectown.lists.services import records
from spectown.lists.services.bulk import bulk_change
from spectown.organisations.actors import Actor, NotAllowed
from spectown.organisations.enums import UnitKind
from tests import factories
from tests.apps.import_world import workbook

pytestmark = [pytest.mark.django_db, pytest.mark.data]
DAY = datetime.date
CASES = yaml.safe_load((Path(__file__).parent / "need_steps.yaml").read_text("utf-8"))


class World:
    """甲县 with its bureau and a town, the land bureau of the city, the office, strangers; a need at a state."""

    def __init__(self, state: str = "raised", raiser: str = "county") -> None:
        self.here = factories.TerritoryFactory.create(name="甲县")
        self.town = factories.TownFactory.create(territory=self.here)
        unit = factories.UnitFactory.create(name="甲县工信局", territory=self.here)
        self.land = factories.UnitFactory.create(name="市规划和自然资源局", kind=UnitKind.BUREAU)
        self.who = {
            "office": factories.actor(Role.OFFICE),
            "raiser": factories.actor(Role.COUNTY_FILL, unit=unit),
            "check": factories.actor(Role.COUNTY_CHECK, unit=unit),
            "assigned": factories.actor(Role.DEPARTMENT, unit=self.land),
            "department": factories.actor(Role.DEPARTMENT),
            "town": factories.actor(Role.TOWN, unit=self.town.operator or self._operator()),
        }
        self.need: Need = factories.NeedFactory.create(
            territory=self.here, town=self.town, raiser=unit if raiser == "county" else None, **self._at(state)
        )

    def _operator(self) -> Any:
        self.town.operator = factories.UnitFactory.create()
        self.town.save()
        return self.town.operator

    def _at(self, state: str) -> dict[str, Any]:
        facts: dict[str, Any] = {"state": state}
        if state != "raised":
            facts |= {"assigned": self.land, "assigned_on": DAY(2026, 3, 5), "due_on": DAY(2026, 4, 5)}
        if state in {"answered", "met", "unmet"}:
            facts |= {"answer": "已会商", "answered_on": DAY(2026, 3, 20)}
        return facts | ({"met_on": DAY(2026, 3, 25)} if state == "met" else {})

    def values(self, code: str) -> dict[str, Any]:
        found: dict[str, dict[str, Any]] = {
            "assign": {"assigned": self.land, "assigned_on": DAY(2026, 3, 6), "due_on": DAY(2026, 4, 6)},
            "answer": {"answer": "已安排 60 亩", "answered_on": DAY(2026, 3, 21)},
            "meet": {"met_on": DAY(2026, 3, 30)},
        }
        return found.get(code, {})

    def step(self, code: str, who: str, **changes: Any) -> Need:
        given = {"values": self.values(code), "version": self.need.version, "reason": "见来文", **changes}
        self.need = take_step(pk=self.need.pk, code=code, by=self.who[who], **given)
        return self.need


@pytest.mark.parametrize("case", [pytest.param(case, id=case["case"]) for case in CASES])
def test_who_makes_which_step(case: dict[str, str]) -> None:
    world = World(case["state"], case.get("raiser", "county"))
    if says := case.get("says"):
        with pytest.raises(Refused, match=says):
            world.step(case["step"], case["who"])
        assert case["step"] not in {move.code for move in open_steps(world.need, world.who[case["who"]])}
    else:
        assert case["step"] in {move.code for move in open_steps(world.need, world.who[case["who"]])}
        assert world.step(case["step"], case["who"]).state == case["to"]


def test_the_whole_way_waits_for_one_after_the_other() -> None:
    world = World()

    def turn() -> list[str]:
        return [who for who, actor in world.who.items() if waiting_for(actor).filter(pk=world.need.pk).exists()]

    assert turn() == ["office"]
    world.step("assign", "office")
    assert turn() == ["assigned"]
    world.step("answer", "assigned")
    assert turn() == ["raiser"]
    world.step("reopen", "raiser", reason="只安排了 20 亩")
    assert turn() == ["office"]
    again = world.step("assign", "office")
    assert (again.answer, again.answered_on) == ("", None)
    world.step("answer", "assigned")
    met = world.step("meet", "raiser")
    assert (met.state, met.met_on, turn()) == ("met", DAY(2026, 3, 30), [])
    told = Event.objects.filter(action="list.step").order_by("seq").values_list("reason", flat=True)
    assert list(told)[2] == "确认未满足:只安排了 20 亩"


def test_a_step_asks_for_its_own_columns_and_no_others() -> None:
    world = World()
    with pytest.raises(ValidationError) as told:
        world.step("assign", "office", values={"due_on": DAY(2026, 4, 6)})
    assert told.value.message_dict.keys() == {"assigned", "assigned_on"}
    with pytest.raises(Refused, match="不能填写别的栏"):
        world.step("assign", "office", values={**world.values("assign"), "answer": "代答"})
    with pytest.raises(ValidationError, match="市直单位"):
        world.step("assign", "office", values={**world.values("assign"), "assigned": world.need.raiser})
    with pytest.raises(ValidationError, match="不能晚于今天"):
        world.step("assign", "office", values={**world.values("assign"), "assigned_on": DAY(2099, 1, 1)})


def test_what_was_not_met_says_why() -> None:
    with pytest.raises(Refused, match="须写明理由"):
        World("answered").step("reopen", "raiser", reason=" ")


def test_stale_and_foreign_steps_are_refused() -> None:
    world = World()
    with pytest.raises(records.Stale):
        world.step("assign", "office", version=7)
    with pytest.raises(Refused, match="没有这项需求"):
        take_step(pk=world.need.pk, code="assign", values={}, version=1, by=factories.actor(Role.COUNTY_FILL))
    with pytest.raises(NotAllowed):
        records.step(
            ledger=NEEDS, pk=world.need.pk, values={"title": "x"}, version=1, by=world.who["office"], reason=""
        )


def test_an_enterprise_raises_its_own_need_and_confirms_it() -> None:
    world, unit = World(), factories.UnitFactory.create(kind=UnitKind.ENTERPRISE)
    firm = factories.EnterpriseFactory.create(territory=world.here, town=world.town, unit=unit)
    by = factories.actor(Role.ENTERPRISE, unit=unit)
    need = raise_need(values={"title": "二期用地", "kind": "land", "raised_on": DAY(2026, 3, 2)}, by=by)
    assert (need.enterprise, need.territory, need.town, need.raiser) == (firm, world.here, world.town, unit)
    assert (need.state, refusals(need, "meet", world.who["raiser"])) != ("met", [])
    with pytest.raises(NotAllowed):
        raise_need(values={"title": "别人的", "kind": "land", "state": "met"}, by=by)
    with pytest.raises(NotAllowed):
        raise_need(values={"title": "县里的", "kind": "land"}, by=world.who["raiser"])


def test_whoever_adds_a_row_raised_it() -> None:
    world = World()
    by = world.who["raiser"]
    values = {"title": "用能", "kind": "energy", "raised_on": DAY(2026, 3, 2), "territory": world.here}
    made = records.create(ledger=NEEDS, values=values, by=by)
    assert (made.raiser_id, made.state) == (by.unit_id, "raised")


def test_no_bulk_edit_makes_a_step() -> None:
    world = World()
    with pytest.raises(Refused, match="“状态”由系统带出"):
        bulk_change(ledger=NEEDS, pks=[world.need.pk], values={"state": "met"}, by=world.who["raiser"], reason="已办")


HEAD = ("编号", "需求", "要素", "属地", "提出日期", "状态", "承办单位", "答复", "满足日期", "版本")


def sent(by: Actor, *rows: list[Any], head: tuple[str, ...] = HEAD) -> ImportRun:
    run = importing.upload(ledger=NEEDS, data=workbook(rows, head), file_name="需求.xlsx", by=by)
    importing.start_check(run=run, by=by)
    run.refresh_from_db()
    return run


def test_an_import_skips_no_step() -> None:
    world = World("assigned")
    by = world.who["raiser"]
    number = NEEDS.number(world.need.pk)
    old = [
        number,
        world.need.title,
        "建设用地",
        "甲县",
        "2026-03-02",
        "已满足",
        "市规划和自然资源局",
        None,
        "2026-03-09",
        1,
    ]
    fresh = [None, "新需求", "融资", "甲县", "2026-03-02", "已满足", None, "已办", None, None]
    run = sent(by, old, fresh)
    assert run.state == "faulty"
    assert [(f["row"], f["heading"], f["value"]) for f in run.faults] == [
        (3, "状态", "已满足"),
        (3, "满足日期", "2026-03-09"),
        (4, "状态", "已满足"),
        (4, "答复", "已办"),
    ]
    assert "由网页上的办理步骤形成" in run.faults[0]["reason"]


def test_an_import_raises_needs_and_says_who() -> None:
    world = World()
    by = world.who["raiser"]
    run = sent(by, [None, "新需求", "融资", "甲县", "2026-03-02", "已提出", None, None, None, None])
    assert run.state == "ready", run.faults
    importing.apply(run=run, by=by)
    made = Need.objects.get(title="新需求")
    assert (made.state, made.raiser_id) == ("raised", by.unit_id)


def test_a_file_from_before_the_last_step_is_no_fault() -> None:
    world = World("assigned")
    world.step("answer", "assigned")
    number = NEEDS.number(world.need.pk)
    old = [number, world.need.title, "建设用地", "甲县", "2026-03-02", "已交办", "市规划和自然资源局", None, None, 1]
    assert sent(world.who["raiser"], old).faults == []


def test_what_was_assigned_changes_only_with_a_reason() -> None:
    world = World("assigned")
    given: dict[str, Any] = {"ledger": NEEDS, "pk": world.need.pk, "version": 1, "by": world.who["raiser"]}
    with pytest.raises(ValidationError, match="需求已交办"):
        records.change(values={"title": "改成 600 亩"}, **given)
    assert str(records.change(values={"title": "改成 600 亩"}, reason="规划调整", **given)) == "改成 600 亩"


def test_what_nobody_was_given_yet_changes_freely() -> None:
    world = World()
    values = {"title": "改早了"}
    assert records.change(ledger=NEEDS, pk=world.need.pk, version=1, by=world.who["raiser"], values=values).version == 2
