"""Who can log in, for which unit, in which role."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from spectown.accounts.locks import locked_usernames
from spectown.accounts.models import User
from spectown.accounts.permissions import Permission
from spectown.organisations.models import Membership
from spectown.web.chips import chips_of
from spectown.web.http import Request, needs, page, paged
from spectown.web.system.forms import GrantForm, UserFilter


@require_safe
@needs(Permission.USER_VIEW)
def user_list(request: Request) -> HttpResponse:
    """All accounts with unit, roles, last login, state."""
    form = UserFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    locked = locked_usernames()
    context = {
        "form": form,
        "chips": chips_of(request, form),
        "locked": locked,
        "rows": paged(request, _chosen(chosen, locked)),
    }
    return page(request, "system/users.html", context, title="用户", partial="rows")


def _chosen(chosen: dict[str, Any], locked: set[str]) -> QuerySet[User]:
    in_force = Membership.objects.valid_on(timezone.localdate())
    rows = User.objects.prefetch_related(
        Prefetch("memberships", in_force.select_related("unit").order_by("pk"), to_attr="held")
    )
    if text := chosen.get("q", "").strip():
        rows = rows.filter(Q(name__icontains=text) | Q(username__icontains=text))
    if role := chosen.get("role"):
        rows = rows.filter(pk__in=in_force.filter(role=role).values("user"))
    state = chosen.get("state")
    if state == "norole":
        return rows.filter(is_active=True).exclude(pk__in=in_force.values("user"))
    if state == "locked":
        return rows.filter(username__in=locked)
    return rows.filter(is_active=state == "active") if state in {"active", "disabled"} else rows


@require_safe
@needs(Permission.USER_VIEW)
def user(request: Request, pk: int) -> HttpResponse:
    """One account: state, roles now and before, what can be done."""
    return user_page(request, get_object_or_404(User, pk=pk))


def user_page(request: Request, found: User, *, grant: GrantForm | None = None, status: int = 200) -> HttpResponse:
    """The page of one account, with the grant form as it was sent."""
    memberships = list(found.memberships.select_related("unit", "revoked_by").order_by("-pk"))
    today = timezone.localdate()
    current = {m.pk for m in Membership.objects.not_over(today).filter(user=found)}
    context = {
        "person": found,
        "is_self": found.pk == request.actor.user_id,
        "is_locked": found.username.lower() in locked_usernames(),
        "has_factor": Authenticator.objects.filter(user=found).exists(),
        "current": [m for m in memberships if m.pk in current],
        "past": [m for m in memberships if m.pk not in current],
        "grant": grant or GrantForm(),
    }
    return page(request, "system/user.html", context, title=found.name, crumbs=crumbs(), status=status)


def crumbs() -> list[tuple[str, str]]:
    """The way back to the list."""
    return [("用户", reverse("system:users"))]
