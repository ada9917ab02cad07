"""The office changes the catalogue, forms and rules; opened periods stay; the plan loaded anew loses nothing."""

import datetime

import pytest

from spectown.accounts.permissions import Role
from spectown.audit.models import Event
from spectown.core.periods import of_code
from spectown.lib.refusal import Refused
from spectown.monitoring.catalogue import in_force, plan_data
from spectown.monitoring.drafts import preview, standing
from spectown.monitoring.enums import DefinitionKind
from spectown.monitoring.models import Cell, Definition, FormPeriod, Indicator
from spectown.monitoring.opening import open_sheets
from spectown.monitoring.services import defining
from spectown.monitoring.services.agreeing import conflicts, keep_own
from spectown.monitoring.validating import form_of
from spectown.organisations.actors import NotAllowed
from spectown.plans.models import PlanVersion
from tests import factories
from tests.apps.monitoring.world import World
from tests.monitoring_factories import monitored_plan

pytestmark = pytest.mark.django_db
INDICATOR, FORM, CHECK = DefinitionKind.INDICATOR, DefinitionKind.FORM, DefinitionKind.CHECK
OCTOBER, NOVEMBER = of_code("2026-10"), of_code("2026-11")
SINCE = of_code("2023-01").ordinal
NEW = {
    "code": "robots",
    "name": "工业机器人",
    "group": "创新",
    "clause": "三(三)",
    "source": "gongxin",
    "every": "month",
    "since": "2026-11",
    "kind": "stock",
    "unit": "台",
    "definition": "期末在用的工业机器人台数",
}
SHARE = {**NEW, "obtained": "computed", "formula": "exports / sales", "unit": "%", "kind": "ratio"}


def test_a_changed_definition_is_a_version_and_breaks_the_series() -> None:
    world = World()
    said = {"definition": "镇内规模以上工业企业本月总产值,不含规下", "since": "2026-10"}
    with pytest.raises(Refused, match="2026年10月已经开期"):
        defining.next_version(INDICATOR, "output", said)
    draft = defining.next_version(INDICATOR, "output", {**said, "since": "2026-11"})
    shown = preview(draft)
    assert shown.since == NOVEMBER
    assert "产值本年累计" in shown.uses.formulas
    assert "专业镇运行月报" in shown.uses.forms
    with pytest.raises(Refused, match="理由"):
        defining.save(draft=draft, by=world.office, reason=" ")
    with pytest.raises(NotAllowed):
        defining.save(draft=draft, by=world.fill, reason="统计制度调整")
    defining.save(draft=draft, by=world.office, reason="统计制度调整")
    catalogue = plan_data().catalogue
    assert [catalogue.on("output", each).definition[:6] for each in (OCTOBER, NOVEMBER)] == [
        "镇内从事主导",
        "镇内规模以上",
    ]
    assert "口径自2026年11月起有变" in catalogue.broken("output", OCTOBER, NOVEMBER)
    event = Event.objects.get(action="definition.change")
    assert (event.reason, "口径" in event.before, "口径" in event.after) == ("统计制度调整", True, True)
    with pytest.raises(Refused, match="刚被他人改动"):
        defining.save(draft=draft, by=world.office, reason="又一次")
    defining.save(draft=defining.restored(INDICATOR, "output", NOVEMBER.ordinal), by=world.office, reason="缓行")
    assert len(plan_data().catalogue.versions["output"]) == 1
    assert Definition.objects.count() == 2, "nothing is ever deleted"


def test_a_correction_keeps_the_version_and_the_plan_can_be_taken_back() -> None:
    world = World()
    draft = defining.corrected("output", SINCE, {"name": "主导产业总产值", "definition": "不许在这里改口径"})
    defining.save(draft=draft, by=world.office, reason="名称统一")
    (version,) = plan_data().catalogue.versions["output"]
    assert (version.name, version.definition[:4]) == ("主导产业总产值", "镇内从事")
    assert Indicator.objects.get(code="output").name == "主导产业总产值"
    with pytest.raises(Refused, match="没有改动"):
        defining.corrected("output", SINCE, {"name": "主导产业总产值"})
    defining.save(draft=defining.restored(INDICATOR, "output", SINCE), by=world.office, reason="恢复")
    assert plan_data().catalogue.versions["output"][0].name == "主导产业产值"
    with pytest.raises(Refused, match="与方案一致"):
        defining.restored(INDICATOR, "output", SINCE)


def test_what_does_not_hang_together_is_refused_in_words() -> None:
    world = World()
    for values, said in (
        ({"code": "output"}, "已经有了"),
        ({"source": "nobody"}, "没有单位 nobody"),
        ({"obtained": "computed", "formula": "output + jobs", "unit": "万元", "kind": "ratio"}, "主导产业产值"),
        ({"unit": "石"}, "计量单位"),
    ):
        with pytest.raises(Refused, match=said):
            preview(defining.added({**NEW, **values}))
    shares = ("export_share", "tax_share")
    first, second = (
        defining.next_version(INDICATOR, one, {"formula": f"{other} + 0", "since": "2026-11"})
        for one, other in (shares, shares[::-1])
    )
    defining.save(draft=first, by=world.office, reason="试")
    with pytest.raises(Refused, match=r"公式循环引用:.*→.*→"):
        preview(second)


@pytest.mark.data
def test_an_added_figure_is_asked_from_the_next_period_on_and_the_burden_is_told() -> None:
    world = World()
    defining.save(draft=defining.added(NEW), by=world.office, reason="省里要求")
    groups = [*standing(FORM, "monthly")["groups"], {"name": "新增", "indicators": ["robots"]}]
    draft = defining.next_version(FORM, "monthly", {"groups": groups, "since": "2026-11"})
    (load,) = preview(draft).loads
    assert (load.form, load.more) == ("专业镇运行月报", 12 * 2)
    defining.save(draft=draft, by=world.office, reason="省里要求")
    assert "robots" not in form_of(world.sheet()).codes, "October was opened without it"
    quarterly = [{"name": "组", "indicators": ["rd_spend", "robots"]}]
    with pytest.raises(Refused, match="按月,不能放在按季的报表里"):
        preview(defining.next_version(FORM, "quarterly", {"groups": quarterly, "since": "2026-Q4"}))
    defining.save(draft=defining.ended(INDICATOR, "robots", "2026-12"), by=world.office, reason="停报")
    assert plan_data().catalogue.on("robots", of_code("2027-01")) is None


def test_a_rule_is_changed_or_put_off() -> None:
    world = World()
    defining.save(draft=defining.rule_changed("wage_plausible", {"low": 2000}), by=world.office, reason="下调")
    defining.save(draft=defining.rule_changed("shares", {"off": True}), by=world.office, reason="暂不用")
    rules = {rule.code: rule for rule in plan_data().rules}
    assert (int(rules["wage_plausible"].low), rules["shares"].covers(of_code("2026"))) == (2000, False)
    with pytest.raises(Refused, match="下限 大于 上限"):
        preview(defining.rule_changed("wage_plausible", {"low": 99999999}))


@pytest.mark.data
def test_a_plan_loaded_anew_keeps_what_is_ours_and_shows_the_conflict() -> None:
    world = World()
    defining.save(draft=defining.corrected("output", SINCE, {"name": "主导产业总产值"}), by=world.office, reason="统一")
    defining.save(draft=defining.added(SHARE), by=world.office, reason="要看")
    assert conflicts() == []
    _loaded_anew(said={"output": "镇内主导产业本月总产值,另一个口径"})
    assert plan_data().catalogue.versions["output"][0].name == "主导产业总产值"
    assert [each.code for each in conflicts()] == ["output"]
    keep_own(kind=INDICATOR, code="output", by=world.office, reason="本市口径不变")
    assert conflicts() == []
    _loaded_anew(gone=("exports", "export_share"))
    ((left, fault),) = in_force().left_out
    assert (left.code, "没有指标 exports" in fault) == ("robots", True)
    assert plan_data().catalogue.versions["output"][0].name == "主导产业总产值"
    defining.save(draft=defining.restored(INDICATOR, "robots", NOVEMBER.ordinal), by=world.office, reason="不再要")
    assert in_force().left_out == ()


def _loaded_anew(said: dict[str, str] | None = None, gone: tuple[str, ...] = ()) -> None:
    """Another version of the plan: other definitions, indicators that are gone from all files."""
    old = PlanVersion.objects.get(is_current=True)
    monitoring = old.monitoring
    monitoring["indicators"] = [each for each in monitoring["indicators"] if each["code"] not in gone]
    for each in monitoring["indicators"]:
        each["definition"] = (said or {}).get(each["code"], each["definition"])
    for group in [group for form in monitoring["forms"] for group in form["groups"]]:
        group["indicators"] = [code for code in group["indicators"] if code not in gone]
    monitoring["checks"] = [rule for rule in monitoring["checks"] if not any(code in str(rule) for code in gone)]
    PlanVersion.objects.filter(pk=old.pk).update(is_current=False)
    factories.PlanVersionFactory.create(is_current=True, monitoring=monitoring)


def test_january_and_february_are_opened_as_one() -> None:
    version = monitored_plan()
    version.monitoring["forms"][0]["together"] = 2
    version.save()
    town = factories.TownFactory.create()
    factories.TrainingFactory.create(town=town, starts_on=datetime.date(2026, 1, 9), persons=30)
    factories.TrainingFactory.create(town=town, starts_on=datetime.date(2026, 2, 9), persons=12)
    monthly = FormPeriod.objects.filter(form="monthly")
    open_sheets(datetime.date(2026, 2, 3))
    assert not monthly.exists(), "January has no sheet of its own"
    open_sheets(datetime.date(2026, 3, 3))
    opened = monthly.get()
    assert (str(opened), opened.ordinal) == ("2026年1—2月专业镇运行月报", 20260201)
    assert Cell.objects.get(town=town, indicator__code="trained").reported.shown == "42"


@pytest.mark.data
def test_a_change_that_commits_late_is_seen_by_every_process() -> None:
    """Another process may have read with a later number while this one was not committed yet."""
    world = World()
    entry = standing(CHECK, "shares")
    said = {"kind": "check", "reason": "试", "made_by_id": world.office.person}
    Definition.objects.create(pk=100, code="wage_plausible", data=standing(CHECK, "wage_plausible"), **said)
    assert not next(rule for rule in plan_data().rules if rule.code == "shares").off
    Definition.objects.create(pk=50, code="shares", data={**entry, "off": True}, **said)
    assert next(rule for rule in plan_data().rules if rule.code == "shares").off


def test_an_actor_without_a_role_changes_nothing() -> None:
    world = World()
    draft = defining.corrected("output", SINCE, {"name": "产值"})
    with pytest.raises(NotAllowed):
        defining.save(draft=draft, by=factories.actor(Role.LEADER), reason="想改")
    assert not Definition.objects.exists(), world.county
