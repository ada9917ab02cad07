"""Pages on which the office changes what is collected: looked at first, then saved; others read."""

import pytest
from django.test import Client
from django.urls import reverse

from spectown.accounts.permissions import Role
from spectown.monitoring.catalogue import plan_data
from spectown.monitoring.models import Definition
from spectown.plans.models import PlanVersion
from tests import factories
from tests.apps.monitoring.world import OPENS, World, on
from tests.plan_factories import ClauseFactory

pytestmark = pytest.mark.django_db
SINCE = 20240101


@pytest.fixture
def world() -> World:
    made = World()
    for ref in ("二(四)", "四(五)"):
        ClauseFactory.create(version=PlanVersion.objects.get(is_current=True), ref=ref, level=2)
    return made


def posted(office: Client, name: str, args: list[object], /, **data: object) -> tuple[int, str]:
    answer = office.post(reverse(f"monitoring:{name}", args=args), data)
    return answer.status_code, answer.content.decode()


def test_a_definition_is_looked_at_and_then_changed(world: World) -> None:
    office = factories.client_for(Role.OFFICE)
    data = {"definition": "镇内规上企业本月总产值", "since": "2026-11", "kind": "flow", "unit": "万元", "decimals": "2"}
    data |= {"obtained": "filled", "missing": "any", "reason": "统计制度调整"}
    with on(OPENS):
        asked = office.get(reverse("monitoring:indicator_version", args=["output"])).content.decode()
        assert '<option value="2026-11">' in asked
        assert "2026-10" not in asked, "October is open already"
        status, text = posted(office, "indicator_version", ["output"], **data)
        assert (status, Definition.objects.count()) == (200, 0), "only looked at"
        for words in ("镇内规上企业本月总产值", "产值本年累计", "专业镇运行月报", "确认保存"):
            assert words in text
        assert posted(office, "indicator_version", ["output"], **data, confirm="1")[0] == 302
        text = office.get(reverse("monitoring:indicator", args=["output"])).content.decode()
        for words in ("本市修改", "统计制度调整", "2026年11月起", "断点", "恢复方案口径"):
            assert words in text
        reader = factories.client_for(Role.DEPARTMENT, unit=factories.UnitFactory.create())
        assert "改口径" not in reader.get(reverse("monitoring:indicator", args=["output"])).content.decode()
        wrong = posted(office, "indicator_version", ["sales"], **{**data, "unit": "石"})
        assert wrong[0] == 422
        assert "确认保存" not in wrong[1]
        assert posted(office, "define_restore", ["indicator", "output", 20261101], reason="缓行", confirm="1")[0] == 302
        assert len(plan_data().catalogue.versions["output"]) == 1


def test_a_form_gets_a_field_and_the_burden_is_shown(world: World) -> None:
    office = factories.client_for(Role.OFFICE)
    url = reverse("monitoring:form_edit", args=["quarterly"])
    with on(OPENS):
        form = office.get(url).context["form"]
        data = {each.html_name: each.value() for each in form if each.value() not in (None, "")}
        data |= {"since": "2026-Q4", "reason": "减负", "g-loans": ""}
        text = office.post(url, data).content.decode()
        assert "每年少填 8 格" in text, "one field of two towns, four times a year"
        rows = {row["label"]: (row["before"], row["after"]) for row in office.post(url, data).context["rows"]}
        assert rows["组:要素"] == ("贷款余额", ""), "only what goes"
        assert rows["起始期"] == ("2026年第1季度", "2026年第4季度")
        assert office.post(url, {**data, "confirm": "1"}).status_code == 302
        assert "loans" not in next(form for form in plan_data().forms[::-1] if form.code == "quarterly").codes
        assert "本市修改" in office.get(reverse("monitoring:form", args=["quarterly"])).content.decode()


def test_a_form_and_rules_are_added_and_hold(world: World) -> None:
    office = factories.client_for(Role.OFFICE)
    with on(OPENS):
        new = {
            "code": "heads",
            "name": "镇长人数",
            "definition": "年末在册人数,不含借调",
            "group": "就业",
            "clause": "四(五)",
        }
        new |= {"source": "tongji", "kind": "stock", "every": "half", "unit": "人", "decimals": "0", "since": "2026-H2"}
        new |= {"obtained": "filled", "missing": "any", "direction": "none", "reason": "会议议定", "confirm": "1"}
        assert posted(office, "indicator_new", [], **new)[0] == 302
        assert "新增报表" in office.get(reverse("monitoring:catalogue")).content.decode()
        form = office.get(reverse("monitoring:form_new", args=["half"])).context["form"]
        assert {"heads", "output_ytd"} <= {row.item.code for row in form.others}
        assert "output" not in {row.item.code for row in form.others}, "another form asks it"
        data = {each.html_name: each.value() for each in form if each.value() not in (None, "")}
        data |= {"code": "halves", "name": "半年报", "clause": "四(五)", "since": "2026-H2", "reason": "会议议定"}
        assert data["silence"] == 8, "a suggested number of days, not: for ever"
        data["filled_by"] = "county"
        assert "请给要加入的指标填组名" in posted(office, "form_new", ["half"], **data)[1]
        data["g-heads"] = "就业"
        status, text = posted(office, "form_new", ["half"], **data)
        assert (status, "半年报填报量" in text) == (200, True)
        assert posted(office, "form_new", ["half"], **{**data, "code": "new"})[0] == 422
        assert posted(office, "form_new", ["half"], **data, confirm="1")[0] == 302
        assert "镇长人数" in office.get(reverse("monitoring:form", args=["halves"])).content.decode()
        said = {"code": "heads_low", "says": "人数偏少", "severity": "warning", "reason": "会议议定"}
        assert posted(office, "rule_new", ["range"], **said, indicators="heads")[0] == 422, "neither low nor high"
        assert "人数偏少" in posted(office, "rule_new", ["range"], **said, indicators="heads", low="3")[1]
        assert posted(office, "rule_new", ["range"], **said, indicators="heads", low="3", confirm="1")[0] == 302
        balance = {**said, "code": "tax_high", "left": "tax", "operator": "<=", "right": "output", "confirm": "1"}
        balance |= {"unit": "亿元", "tolerance": "1", "months": ["6", "12"]}
        assert posted(office, "rule_new", ["balance"], **balance)[0] == 302
        assert posted(office, "rule_new", ["balance"], **balance)[0] == 422, "the code is taken"
    assert {"heads_low", "tax_high"} <= {rule.code for rule in plan_data().rules}
    assert next((rule.unit, rule.months) for rule in plan_data().rules if rule.code == "tax_high") == ("亿元", (6, 12))
    for kind in ("change", "magnitude", "falls", "source", "outlier"):
        assert office.get(reverse("monitoring:rule_new", args=[kind])).status_code == 200


def test_a_rule_an_end_and_a_conflict(world: World) -> None:
    office = factories.client_for(Role.OFFICE)
    with on(OPENS):
        rule = {"says": "人均季工资超出常见范围", "severity": "error", "low": "2000", "high": "60000", "reason": "核定"}
        assert "错误" in posted(office, "rule", ["wage_plausible"], **rule)[1]
        assert posted(office, "rule", ["wage_plausible"], **rule, confirm="1")[0] == 302
        assert "本市修改" in office.get(reverse("monitoring:rules")).content.decode()
        ends = {"until": "2026-12", "reason": "停报", "confirm": "1"}
        assert posted(office, "define_end", ["indicator", "output"], **ends)[0] == 302
        version = PlanVersion.objects.get(is_current=True)
        version.monitoring["indicators"][0]["definition"] = "方案另有说法,口径不同"
        old = version.pk
        version.pk, version.digest, version.number = None, "1" * 64, version.number + 1
        PlanVersion.objects.filter(pk=old).update(is_current=False)
        version.save()
        text = office.get(reverse("monitoring:catalogue")).content.decode()
        assert "与本市修改不一致" in text
        assert "方案另有说法" in text
        assert posted(office, "define_keep", ["indicator", "output"], reason="本市停报")[0] == 302
        assert "与本市修改不一致" not in office.get(reverse("monitoring:catalogue")).content.decode()


def test_reading_what_was_changed_costs_the_same(
    world: World, django_assert_max_num_queries: "pytest.FixtureRequest"
) -> None:
    office = factories.client_for(Role.OFFICE)
    user = factories.UserFactory.create()
    for rule in plan_data().rules[:10]:
        data = next(each for each in _rules() if each["code"] == rule.code)
        Definition.objects.create(kind="check", code=rule.code, data={**data, "off": True}, reason="试", made_by=user)
    with on(OPENS):
        office.get(reverse("monitoring:rules"))
        with django_assert_max_num_queries(12):  # type: ignore[operator]  # the fixture is a function
            office.get(reverse("monitoring:rules"))


def _rules() -> list[dict[str, object]]:
    found: list[dict[str, object]] = PlanVersion.objects.get(is_current=True).monitoring["checks"]
    return found
