"""The frame of every page: navigation by permission, actor, limits, refusals, fragments. Own small address table."""

import datetime
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path
from django.utils import timezone

from spectown.accounts.permissions import PERMISSIONS, Permission, Role
from spectown.lists.registry import ledgers
from spectown.lists.scope import concerns
from spectown.organisations.actors import PUBLIC
from spectown.web import errors, nav
from spectown.web.gallery.views import gallery
from spectown.web.http import Request, export_response, needs, page, paged
from tests import factories

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]
TEMPLATES = Path(settings.BASE_DIR) / "spectown" / "templates"
HTMX = {"HX-Request": "true"}


@needs(Permission.WORKBENCH)
def home(request: Request) -> HttpResponse:
    return page(request, "gallery/gallery.html", _samples(), title="工作台", partial="nothing")


@needs(Permission.PLAN_CHECKUP)
def checkup(request: Request) -> HttpResponse:
    return HttpResponse(f"{request.actor.role_label} {request.actor.unit_name} {request.actor.address}")


@login_not_required
def front(request: HttpRequest) -> HttpResponse:
    return page(request, "account/no_membership.html", title="首页")


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


def _samples() -> dict[str, Any]:
    from spectown.web.gallery import samples

    return samples.context(RequestFactory().get("/").GET)


urlpatterns = [
    path("account/", include("spectown.web.account.urls")),
    path("", include(([path("", front, name="home")], "public"))),
    path("workbench/", include(([path("", home, name="home")], "workbench"))),
    path("plan/", include(([path("checkup/", checkup, name="checkup")], "plans"))),
    path("system/", include(([path("gallery/", gallery, name="gallery")], "system"))),
    path("broken/", broken),
]
handler400 = "spectown.web.errors.bad_request"
handler403 = "spectown.web.errors.forbidden"
handler404 = "spectown.web.errors.not_found"
handler500 = "spectown.web.errors.server_error"


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.mark.parametrize("role", Role)
def test_navigation_shows_what_the_role_may_open_and_nothing_else(role: Role, monkeypatch: Any) -> None:
    monkeypatch.setattr(nav, "address", lambda name, **kwargs: f"/{':'.join([name, *kwargs.values()])}/")
    actor = factories.actor(role)
    shown = {link.url for group in nav.groups(actor, "workbench:home") for link in group.links}
    lists = {ledger.slug for ledger in ledgers() if concerns(ledger, actor)}
    wanted = {e.url for e in nav.entries() if e.permission in PERMISSIONS[role] and (not e.ledger or e.ledger in lists)}
    assert shown - {"/system:gallery/"} == wanted
    assert ("/system:gallery/" in shown) == (role == Role.SYSTEM_ADMIN)


def test_navigation_has_no_dead_links_and_no_empty_areas() -> None:
    groups = nav.groups(factories.actor(Role.OFFICE), "plans:checkup")
    assert [[link.url for link in g.links] for g in groups] == [["/workbench/"], ["/plan/checkup/"]]
    assert [link.label for g in groups for link in g.links if link.active] == ["方案体检"]


def test_page_of_an_object_lies_under_its_list() -> None:
    assert nav.area_of(nav.active_entry("towns:town")) == "专业镇"
    assert nav.active_entry("") is None
    assert nav.active_entry("account_login") is None


def test_public_sees_no_navigation() -> None:
    assert nav.groups(PUBLIC, "public:home") == ()


def test_anonymous_goes_to_login_and_back(client: Client) -> None:
    assert client.get("/plan/checkup/").headers["Location"] == "/account/login/?next=/plan/checkup/"


def test_refusal_names_the_permission_and_the_way_out() -> None:
    response = factories.client_for(Role.DEPARTMENT).get("/plan/checkup/")
    assert response.status_code == 403
    assert "查看方案体检与版本比较" in text(response)
    assert "联系" in text(response)


def test_other_errors_are_not_turned_into_refusals() -> None:
    with pytest.raises(RuntimeError, match="broken on purpose"):
        factories.client_for(Role.OFFICE).get("/broken/")


def test_user_without_role_is_told_whom_to_ask() -> None:
    client = Client()
    client.force_login(factories.UserFactory.create())
    response = client.get("/workbench/")
    assert response.status_code == 403
    assert "没有任何有效角色" in text(response)
    assert "联络员" in text(response)
    assert client.get("/account/").status_code == 200
    assert client.get("/").status_code == 200


def two_roles() -> tuple[Client, Any, Any]:
    first = factories.MembershipFactory.create(role=Role.OFFICE)
    second = factories.MembershipFactory.create(role=Role.LEADER, user=first.user)
    client = Client()
    client.force_login(first.user)
    return client, first, second


def test_switch_changes_role_and_unit_for_the_session() -> None:
    client, first, second = two_roles()
    assert f"领导小组办公室 {first.unit.name}" in text(client.get("/plan/checkup/", REMOTE_ADDR="10.1.2.3"))
    response = client.post("/account/switch/", {"membership": second.pk})
    assert response.headers["Location"] == "/workbench/"
    assert text(client.get("/plan/checkup/", REMOTE_ADDR="10.1.2.3")) == f"领导小组 {second.unit.name} 10.1.2.3"


def test_forwarded_header_is_not_believed() -> None:
    client, *_ = two_roles()
    assert "127.0.0.1" in text(client.get("/plan/checkup/", headers={"X-Forwarded-For": "6.6.6.6"}))


def test_switch_to_a_strangers_role_is_not_found() -> None:
    client, *_ = two_roles()
    stranger = factories.MembershipFactory.create(role=Role.SYSTEM_ADMIN)
    for wanted in (stranger.pk, "", "x"):
        assert client.post("/account/switch/", {"membership": wanted}).status_code == 404
    assert client.get("/account/switch/").status_code == 405


def test_switch_does_not_lead_to_other_sites() -> None:
    client, first, _ = two_roles()
    for wanted, end in (
        ("https://evil.example/", "/workbench/"),
        ("//evil.example", "/workbench/"),
        ("/plan/", "/plan/"),
    ):
        response = client.post("/account/switch/", {"membership": first.pk, "next": wanted})
        assert response.headers["Location"] == end


def test_chosen_role_that_has_ended_falls_back_to_a_valid_one() -> None:
    client, first, second = two_roles()
    client.post("/account/switch/", {"membership": second.pk})
    second.valid_to = timezone.localdate() - datetime.timedelta(days=1)
    second.save()
    assert f"领导小组办公室 {first.unit.name}" in text(client.get("/plan/checkup/"))


def test_deactivated_user_is_out_at_once() -> None:
    client, first, _ = two_roles()
    first.user.is_active = False
    first.user.save()
    assert client.get("/plan/checkup/").status_code in (302, 403)


def test_actor_costs_one_query(django_assert_num_queries: Any) -> None:
    client, *_ = two_roles()
    client.get("/plan/checkup/")
    with django_assert_num_queries(3):  # session, user, memberships
        client.get("/plan/checkup/")


def aged(client: Client, **seconds: float) -> None:
    session = client.session
    now = timezone.now().timestamp()
    session.update({key: now - ago for key, ago in seconds.items()})
    session.save()


LIMITS = [
    pytest.param({"login_at": 3600, "last_seen": settings.SESSION_IDLE_SECONDS + 5}, "没有操作", id="idle"),
    pytest.param({"login_at": settings.SESSION_COOKIE_AGE + 5, "last_seen": 5}, "已满", id="absolute"),
]


@pytest.mark.parametrize(("ages", "words"), LIMITS)
def test_session_ends_at_its_limit(ages: dict[str, float], words: str) -> None:
    client, *_ = two_roles()
    aged(client, **ages)
    response = client.get("/plan/checkup/?x=1", follow=True)
    assert response.redirect_chain == [("/account/login/?next=%2Fplan%2Fcheckup%2F%3Fx%3D1", 302)]
    assert words in text(response)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("ages", [p.values[0] for p in LIMITS])
def test_htmx_is_sent_to_login_by_header(ages: dict[str, float]) -> None:
    client, *_ = two_roles()
    aged(client, **ages)
    headers = {**HTMX, "HX-Current-URL": "http://testserver/plan/checkup/"}
    response = client.get("/plan/checkup/", headers=headers)
    assert response.status_code == 204
    assert response.headers["HX-Redirect"] == "/account/login/?next=%2Fplan%2Fcheckup%2F"


def test_htmx_without_login_is_sent_by_header(client: Client) -> None:
    response = client.get("/plan/checkup/", headers={**HTMX, "HX-Current-URL": "http://testserver/workbench/?a=1"})
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["HX-Redirect"] == "/account/login/?next=%2Fworkbench%2F%3Fa%3D1"
    assert "Location" not in response.headers


def test_redirect_of_a_form_leads_htmx_to_the_page_and_keeps_the_message() -> None:
    client, _, second = two_roles()
    response = client.post("/account/switch/", {"membership": second.pk}, headers=HTMX)
    assert response.headers["HX-Redirect"] == "/workbench/"
    assert "已切换为" in text(client.get("/account/"))


def test_pages_of_a_user_stay_out_of_caches() -> None:
    client, *_ = two_roles()
    assert "no-store" in client.get("/plan/checkup/").headers["Cache-Control"]
    assert "Cache-Control" not in Client().get("/").headers


def test_public_page_goes_on_without_the_session() -> None:
    client, *_ = two_roles()
    aged(client, last_seen=settings.SESSION_IDLE_SECONDS + 5)
    assert client.get("/").status_code == 200
    assert "_auth_user_id" not in client.session


def test_last_seen_is_written_at_most_once_a_minute(django_assert_num_queries: Any) -> None:
    client, *_ = two_roles()
    client.get("/plan/checkup/")
    aged(client, login_at=100, last_seen=30)
    before = client.session["last_seen"]
    client.get("/plan/checkup/")
    assert client.session["last_seen"] == before
    aged(client, login_at=100, last_seen=90)
    before = client.session["last_seen"]
    client.get("/plan/checkup/")
    assert client.session["last_seen"] > before + 80


def test_login_time_does_not_slide() -> None:
    client, *_ = two_roles()
    aged(client, login_at=3000, last_seen=90)
    before = client.session["login_at"]
    client.get("/plan/checkup/")
    assert client.session["login_at"] == before


def test_password_must_be_changed_first() -> None:
    client, first, _ = two_roles()
    first.user.must_change_password = True
    first.user.save()
    assert client.get("/workbench/").headers["Location"] == "/account/password/change/"
    assert client.get("/workbench/", headers=HTMX).headers["HX-Redirect"] == "/account/password/change/"
    assert client.get("/account/password/change/").status_code == 200
    assert client.get("/").status_code == 200


def test_whole_page_has_frame_title_and_active_line() -> None:
    page_text = factories.client_for(Role.OFFICE).get("/workbench/").content.decode()
    assert "<title>工作台 · 专镇通</title>" in page_text
    assert '<a href="/workbench/" class="active" aria-current="page">' in page_text


def test_fragment_only_for_htmx_that_asks_for_a_part() -> None:
    def wants(**headers: str) -> bool:
        from django_htmx.middleware import HtmxDetails

        from spectown.web.http import wants_fragment

        request = RequestFactory().get("/", headers=headers)
        request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]
        return wants_fragment(request)

    assert wants(**HTMX)
    assert not wants()
    assert not wants(**HTMX, **{"HX-Boosted": "true"})
    assert not wants(**HTMX, **{"HX-History-Restore-Request": "true"})


def test_demo_banner_only_on_demonstration_data() -> None:
    assert "均为虚构" not in text(Client().get("/account/login/"))
    factories.InstallationFactory.create()
    assert "均为虚构" in text(Client().get("/account/login/"))
    assert "均为虚构" in text(factories.client_for(Role.OFFICE).get("/nowhere/"))


def test_error_pages_say_what_to_do() -> None:
    client = factories.client_for(Role.OFFICE)
    missing = client.get("/nowhere/")
    assert missing.status_code == 404
    assert "没有找到" in text(missing)
    assert "从导航重新进入" in text(missing)
    assert Client().get("/nowhere/").status_code == 404
    strict = Client(enforce_csrf_checks=True)
    stale = strict.post("/account/login/", {"login": "a", "password": "b"})
    assert stale.status_code == 403
    assert "页面已过期" in text(stale)
    client.raise_request_exception = False
    failed = client.get("/broken/")
    assert failed.status_code == 500
    assert "没有保存" in text(failed)
    bad = errors.bad_request(missing.wsgi_request)
    assert bad.status_code == 400
    assert "刷新" in text(bad)


def test_server_error_page_needs_no_database(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert errors.server_error(RequestFactory().get("/")).status_code == 500


def test_download_keeps_its_chinese_name() -> None:
    response = export_response('责任矩阵 "2026".xlsx', b"x")
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename=\"____ _2026_.xlsx\"; filename*=UTF-8''%E8%B4%A3")
    assert "\n" not in disposition


def test_download_with_a_long_name_can_be_saved() -> None:
    title = "关于印发" + "太行山东麓传统特色手工艺品" * 8 + "的通知"
    disposition = export_response(f"长专镇办〔2026〕3号 {title}.docx", b"x").headers["Content-Disposition"]
    name = unquote(disposition.partition("UTF-8''")[2])
    assert name.startswith("长专镇办〔2026〕3号 关于印发太行山")
    assert name.endswith("….docx")
    assert 190 <= len(name.encode()) <= 200


@pytest.mark.parametrize(("wanted", "number"), [("2", 2), ("99", 3), ("x", 1), ("-1", 3), (None, 1)])
def test_page_number_out_of_range_gives_the_nearest(wanted: str | None, number: int) -> None:
    request = RequestFactory().get("/", {"page": wanted} if wanted else {})
    assert paged(request, range(25), size=10).number == number


FORBIDDEN = re.compile(r"""\sstyle\s*=|<style|<script(?![^>]*\bsrc=)|\son[a-z]+\s*=\s*["']|javascript:|hx-on""", re.I)


@pytest.mark.parametrize("file", sorted(TEMPLATES.rglob("*.html")), ids=lambda f: str(f.relative_to(TEMPLATES)))
def test_no_inline_script_or_style(file: Path) -> None:
    assert FORBIDDEN.findall(file.read_text()) == []


def test_inline_check_can_fail() -> None:
    for bad in ('<p style="x">', "<style>", "<script>x</script>", '<a onclick="x">', '<a href="javascript:x">'):
        assert FORBIDDEN.search(bad)


def test_policy_allows_no_inline_code() -> None:
    policy = Client().get("/account/login/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
