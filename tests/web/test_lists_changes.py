"""New rows, changes, clashes, deletion, one value for many rows, saved views."""

import datetime
import re
from typing import Any

import pytest
from django.test import Client

from spectown.accounts.permissions import Role
from spectown.audit.models import Event
from spectown.audit.services import SYSTEM
from spectown.audit.verification import verify
from spectown.enterprises.models import Enterprise
from spectown.lists.models import SavedView
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "/lists/enterprises/"


@pytest.fixture
def county() -> Any:
    return factories.TerritoryFactory.create()


@pytest.fixture
def client(county: Any) -> Client:
    return factories.client_for(Role.COUNTY_FILL, unit=factories.UnitFactory.create(territory=county))


def given(county: Any, **changes: Any) -> dict[str, Any]:
    values = {"name": "甲农场", "territory": county.pk, "kind": "family_farm", "promotion": "none", "status": "active"}
    return values | changes


def shown(client: Client, url: str) -> dict[str, Any]:
    """What a browser would send back from the form of a row, unchanged."""
    form = client.get(url).context["form"]
    data = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    initials = re.findall(r'name="(initial-[^"]+)"(?: value="([^"]*)")?', str(form.hidden_initials))
    return {k: v for k, v in data.items() if v is not False} | dict(initials)


def test_create_takes_numbers_as_people_write_them(client: Client, county: Any) -> None:
    answer = client.post(f"{LIST}new/", given(county, capital="1,200.5"))
    made = Enterprise.objects.get()
    assert answer.url == f"{LIST}{made.pk}/"
    assert str(made.capital) == "1200.50"
    assert Event.objects.filter(action="list.create", object_id=str(made.pk)).exists()


def test_all_faults_of_a_form_are_named_at_once(client: Client, county: Any) -> None:
    wrong = given(county, code="91140400DE00000012", established="去年", chain_role="leading", promotion="promoted")
    form = client.post(f"{LIST}new/", wrong).context["form"]
    assert set(form.errors) == {"code", "established", "town", "above_scale"}
    assert "校验位不符" in form.errors["code"][0]
    row = factories.EnterpriseFactory.create(territory=county)
    url = f"{LIST}{row.pk}/edit/"
    form = client.post(url, shown(client, url) | {"code": "91140400DE00000012", "established": "去年"}).context["form"]
    assert set(form.errors) == {"code", "established"}


def test_rules_are_not_asked_about_a_column_that_is_wrong_itself(client: Client, county: Any) -> None:
    form = client.post(f"{LIST}new/", given(county, kind="??", code="")).context["form"]
    assert set(form.errors) == {"kind"}  # nothing about a missing code: only companies need one


def test_the_message_after_saving_has_the_new_name(client: Client, county: Any) -> None:
    row = factories.EnterpriseFactory.create(territory=county, name="旧名称")
    url = f"{LIST}{row.pk}/edit/"
    page = client.post(url, shown(client, url) | {"name": "新名称"}, follow=True)
    assert [str(message).endswith("新名称。") for message in page.context["messages"]] == [True]


def test_two_rules_on_one_column_are_both_named(client: Client, county: Any) -> None:
    project = {"name": "甲项目", "territory": county.pk, "stage": "planned", "course": "normal"}
    dates = {"signed_on": "2099-01-02", "landed_on": "2099-01-01"}
    form = client.post("/lists/projects/new/", project | dates).context["form"]
    assert len(form.errors["landed_on"]) == 2, form.errors


def test_create_begins_at_home_and_offers_only_own_places(client: Client, county: Any) -> None:
    own = factories.TownFactory.create(territory=county)
    factories.LevelRecordFactory.create(town=own)
    factories.LevelRecordFactory.create(town=factories.TownFactory.create())
    form = client.get(f"{LIST}new/").context["form"]
    assert form["territory"].value() == county.pk
    assert list(form.fields["territory"].queryset) == [county]
    assert list(form.fields["town"].queryset) == [own]


def test_faults_stand_at_their_columns_and_nothing_typed_is_lost(client: Client, county: Any) -> None:
    answer = client.post(f"{LIST}new/", given(county, name="", capital="约两千", products="黄小米"))
    assert answer.status_code == 422
    form = answer.context["form"]
    assert set(form.errors) == {"name", "capital"}
    assert "约两千" in answer.content.decode()
    assert "黄小米" in answer.content.decode()
    assert not Enterprise.objects.exists()


def test_rules_across_columns_are_said_at_a_column(client: Client, county: Any) -> None:
    answer = client.post(f"{LIST}new/", given(county, promotion="promoted"))
    assert answer.context["form"].errors == {
        "above_scale": ["“小升规”为“已升规”的,“规上”请填“是”;还没有升规的,请改“小升规”。"]
    }


def test_foreign_place_is_refused(client: Client, county: Any) -> None:
    other = factories.TerritoryFactory.create()
    answer = client.post(f"{LIST}new/", given(other))
    assert set(answer.context["form"].errors) == {"territory"}


def test_change_writes_only_what_was_changed(client: Client, county: Any) -> None:
    row = factories.EnterpriseFactory.create(territory=county, capital=5)
    url = f"{LIST}{row.pk}/edit/"
    answer = client.post(url, shown(client, url) | {"capital": "8", "reason": "核实"})
    assert answer.status_code == 302
    event = Event.objects.get(action="list.change")
    assert set(event.after) == {"capital"}
    assert event.reason == "核实"
    text = client.get(f"{LIST}{row.pk}/").content.decode()
    assert re.search(r"注册资本\(万元\)</span> <del>5</del> → <ins>8</ins>", text)


def test_unchanged_form_changes_nothing(client: Client, county: Any) -> None:
    row = factories.EnterpriseFactory.create(territory=county, capital="5.50", established="2020-01-02")
    url = f"{LIST}{row.pk}/edit/"
    assert client.post(url, shown(client, url)).status_code == 302
    assert not Event.objects.filter(action="list.change").exists()


def test_a_row_changed_meanwhile_is_shown_not_overwritten(client: Client, county: Any) -> None:
    row = factories.EnterpriseFactory.create(territory=county, capital=5, products="小米")
    url = f"{LIST}{row.pk}/edit/"
    mine = shown(client, url) | {"capital": "8"}
    client.post(url, shown(client, url) | {"capital": "7", "products": "小米酥"})
    answer = client.post(url, mine)
    assert answer.status_code == 422
    (clash,) = answer.context["clashes"]
    assert (clash.mine, clash.theirs) == ("8", "7")
    form = answer.context["form"]
    assert (form["capital"].value(), form["products"].value()) == ("8", "小米酥")
    again = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "False")}
    initials = dict(re.findall(r'name="(initial-[^"]+)"(?: value="([^"]*)")?', str(form.hidden_initials)))
    assert client.post(url, again | initials).status_code == 302
    row.refresh_from_db()
    assert (row.capital, row.products) == (8, "小米酥")


def test_delete_needs_a_reason_and_can_be_undone(client: Client, county: Any) -> None:
    row = factories.EnterpriseFactory.create(territory=county)
    client.post(f"{LIST}{row.pk}/delete/", {"reason": " "})
    row.refresh_from_db()
    assert row.deleted_at is None
    client.post(f"{LIST}{row.pk}/delete/", {"reason": "重复登记"})
    assert "这一行已删除" in client.get(f"{LIST}{row.pk}/").content.decode()
    assert "重复登记" in client.get(f"{LIST}deleted/").content.decode()
    client.post(f"{LIST}{row.pk}/restore/")
    assert client.get(f"{LIST}{row.pk}/").status_code == 200


def test_member_units_change_only_lists_of_tasks_they_lead() -> None:
    unit, row = factories.UnitFactory.create(), factories.EnterpriseFactory.create()
    client = factories.client_for(Role.DEPARTMENT, unit=unit)
    assert client.get(f"{LIST}{row.pk}/").status_code == 200
    assert client.get(f"{LIST}{row.pk}/edit/").status_code == 403
    assert client.get(f"{LIST}new/").status_code == 403
    factories.DutyFactory.create(
        unit=unit, task=factories.TaskFactory.create(number=1, clause__version__is_current=True)
    )
    assert client.get(f"{LIST}{row.pk}/edit/").status_code == 200


def test_enterprise_is_named_by_text(county: Any) -> None:
    client = factories.client_for(Role.OFFICE)
    row = factories.EnterpriseFactory.create(name="沁州农场", search_text="沁州农场", territory=county)
    offered = client.get("/lists/brands/options/enterprise/", {"q": "沁州"}).json()["options"]
    assert [option["value"][:4] for option in offered] == ["沁州农场"]
    brand = {"name": "甲牌", "territory": county.pk, "kind": "regional", "rank": "city"}
    wrong = client.post("/lists/brands/new/", brand | {"enterprise": "没有的厂"})
    assert "没有找到" in wrong.context["form"].errors["enterprise"][0]
    assert client.post("/lists/brands/new/", brand | {"enterprise": "沁州农场"}).status_code == 302
    relatives = client.get(f"{LIST}{row.pk}/").context["relatives"]
    assert [relative.ledger.slug for relative in relatives] == ["brands"]


def test_bulk_gives_one_value_to_own_rows_or_to_none(client: Client, county: Any) -> None:
    rows = factories.EnterpriseFactory.create_batch(3, territory=county)
    other = factories.EnterpriseFactory.create()
    pks = {"pk": [row.pk for row in (*rows, other)]}
    chosen = client.post(f"{LIST}bulk/", pks)
    assert chosen.context["picked"].left_out == 1
    asked = client.post(f"{LIST}bulk/", pks | {"column": "status"})
    assert asked.context["present"] == [("在营", 3)]
    assert client.post(f"{LIST}bulk/", pks | {"column": "status", "value": "closed", "reason": ""}).status_code == 422
    refused = client.post(f"{LIST}bulk/", pks | {"column": "promotion", "value": "promoted", "reason": "核实"})
    assert (refused.status_code, refused.context["proposal"].changed) == (422, 0)
    assert "没有改动任何一行" in refused.content.decode()
    given = pks | {"column": "status", "value": "closed", "reason": "现场核查"}
    shown = client.post(f"{LIST}bulk/", given)
    assert "<b>3</b> 户的“经营状态”将改为新值" in shown.content.decode()
    assert not Enterprise.objects.filter(status="closed").exists()
    assert client.post(f"{LIST}bulk/", given | {"back": "1"}).context["proposal"] is None
    client.post(f"{LIST}bulk/", given | {"seal": shown.context["proposal"].seal})
    assert set(Enterprise.objects.filter(status="closed")) == set(rows)
    assert client.post(f"{LIST}bulk/", {}).status_code == 302


def test_bulk_change_of_all_that_the_filter_chooses(client: Client, county: Any) -> None:
    rows = factories.EnterpriseFactory.create_batch(60, territory=county, status="active")
    factories.EnterpriseFactory.create(territory=county, status="closed")
    page = client.get(f"{LIST}?status=active").content.decode()
    assert "批量修改全部符合条件的 60 户" in page
    whole = {"all": "1", "query": "status=active", "column": "status", "value": "suspended", "reason": "现场核查"}
    shown = client.post(f"{LIST}bulk/", whole)
    assert (len(shown.context["picked"].pks), shown.context["proposal"].changed) == (60, 60)
    rows[0].version = 2
    rows[0].save()
    stale = client.post(f"{LIST}bulk/", whole | {"seal": shown.context["proposal"].seal})
    assert "没有改动任何一行" in stale.content.decode()
    assert not Enterprise.objects.filter(status="suspended").exists()
    done = client.post(f"{LIST}bulk/", whole | {"seal": stale.context["proposal"].seal})
    assert done.url == f"{LIST}?status=active"
    assert Enterprise.objects.filter(status="suspended").count() == 60


def test_what_is_missing_is_named(client: Client, county: Any) -> None:
    errors = client.post(f"{LIST}new/", given(county, name="")).context["form"].errors
    assert errors["name"] == ["请填写名称。"]


def test_view_of_everything_is_not_shown_as_the_open_one(client: Client) -> None:
    client.post(f"{LIST}views/", {"name": "全部户", "query": ""})
    assert "常用视图:全部户" not in client.get(LIST).content.decode()
    client.post(f"{LIST}views/", {"name": "在营户", "query": "status=active"})
    assert "常用视图:在营户" in client.get(f"{LIST}?status=active").content.decode()


def test_dispatch_export_is_logged(client: Client, county: Any) -> None:
    factories.ProjectFactory.create(territory=county)
    assert client.get("/projects/dispatch/export/?month=2024-10").status_code == 200
    assert Event.objects.get(action="list.export").after["rows"] == 1


def test_bulk_change_chooses_no_column_by_itself(client: Client, county: Any) -> None:
    row = factories.EnterpriseFactory.create(territory=county)
    asked = client.post(f"{LIST}bulk/", {"pk": row.pk})
    assert asked.context["form"]["column"].value() is None
    assert '<option value="" selected>请选择' in asked.content.decode()
    assert "请选择要改的一栏" in client.post(f"{LIST}bulk/", {"pk": row.pk, "column": ""}).content.decode()


def test_bulk_change_of_more_than_can_be_done(client: Client, county: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spectown.web.lists.picked.BULK_MOST", 2)
    factories.EnterpriseFactory.create_batch(3, territory=county)
    answer = client.post(f"{LIST}bulk/", {"all": "1", "query": ""}, follow=True)
    assert "符合条件的超过 2 户" in answer.content.decode()


def test_saved_views(client: Client) -> None:
    view = {"name": "重点监测户", "query": "chain_role=leading&status=active&after=x"}
    assert client.post(f"{LIST}views/", view).url == f"{LIST}?chain_role=leading&status=active"
    saved = SavedView.objects.get()
    assert "重点监测户" in client.get(LIST).content.decode()
    other = factories.client_for(Role.OFFICE)
    assert "重点监测户" not in other.get(LIST).content.decode()
    assert other.post(f"{LIST}views/{saved.pk}/delete/").status_code == 404
    client.post(f"{LIST}views/{saved.pk}/share/", {"shared": "1"})
    assert "重点监测户" in other.get(LIST).content.decode()
    other.post(f"{LIST}views/{saved.pk}/delete/")
    assert SavedView.objects.exists()
    client.post(f"{LIST}views/{saved.pk}/delete/")
    assert not SavedView.objects.exists()


def test_an_enterprise_corrects_its_contact_and_nothing_else(county: Any) -> None:
    unit = factories.UnitFactory.create()
    row = factories.EnterpriseFactory.create(unit=unit, territory=county, name="沁州农场", phone="0355-1")
    client = factories.client_for(Role.ENTERPRISE, unit=unit)
    url = f"{LIST}{row.pk}/correct/"
    assert url in client.get(f"{LIST}{row.pk}/").content.decode()
    data = shown(client, url)
    assert {"contact", "phone", "address"} <= set(data)
    assert "name" not in data
    assert client.post(url, data | {"phone": "0355-2", "name": "改名", "capital": "1"}).status_code == 302
    row.refresh_from_db()
    assert (row.phone, row.name, row.capital, row.version) == ("0355-2", "沁州农场", None, 2)
    assert Event.objects.get(action="list.change").after == {"phone": "0355-2"}
    stale = client.post(url, data | {"phone": "0355-3"})
    assert [clash.theirs for clash in stale.context["clashes"]] == ["0355-2"]
    assert client.get(f"{LIST}{row.pk}/edit/").status_code == 403
    cards = [card for group in client.get("/lists/").context["groups"] for card in group.cards]
    assert all(card.ledger.enterprise for card in cards)  # only lists in which an enterprise can stand


def test_taking_rows_out_is_noted(client: Client, county: Any) -> None:
    factories.EnterpriseFactory.create_batch(2, territory=county, kind="family_farm")
    factories.EnterpriseFactory.create()
    for name in ("export", "template"):
        b"".join(client.get(f"{LIST}{name}/", {"kind": "family_farm"}))
    found = Event.objects.filter(action__in=("list.export", "list.template")).order_by("seq")
    assert [(e.action, e.after["ledger"], e.after["rows"], e.after["query"]) for e in found] == [
        ("list.export", "enterprises", 2, "kind=family_farm"),
        ("list.template", "enterprises", 2, "kind=family_farm"),
    ]
    assert verify(by=SYSTEM).breaches == ()


def test_projects_are_chosen_by_their_light() -> None:
    client = factories.client_for(Role.OFFICE)
    for light in ("red", "green"):
        factories.ProjectFactory.create(light=light, light_reason=f"原因{light}", light_on=datetime.date(2024, 11, 26))
    page = client.get("/lists/projects/?light=red").content.decode()
    assert "亮灯:红灯" in page
    assert ("原因red" in page, "原因green" in page, "2024-11-26" in page) == (True, False, True)
    assert "light" not in client.get("/lists/projects/new/").context["form"].fields
