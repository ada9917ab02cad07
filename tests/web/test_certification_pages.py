"""Pages of 预审: list, result, form, review, moves, judgements."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spectown.accounts.models import User
from spectown.accounts.permissions import Role
from spectown.certification import services
from spectown.certification.enums import State
from spectown.certification.models import Application
from spectown.organisations.actors import Actor
from tests.criteria import NEEDED, checker, county, current_plan, filler
from tests.factories import MembershipFactory, actor

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


def client(by: Actor) -> Client:
    found = Client()
    found.force_login(User.objects.get(pk=by.person))
    return found


def page(by: Actor, name: str, *args: Any, **options: Any) -> Any:
    return client(by).get(reverse(f"certification:{name}", args=args), **options)


def text(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def fills() -> Actor:
    current_plan()
    return filler(county())


@pytest.fixture
def draft(fills: Actor) -> Application:
    return services.create(by=fills, raw=NEEDED)


def test_empty_list_says_what_will_stand_there(fills: Actor) -> None:
    shown = text(page(fills, "list"))
    assert "还没有您可以查看的申报书" in shown
    assert reverse("certification:upload") in shown


def test_list_filters_by_state_name_and_answer(fills: Actor, draft: Application) -> None:
    other = services.create(by=fills, raw={"town_name": "壶关康养专业镇", "category": "wellness"})
    services.withdraw(application=other, reason="不报了", by=fills)
    url = reverse("certification:list")
    for query, names in [
        ("", {"旱地蔬菜专业镇", "康养专业镇"}),
        ("?state=draft", {"旱地蔬菜专业镇"}),
        ("?q=康养", {"康养专业镇"}),
        ("?category=agriculture", {"旱地蔬菜专业镇"}),
        ("?overall=not_yet", {"旱地蔬菜专业镇"}),
        ("?overall=undetermined", {"康养专业镇"}),
        ("?q=没有", set()),
    ]:
        shown = text(client(fills).get(url + query))
        assert {name for name in ("旱地蔬菜专业镇", "康养专业镇") if f"壶关{name}</a>" in shown} == names, query
    part = client(fills).get(url + "?state=draft", **HTMX)
    assert "<html" not in text(part)
    assert client(fills).get(url + "?state=nonsense").status_code == 200


def test_list_costs_the_same_for_one_and_for_many(fills: Actor, draft: Application) -> None:
    browser, url = client(fills), reverse("certification:list")
    browser.get(url)  # the first one writes the session
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as seen:
            browser.get(url)
        counts.append(len(seen))
        for _ in range(5):
            services.create(by=fills, raw=NEEDED)
    assert counts[0] == counts[1] <= 20


def test_result_says_what_is_missing_and_leads_to_the_field(fills: Actor) -> None:
    draft = services.create(by=fills, raw={**NEEDED, "traditional_origin": "否"})
    shown = text(page(fills, "application", draft.pk))
    assert "尚不符合" in shown
    assert "产值再增加 8,000万元" in shown
    assert f"{reverse('certification:section', args=[draft.pk, 2])}#id_output_wan" in shown
    assert "原则上 1 个内" in shown
    assert reverse("certification:move", args=[draft.pk, "withdraw"]) in shown
    relaxed = text(client(fills).get(reverse("certification:application", args=[draft.pk]) + "?path=relaxed"))
    assert "发展前景" in relaxed
    assert "发展前景</th>" not in shown.split('id="verdicts"')[1]


def test_result_page_of_an_empty_draft(fills: Actor) -> None:
    empty = services.create(by=fills)
    answer = page(fills, "application", empty.pk)
    assert answer.status_code == 200
    assert "未命名的申报书" in text(answer)


def test_hostile_text_is_escaped_everywhere(fills: Actor) -> None:
    evil = "<script>alert(1)</script>"
    raw = {**NEEDED, "town_name": evil, "category": evil, "evidence_product_focus": evil, "output_wan": evil}
    made = services.create(by=fills, raw=raw)
    for name, args in [("list", []), ("application", [made.pk]), ("review", [made.pk]), ("section", [made.pk, 1])]:
        answer = page(fills, name, *args)
        assert answer.status_code == 200
        assert evil not in text(answer), name


@pytest.mark.parametrize("name", ["application", "edit", "review", "application_template", "application_upload"])
def test_strangers(name: str, draft: Application) -> None:
    stranger = filler(county("长子县"))
    assert page(stranger, name, draft.pk).status_code == 404
    assert page(actor(Role.DEPARTMENT), name, draft.pk).status_code == 403
    assert page(actor(Role.ENTERPRISE), name, draft.pk).status_code == 403
    assert Client().get(reverse(f"certification:{name}", args=[draft.pk])).status_code == 302


def test_every_short_page_opens_and_keeps_what_is_there(fills: Actor, draft: Application) -> None:
    browser = client(fills)
    assert "必填未填" not in text(page(fills, "edit", draft.pk))
    number = 1
    while True:
        answer = browser.get(reverse("certification:section", args=[draft.pk, number]))
        if answer.status_code == 404:
            break
        number += 1
    assert number > 10
    assert 'value="42000"' in text(browser.get(reverse("certification:section", args=[draft.pk, 2])))


def test_saving_a_page_goes_on_to_the_next(fills: Actor, draft: Application) -> None:
    url = reverse("certification:section", args=[draft.pk, 3])
    data = {"revision": draft.revision, "chain_partners": "12", "leading_enterprises": "2", "next": "1"}
    answer = client(fills).post(url, data)
    assert answer["Location"] == reverse("certification:section", args=[draft.pk, 4])
    draft.refresh_from_db()
    assert (draft.chain_partners, draft.leading_enterprises) == (12, 2)


def test_a_fault_is_kept_and_shown_at_its_field(fills: Actor, draft: Application) -> None:
    url = reverse("certification:section", args=[draft.pk, 3])
    answer = client(fills).post(url, {"revision": draft.revision, "chain_partners": "十来户", "family_farms": "3"})
    assert answer.status_code == 422
    assert 'href="#id_chain_partners"' in text(answer)
    assert 'value="十来户"' in text(answer)
    draft.refresh_from_db()
    assert (draft.unreadable, draft.family_farms) == ({"chain_partners": "十来户"}, 3)
    assert "1 处要改" in text(page(fills, "edit", draft.pk))
    assert "十来户" in text(page(fills, "section", draft.pk, 3))
    assert "还不能提交审核" in text(page(fills, "review", draft.pk))


def test_live_saving_answers_only_with_what_is_around_the_fields(fills: Actor, draft: Application) -> None:
    url = reverse("certification:section", args=[draft.pk, 3])
    answer = client(fills).post(url, {"revision": draft.revision, "chain_partners": "十来户"}, **HTMX)
    shown = text(answer)
    assert answer.status_code == 200
    assert "<form" not in shown
    assert f'value="{draft.revision + 1}"' in shown
    assert "已自动保存" in shown
    assert "应为数字" in shown
    fixed = text(client(fills).post(url, {"revision": draft.revision + 1, "chain_partners": "12"}, **HTMX))
    assert "应为数字" not in fixed
    late = text(client(fills).post(url, {"revision": draft.revision, "chain_partners": "13"}, **HTMX))
    assert "没有自动保存" in late
    assert Application.objects.get().chain_partners == 12


def test_a_stale_page_shows_both_sides_and_loses_nothing(fills: Actor, draft: Application) -> None:
    services.save_answers(application=draft, raw={"chain_partners": 20}, revision=draft.revision, by=fills)
    url = reverse("certification:section", args=[draft.pk, 3])
    answer = client(fills).post(url, {"revision": draft.revision, "chain_partners": "30"})
    assert answer.status_code == 409
    assert "<del>20</del>" in text(answer)
    assert 'value="30"' in text(answer)
    again = client(fills).post(url, {"revision": draft.revision + 1, "chain_partners": "30"})
    assert again.status_code == 302
    assert Application.objects.get().chain_partners == 30


@pytest.mark.parametrize("revision", ["", "x", "-1", "９", "9" * 30])
def test_nonsense_for_a_revision_overwrites_nothing(fills: Actor, draft: Application, revision: str) -> None:
    url = reverse("certification:section", args=[draft.pk, 3])
    assert client(fills).post(url, {"revision": revision, "chain_partners": "30"}).status_code == 409


def test_what_is_on_its_way_is_not_edited(fills: Actor, draft: Application) -> None:
    services.submit(application=draft, by=fills)
    assert page(fills, "edit", draft.pk)["Location"] == reverse("certification:application", args=[draft.pk])
    url = reverse("certification:section", args=[draft.pk, 3])
    client(fills).post(url, {"revision": draft.revision, "chain_partners": "30"})
    assert Application.objects.get().chain_partners == 8


def test_submit_check_and_judge_by_the_buttons(fills: Actor, draft: Application) -> None:
    services.save_answers(
        application=draft, raw={"evidence_product_focus": "主导产品占九成"}, revision=draft.revision, by=fills
    )
    assert reverse("certification:move", args=[draft.pk, "submit"]) in text(page(fills, "review", draft.pk))
    client(fills).post(reverse("certification:move", args=[draft.pk, "submit"]))
    checks, office = checker(draft.unit), actor(Role.OFFICE)
    assert "审核通过" in text(page(checks, "application", draft.pk))
    client(checks).post(reverse("certification:move", args=[draft.pk, "check"]))
    assert Application.objects.get().state == State.CHECKED
    assert "作出判断" in text(page(office, "application", draft.pk))
    url = reverse("certification:judge", args=[draft.pk, "product_focus"])
    answer = client(office).post(url, {"outcome": "met", "reason": "材料充分"})
    assert answer["Location"].endswith("#product_focus")
    shown = text(page(office, "application", draft.pk))
    assert "材料充分" in shown
    assert "重新判断" in shown
    assert "判断</summary>" not in text(page(fills, "application", draft.pk))


def test_own_filling_is_not_checked_and_the_page_says_why(draft: Application, fills: Actor) -> None:
    services.submit(application=draft, by=fills)
    both = MembershipFactory.create(user_id=fills.user_id, unit=draft.unit, role=Role.COUNTY_CHECK)
    browser = client(fills)
    browser.post(reverse("account:switch"), {"membership": both.pk})
    assert "须由两人分别办理" in text(browser.get(reverse("certification:application", args=[draft.pk])))
    browser.post(reverse("certification:move", args=[draft.pk, "check"]))
    assert Application.objects.get().state == State.CHECKING


def test_refused_move_and_unknown_move(fills: Actor, draft: Application) -> None:
    browser = client(fills)
    browser.post(reverse("certification:move", args=[draft.pk, "withdraw"]), {"reason": " "})
    assert Application.objects.get().state == State.DRAFT
    assert browser.post(reverse("certification:move", args=[draft.pk, "jump"])).status_code == 404


def test_history_joins_the_saves_of_a_day(fills: Actor, draft: Application) -> None:
    for number in (11, 12, 13):
        draft = services.save_answers(
            application=draft, raw={"chain_partners": number}, revision=draft.revision, by=fills
        )
    history = text(page(fills, "application", draft.pk)).split('id="history"')[1]
    assert history.count("保存申报书") == 1
    assert history.count("新建申报书") == 1


def test_new_application_by_the_button(fills: Actor) -> None:
    answer = client(fills).post(reverse("certification:create"))
    made = Application.objects.get()
    assert answer["Location"] == reverse("certification:section", args=[made.pk, 1])
    assert made.applicant_county == "壶关县"
