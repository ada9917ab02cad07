"""Pages of look-alikes: which wait, the search, two side by side, merging, telling apart."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from spectown.accounts.permissions import Role
from spectown.enterprises.enums import PairState
from spectown.enterprises.lists import ENTERPRISES
from spectown.enterprises.models import DuplicatePair, Enterprise
from spectown.jobs.models import Job
from spectown.jobs.worker import run_waiting
from spectown.plans.folder import mapping
from spectown.web.enterprises.views import duplicates
from tests import factories
from tests.criteria import FOLDER

pytestmark = pytest.mark.django_db
RULES = [{**rule, "from": str(rule["from"])} for rule in mapping(FOLDER, "market.yaml")["rules"]]
LIST, SEARCH = "/enterprises/duplicates/", "/enterprises/duplicates/search/"
CODE = "91110000600037341L"


@pytest.fixture(autouse=True)
def plan() -> None:
    factories.PlanVersionFactory.create(is_current=True, market={"rules": RULES})


@pytest.fixture
def office() -> Client:
    return factories.client_for(Role.OFFICE)


def pair(second: dict[str, Any] | None = None, **first: Any) -> DuplicatePair:
    one = factories.EnterpriseFactory.create(**{"name": "沁州黄小米(集团)有限公司", **first})
    two = factories.EnterpriseFactory.create(
        **{"name": "沁州黄小米有限公司", "territory": one.territory, **(second or {})}
    )
    made: DuplicatePair = factories.DuplicatePairFactory.create(first=one, second=two)
    return made


def answer(made: DuplicatePair, **changes: str) -> dict[str, str]:
    """The form as the page proposes it, all of the first."""
    versions = {"version_first": str(made.first.version), "version_second": str(made.second.version)}
    return {"keep": "first", "take_name": "first", "reason": "营业执照为同一户", **versions, **changes}


def url(name: str, made: DuplicatePair) -> str:
    return reverse(f"enterprises:{name}", args=[made.pk])


def test_open_pairs_first_by_state_and_county(office: Client) -> None:
    here, there = pair(), pair({"name": "乙"}, name="甲")
    told = factories.DuplicatePairFactory.create(
        state=PairState.DISTINCT, decided_at=timezone.now(), decided_by=factories.UserFactory.create()
    )
    page = office.get(LIST)
    assert {shown for shown, _, _ in page.context["items"]} == {here, there}
    assert [(tab["label"], tab["count"]) for tab in page.context["tabs"]] == [
        ("待判断", 2),
        ("不是重复", 1),
        ("已合并", 0),
    ]
    county = here.first.territory.code
    assert [shown for shown, _, _ in office.get(LIST, {"county": county}).context["items"]] == [here]
    assert [shown for shown, _, _ in office.get(LIST, {"state": "distinct"}).context["items"]] == [told]
    text = office.get(LIST).content.decode()
    assert "名称相近" in text
    assert url("pair", here) in text


@pytest.mark.parametrize("query", [{"state": "nothing"}, {"county": "nothing"}])
def test_unknown_conditions_show_nothing_and_say_so(query: dict[str, str], office: Client) -> None:
    pair()
    page = office.get(LIST, query)
    assert page.context["items"] == []
    assert "筛选条件有误" in page.content.decode()


def test_pairs_with_a_deleted_row_wait_for_nobody(office: Client) -> None:
    made = pair({"deleted_at": timezone.now(), "deleted_by": factories.UserFactory.create(), "delete_reason": "重复"})
    assert office.get(LIST).context["items"] == []
    assert "其中一行已被删除" in office.get(url("pair", made)).content.decode()
    assert office.post(url("merge", made), answer(made)).status_code == 302
    assert Enterprise.objects.filter(merged_into__isnull=False).count() == 0


def test_queries_of_the_list_do_not_grow(office: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert office.get(LIST).status_code == 200
        return len(seen)

    pair(town=factories.TownFactory.create())
    queries()
    few = queries()
    for _ in range(8):
        pair(town=factories.TownFactory.create())
    assert queries() == few


def test_few_are_searched_at_once(office: Client) -> None:
    county = factories.TerritoryFactory.create()
    for name in ("黄小米有限公司", "黄小米集团有限公司"):
        factories.EnterpriseFactory.create(name=name, territory=county)
    page = office.post(SEARCH, follow=True)
    assert "现有 1 对待判断" in page.content.decode()
    assert page.redirect_chain == [(LIST, 302)]


def test_many_are_searched_in_the_background(office: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duplicates, "FEW", 1)
    pair()
    DuplicatePair.objects.all().delete()
    response = office.post(SEARCH)
    job = Job.objects.get()
    assert response["Location"] == reverse("jobs:job", args=[job.pk])
    assert "正在查找" in office.get(LIST).content.decode()
    assert "正在查找" in office.post(SEARCH, follow=True).content.decode()
    assert Job.objects.count() == 1
    run_waiting()
    assert DuplicatePair.objects.count() == 1
    assert "上次查找" in office.get(LIST).content.decode()


def test_a_plan_without_settings_is_named(office: Client) -> None:
    factories.PlanVersionFactory._meta.model.objects.update(market={})
    assert "market.yaml" in office.post(SEARCH, follow=True).content.decode()


def test_two_side_by_side(office: Client) -> None:
    made = pair({"products": "小米"}, kind="company", code=CODE)
    factories.EnterpriseYearFactory.create(enterprise=made.second, year=2024)
    page = office.get(url("pair", made))
    shown = {each.column.name: each for each in page.context["compared"]}
    assert (shown["name"].differs, shown["name"].chosen) == (True, "first")
    assert (shown["territory"].differs, shown["territory"].name) == (False, "")
    assert shown["products"].chosen == "second"  # the kept one says nothing
    assert [(each.label, each.first, each.second) for each in page.context["hanging"]] == [("企业年度数据", 0, 1)]
    text = page.content.decode()
    assert text.count('class="pair-differs"') == 4  # code, name, kind, products
    assert ENTERPRISES.number(made.first.pk) in text


def test_merging_keeps_both_histories_and_the_old_address_leads_on(office: Client) -> None:
    made = pair({"products": "小米"})
    factories.EnterpriseYearFactory.create(enterprise=made.second, year=2024)
    response = office.post(url("merge", made), answer(made, take_products="second", take_name="second"))
    kept, dropped = made.first, made.second
    page = office.get(response["Location"])
    kept.refresh_from_db()
    assert (kept.name, kept.products) == ("沁州黄小米有限公司", "小米")
    text = page.content.decode()
    assert "各清单共转移 1 行" in text
    assert "已并入本户的" in text
    assert "营业执照为同一户" in text
    assert ENTERPRISES.number(dropped.pk) in text
    old = office.get(reverse("lists:row", kwargs={"ledger": "enterprises", "pk": dropped.pk}))
    assert old["Location"] == response["Location"]
    after = office.get(url("pair", made))
    assert response["Location"] in after.content.decode()
    assert "合并为一户" not in after.content.decode()
    assert office.post(url("merge", made), answer(made)).status_code == 302  # decided already
    assert DuplicatePair.objects.get().state == PairState.MERGED


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"reason": " "}, "合并理由"),
        ({"keep": ""}, "请选择保留哪一个"),
        ({"keep": "third"}, "请选择保留哪一个"),
        ({"take_name": ""}, "两户不同,请选择保留哪一个"),
        ({"version_second": "7"}, "被修改过"),
        ({"version_second": "一"}, "被修改过"),
        ({"reason": "多" * 401}, "合并理由"),
    ],
)
def test_what_is_not_decided_is_not_merged(changes: dict[str, str], said: str, office: Client) -> None:
    made = pair()
    page = office.post(url("merge", made), answer(made, **changes))
    assert page.status_code == 422
    assert said in page.content.decode()
    assert DuplicatePair.objects.get().state == PairState.OPEN


def test_after_a_change_elsewhere_the_page_shows_what_is_now(office: Client) -> None:
    made = pair()
    sent = answer(made)
    Enterprise.objects.filter(pk=made.second.pk).update(version=5, products="陈醋")
    page = office.post(url("merge", made), sent)
    assert page.status_code == 422
    text = page.content.decode()
    assert "陈醋" in text
    assert 'name="version_second" value="5"' in text


def test_a_result_that_breaks_a_rule_is_refused_at_its_column(office: Client) -> None:
    made = pair({"kind": "family_farm"}, kind="company", code=CODE)
    page = office.post(url("merge", made), answer(made, take_code="second", take_kind="first"))
    assert page.status_code == 422
    assert "请填“统一社会信用代码”" in page.content.decode()
    assert Enterprise.objects.filter(merged_into__isnull=False).count() == 0


def test_told_apart(office: Client) -> None:
    made = pair()
    assert "请填写理由" in office.post(url("distinct", made), follow=True).content.decode()
    office.post(url("distinct", made), {"reason": "地址不同"})
    assert DuplicatePair.objects.get().state == PairState.DISTINCT
    text = office.get(url("pair", made)).content.decode()
    assert "已判断为不是重复" in text
    assert "地址不同" in text
    assert "地址不同" in office.get(LIST, {"state": "distinct"}).content.decode()
