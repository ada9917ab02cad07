"""Session limits, the actor of a request, and refusals as pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.functional import SimpleLazyObject

from spectown.accounts.models import User
from spectown.organisations.actors import PUBLIC, Actor, NotAllowed, actor_for, memberships_on
from spectown.organisations.models import Membership
from spectown.web import errors
from spectown.web.http import wants_fragment

GetResponse = Callable[[HttpRequest], HttpResponseBase]
SEEN_EVERY = 60  # seconds between two notes of "last seen": one session write a minute at most
REDIRECTS = (301, 302, 303)
CHOICE = "membership_id"
# Pages that somebody without a role, or who must change the password first, can still reach.
ACCOUNT_PAGES = ("account_", "mfa_", "usersessions_", "account:")


def is_public(view: object) -> bool:
    """True for views marked @login_not_required."""
    return not getattr(view, "login_required", True)


def is_account_page(request: HttpRequest) -> bool:
    """True for login, password, second factor and the like."""
    match = request.resolver_match
    return bool(match) and match is not None and match.view_name.startswith(ACCOUNT_PAGES)


class FragmentMiddleware:
    """Sends htmx to another page by header: a redirect would put the whole page into the fragment's place."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Redirects become HX-Redirect, with what the answer carries (cookies, messages) kept."""
        response = self.get_response(request)
        if not wants_fragment(request) or response.status_code not in REDIRECTS:
            return response
        target = response.headers["Location"]
        del response.headers["Location"]
        # After login the reader wants the page again, not the fragment that was asked for.
        is_login = target.partition("?")[0] == reverse("account_login")
        response.headers["HX-Redirect"] = login_address(request) if is_login else target
        response.status_code = 204
        return response


class SessionLimitMiddleware:
    """Ends a session after idle time, and after a fixed time since login however busy it was."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The check needs the view and comes later; here pages of logged-in users are kept out of caches."""
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    def process_view(
        self, request: HttpRequest, view: object, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Log out where a limit has passed; public pages then go on as for anybody."""
        if not request.user.is_authenticated:
            return None
        now = timezone.now().timestamp()
        reason = self._over(request, now)
        if reason is None:
            return None
        logout(request)
        if is_public(view):
            return None
        messages.warning(request, reason)
        return redirect(login_address(request))

    def _over(self, request: HttpRequest, now: float) -> str | None:
        session = request.session
        login_at = session.setdefault("login_at", now)
        last_seen = session.setdefault("last_seen", now)
        if now - last_seen > settings.SESSION_IDLE_SECONDS:
            return f"您已超过 {settings.SESSION_IDLE_SECONDS // 60} 分钟没有操作,为保护数据已退出,请重新登录。"
        if now - login_at > settings.SESSION_COOKIE_AGE:
            return f"本次登录已满 {settings.SESSION_COOKIE_AGE // 3600} 小时,请重新登录。"
        if now - last_seen >= SEEN_EVERY:
            session["last_seen"] = now
        return None


def login_address(request: HttpRequest) -> str:
    """The login page, with the way back to where the reader stood (not after a plain POST)."""
    htmx = getattr(request, "htmx", None)
    back = htmx.current_url_abs_path if htmx else request.get_full_path() if request.method == "GET" else None
    return reverse("account_login") + (f"?{urlencode({'next': back})}" if back else "")


class ActorMiddleware:
    """Puts `request.actor` and `request.memberships`: one query, made when first asked for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Set the two lazily."""
        request.memberships = SimpleLazyObject(lambda: _memberships(request))  # type: ignore[attr-defined]
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Stop those who must change their password first, and those who hold no role."""
        user = request.user
        if not isinstance(user, User) or is_public(view) or is_account_page(request):
            return None
        if user.must_change_password:
            messages.warning(request, "这是初次登录或口令已被重置,请先改为自己的口令。")
            return redirect("account_change_password")
        if not request.memberships:  # type: ignore[attr-defined]
            return render(request, "account/no_membership.html", {"title": "尚未授予角色", "crumbs": []}, status=403)
        return None


def _memberships(request: HttpRequest) -> list[Membership]:
    user = request.user
    return memberships_on(user, timezone.localdate()) if isinstance(user, User) else []


def _actor(request: HttpRequest) -> Actor:
    user, address = request.user, client_address(request)
    if not isinstance(user, User):
        return PUBLIC
    rows: list[Membership] = list(request.memberships)  # type: ignore[attr-defined]
    if not rows:
        return Actor(user_id=user.pk, name=user.name, address=address)
    chosen = request.session.get(CHOICE)
    return actor_for(next((m for m in rows if m.pk == chosen), rows[0]), address)


def client_address(request: HttpRequest) -> str:
    """Where the request came from; a proxy must set REMOTE_ADDR, its headers are not believed."""
    return str(request.META.get("REMOTE_ADDR", ""))


class RefusalMiddleware:
    """Turns NotAllowed into the 403 page that says which permission is missing."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on; exceptions come to process_exception."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """403 for NotAllowed; everything else is somebody else's."""
        return errors.forbidden(request, exception) if isinstance(exception, NotAllowed) else None
