"""Login and what belongs to it: closed, Chinese, locked after failures, logged, secrets encrypted."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from spectown.accounts.models import User
from spectown.accounts.permissions import Role
from spectown.audit.models import Event
from spectown.audit.services import breaches
from spectown.web.account_adapter import EncryptingMFAAdapter
from tests import factories

pytestmark = [pytest.mark.urls("tests.web.test_shell"), pytest.mark.django_db]
WORD = "a-long-enough-word"
LOGIN = "/account/login/"


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def actions() -> list[str]:
    assert list(breaches()) == []
    return list(Event.objects.order_by("seq").values_list("action", flat=True))


@pytest.fixture(autouse=True)
def commits_happen(monkeypatch: Any) -> None:
    """The test's own transaction never commits; allauth tells of new factors on commit."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda call, *rest, **options: call())


@pytest.fixture(autouse=True)
def fresh_rate_limits() -> None:
    cache.clear()


@pytest.fixture
def user() -> User:
    row: User = factories.MembershipFactory.create(role=Role.OFFICE).user
    row.set_password(WORD)
    row.save()
    return row


def log_in(client: Client, username: str, password: str = WORD) -> Any:
    return client.post(LOGIN, {"login": username, "password": password})


def test_login_leads_to_the_workbench_and_is_logged(client: Client, user: User) -> None:
    response = log_in(client, user.username)
    assert response.headers["Location"] == "/workbench/"
    assert actions() == ["login"]
    event = Event.objects.get()
    assert (event.actor_name, event.object_id, event.address) == (user.name, str(user.pk), "127.0.0.1")


def test_login_goes_back_to_where_one_stood_but_not_to_other_sites(client: Client, user: User) -> None:
    back = client.post(
        f"{LOGIN}?next=/plan/checkup/", {"login": user.username, "password": WORD, "next": "/plan/checkup/"}
    )
    assert back.headers["Location"] == "/plan/checkup/"
    away = Client().post(LOGIN, {"login": user.username, "password": WORD, "next": "https://evil.example/"})
    assert away.headers["Location"] == "/workbench/"


def test_refusal_does_not_tell_whether_the_user_exists(client: Client, user: User) -> None:
    known, unknown = log_in(client, user.username, "wrong-wrong-wrong"), log_in(client, "nobody", "wrong-wrong-wrong")
    said = [re.sub(r'value="[^"]*"', "", r.content.decode()) for r in (known, unknown)]
    assert "用户名或口令不正确" in said[0]
    strip = re.compile(r"nonce=\S+|csrf\S+")
    assert strip.sub("", said[0]) == strip.sub("", said[1])
    assert actions() == ["login.fail", "login.fail"]


def test_unknown_name_is_not_kept_whole_in_the_log(client: Client) -> None:
    log_in(client, "my-secret-password", "x")
    assert "my-secret" not in str(Event.objects.values())
    assert Event.objects.get().object_label == "未知用户(my…)"


def test_fields_tell_the_browser_what_they_are(client: Client) -> None:
    page = client.get(LOGIN).content.decode()
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page


def test_locked_after_failures_even_for_the_right_password(client: Client, user: User) -> None:
    answers = [log_in(client, user.username, "wrong").status_code for _ in range(settings.AXES_FAILURE_LIMIT)]
    assert answers == [200] * (settings.AXES_FAILURE_LIMIT - 1) + [429]
    response = log_in(client, user.username)
    assert response.status_code == 429
    assert "30 分钟" in text(response)
    assert "_auth_user_id" not in client.session
    assert actions().count("login.fail") >= settings.AXES_FAILURE_LIMIT
    assert "login.lock" in actions()
    assert "login" not in actions()
    assert log_in(client, factories.MembershipFactory.create().user.username, "x").status_code == 200


def test_spelling_of_the_name_gives_no_further_tries(client: Client, user: User) -> None:
    names = [user.username, user.username.upper(), user.username.title(), f" {user.username}"] * 2
    answers = [log_in(client, name, "wrong").status_code for name in names[: settings.AXES_FAILURE_LIMIT]]
    assert answers[-1] == 429


def test_name_may_be_typed_in_capitals(client: Client, user: User) -> None:
    assert log_in(client, user.username.upper()).status_code == 302


def test_success_resets_the_count(client: Client, user: User) -> None:
    for _ in range(2):
        for _ in range(settings.AXES_FAILURE_LIMIT - 1):
            log_in(client, user.username, "wrong")
        assert log_in(client, user.username).status_code == 302
        client.post("/account/logout/")


def test_inactive_user_cannot_log_in(client: Client, user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)
    log_in(client, user.username)
    assert "_auth_user_id" not in client.session


def test_logout_needs_a_post_and_is_logged(client: Client, user: User) -> None:
    log_in(client, user.username)
    assert client.get("/account/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post("/account/logout/").headers["Location"] == "/"
    assert actions() == ["login", "logout"]


CHANGE = "/account/password/change/"


def change(client: Client, old: str = WORD, new: str = "another-long-word", again: str = "") -> Any:
    return client.post(CHANGE, {"oldpassword": old, "password1": new, "password2": again or new})


def test_password_change_lifts_the_duty_and_ends_other_sessions(client: Client, user: User) -> None:
    other = Client()
    log_in(other, user.username)
    User.objects.filter(pk=user.pk).update(must_change_password=True)
    log_in(client, user.username)
    assert change(client).status_code == 302
    user.refresh_from_db()
    assert not user.must_change_password
    assert user.check_password("another-long-word")
    assert client.get("/workbench/").status_code == 200
    assert other.get("/workbench/").status_code == 302
    assert actions()[-1] == "password.change"


@pytest.mark.parametrize(
    ("entered", "words"),
    [
        ({"old": "wrong-wrong"}, "现用口令不正确"),
        ({"new": "short"}, "12"),
        ({"new": WORD}, "不能与现用口令相同"),
        ({"new": "123456789012"}, "数字"),
        ({"again": "something-different"}, "相同"),
    ],
)
def test_password_rules(client: Client, user: User, entered: dict[str, str], words: str) -> None:
    log_in(client, user.username)
    response = change(client, **entered)
    assert response.status_code == 200
    assert words in text(response)
    assert actions() == ["login"]


def code(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def confirm(client: Client) -> None:
    """The password once more, as before anything that touches the second factor."""
    client.post("/account/reauthenticate/", {"password": WORD})


def with_totp(client: Client, user: User) -> str:
    log_in(client, user.username)
    confirm(client)
    page = client.get("/account/2fa/totp/activate/")
    assert page.status_code == 200
    secret = client.session["mfa.totp.secret"]
    response = client.post("/account/2fa/totp/activate/", {"code": code(secret)})
    assert response.headers["Location"] == "/account/2fa/recovery-codes/"
    return str(secret)


def test_second_factor_is_stored_encrypted_and_asked_for(client: Client, user: User) -> None:
    secret = with_totp(client, user)
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in stored
    assert EncryptingMFAAdapter().decrypt(stored) == secret
    seeds = str(Authenticator.objects.get(type="recovery_codes").data)
    assert all(
        c not in seeds
        for c in re.findall(r"<code>(\w+)</code>", client.get("/account/2fa/recovery-codes/").content.decode())
    )
    client.post("/account/logout/")
    assert log_in(client, user.username).headers["Location"] == "/account/2fa/authenticate/"
    assert client.get("/workbench/").status_code == 302
    assert client.get("/account/2fa/authenticate/").status_code == 200
    recovery = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    assert client.post("/account/2fa/authenticate/", {"code": recovery}).headers["Location"] == "/workbench/"
    assert actions() == ["login", "mfa.add", "mfa.add", "logout", "login"]


def test_one_time_codes_cannot_be_guessed_in_a_row(client: Client, user: User) -> None:
    with_totp(client, user)
    client.post("/account/logout/")
    log_in(client, user.username)
    answers = [
        client.post("/account/2fa/authenticate/", {"code": "000000"}).status_code
        for _ in range(settings.AXES_FAILURE_LIMIT)
    ]
    assert answers == [200] * (settings.AXES_FAILURE_LIMIT - 1) + [429]
    recovery = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    assert client.post("/account/2fa/authenticate/", {"code": recovery}).status_code == 429
    assert "_auth_user_id" not in client.session


def test_second_factor_can_be_switched_off_and_codes_renewed(client: Client, user: User) -> None:
    with_totp(client, user)
    assert client.get("/account/2fa/").status_code == 200
    assert client.post("/account/2fa/recovery-codes/generate/").status_code == 302
    assert client.get("/account/2fa/recovery-codes/download/").status_code == 200
    assert client.get("/account/2fa/totp/deactivate/").status_code == 200
    assert client.post("/account/2fa/totp/deactivate/").headers["Location"] == "/account/2fa/"
    assert not Authenticator.objects.exists()
    assert [a for a in actions() if a.startswith("mfa")] == [
        "mfa.add",
        "mfa.add",
        "mfa.reset",
        "mfa.remove",
        "mfa.remove",
    ]


def test_password_is_asked_again_before_touching_the_second_factor(client: Client, user: User) -> None:
    log_in(client, user.username)
    location = client.get("/account/2fa/totp/activate/").headers["Location"]
    assert location.startswith("/account/reauthenticate/")
    assert "再次输入口令" in text(client.get(location))
    assert client.post(location, {"password": "wrong"}).status_code == 200
    assert client.post(location, {"password": WORD}).headers["Location"] == "/account/2fa/totp/activate/"


def test_secrets_need_the_key_they_were_made_with(settings: Any) -> None:
    from cryptography.fernet import InvalidToken

    token = EncryptingMFAAdapter().encrypt("secret")
    settings.SECRET_KEY = "another" * 10
    with pytest.raises(InvalidToken):
        EncryptingMFAAdapter().decrypt(token)


def test_sessions_are_listed_and_others_can_be_ended(client: Client, user: User) -> None:
    other = Client()
    log_in(other, user.username)
    log_in(client, user.username)
    assert "其他设备" in text(client.get("/account/sessions/"))
    response = client.post("/account/sessions/")
    assert [str(m) for m in get_messages(response.wsgi_request)][-1] == "其他设备已退出登录。"
    assert other.get("/workbench/").status_code == 302
    assert client.get("/workbench/").status_code == 200


@pytest.mark.parametrize(
    "name",
    ["account_signup", "account_reset_password", "account_email", "account_set_password", "account_confirm_email"],
)
def test_closed_doors_have_no_address(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


PAGES = [
    "/account/",
    CHANGE,
    "/account/logout/",
    "/account/2fa/",
    "/account/2fa/totp/activate/",
    "/account/2fa/recovery-codes/generate/",
    "/account/sessions/",
    "/account/reauthenticate/",
]
LATIN = re.compile(r"[A-Za-z]{3,}")
ALLOWED = {"TOTP", "user"}


def english(response: Any, *known: str) -> set[str]:
    body = re.sub(r"<code>.*?</code>|<script.*?</script>", "", response.content.decode(), flags=re.S)
    words = re.sub(r"<[^>]+>", " ", body)
    for name in known:
        words = words.replace(name, "")
    return set(LATIN.findall(words)) - ALLOWED


@pytest.mark.parametrize("address", PAGES)
def test_account_pages_are_chinese_throughout(client: Client, user: User, address: str) -> None:
    log_in(client, user.username)
    if address != "/account/reauthenticate/":
        confirm(client)
    response = client.get(address, follow=True)
    assert response.status_code == 200
    assert english(response, user.username) == set()


@pytest.mark.parametrize("address", [CHANGE, "/account/2fa/totp/activate/", "/account/reauthenticate/", LOGIN])
def test_error_messages_are_chinese(client: Client, user: User, address: str) -> None:
    if address != LOGIN:
        log_in(client, user.username)
        confirm(client)
    for data in ({}, {"code": "000000", "oldpassword": "x", "password1": "abc", "password2": "y", "password": "z"}):
        response = client.post(address, data)
        assert response.status_code == 200
        assert english(response, user.username) == set()
        assert "error-summary" in response.content.decode()


def test_entrance_pages_are_chinese(client: Client) -> None:
    for address in (LOGIN, "/account/inactive/"):
        assert english(client.get(address)) == set()
