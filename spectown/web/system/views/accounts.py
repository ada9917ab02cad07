"""What the system administrator does with accounts."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from spectown.accounts import services
from spectown.accounts.models import User
from spectown.accounts.permissions import Permission
from spectown.lib.refusal import Refused
from spectown.web.http import Request, attempted, kept, needs, page
from spectown.web.system.forms import UserForm
from spectown.web.system.views.users import crumbs


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.USER_CHANGE)
def user_create(request: Request) -> HttpResponse:
    """Make an account and show its temporary password once."""
    form = UserForm(request.POST if request.method == "POST" else None)
    made = kept(form, lambda: services.create_user(by=request.actor, **form.cleaned_data))
    if made is not None:
        return _password(request, *made, "账号已建立")
    status = 422 if form.errors else 200
    return page(request, "system/user_create.html", {"form": form}, title="新建用户", crumbs=crumbs(), status=status)


def _password(request: Request, user: User, password: str, title: str) -> HttpResponse:
    """The only time the temporary password is shown: the answer to the POST itself, kept nowhere."""
    return page(request, "system/password.html", {"person": user, "password": password}, title=title, crumbs=crumbs())


@never_cache
@require_POST
@needs(Permission.USER_CHANGE)
def user_password(request: Request, pk: int) -> HttpResponse:
    """Reset the password and show the temporary one once."""
    person = get_object_or_404(User, pk=pk)
    try:
        password = services.reset_password(user=person, reason=request.POST.get("reason", ""), by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("system:user", pk=pk)
    return _password(request, person, password, "口令已重置")


def _reasoned(request: Request, pk: int, service: Callable[..., None], done: str) -> HttpResponse:
    """Call a service that asks only for a reason, and say how it went."""
    person = get_object_or_404(User, pk=pk)

    def change() -> str:
        service(user=person, reason=request.POST.get("reason", ""), by=request.actor)
        return f"{person.name}{done}。"

    attempted(request, change)
    return redirect("system:user", pk=pk)


@require_POST
@needs(Permission.USER_CHANGE)
def user_disable(request: Request, pk: int) -> HttpResponse:
    """Switch an account off."""
    return _reasoned(request, pk, services.disable, "的账号已停用")


@require_POST
@needs(Permission.USER_CHANGE)
def user_enable(request: Request, pk: int) -> HttpResponse:
    """Switch an account on again."""
    return _reasoned(request, pk, services.enable, "的账号已启用")


@require_POST
@needs(Permission.USER_CHANGE)
def user_unlock(request: Request, pk: int) -> HttpResponse:
    """Lift a lock-out."""
    return _reasoned(request, pk, services.unlock, "的账号已解除锁定")


@require_POST
@needs(Permission.USER_CHANGE)
def user_factor(request: Request, pk: int) -> HttpResponse:
    """Take the second factor off."""
    return _reasoned(request, pk, services.reset_second_factor, "的二次验证已清除")
