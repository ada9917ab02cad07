"""消息设置: which messages come by which ways."""

from __future__ import annotations

from django.conf import settings as django_settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from spectown.accounts.models import User
from spectown.accounts.permissions import Permission
from spectown.outbox import services
from spectown.outbox.enums import Channel
from spectown.outbox.models import Feed
from spectown.web.http import Request, attempted, kept, needs, page
from spectown.web.outbox.forms import WaysForm, preference_of


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.WORKBENCH)
def settings(request: Request) -> HttpResponse:
    """Show and keep the choice."""
    user = _self(request)
    form = WaysForm(request.POST if request.method == "POST" else None, user=user, row=preference_of(user))
    made = kept(form, lambda: services.choose(ways=form.ways(), by=request.actor)) if form.is_bound else None
    if made is not None:
        messages.success(request, "已保存。")
        return redirect("outbox:settings")
    return settings_page(request, form, status=422 if form.is_bound else 200)


def settings_page(request: Request, form: WaysForm | None = None, address: str = "", status: int = 200) -> HttpResponse:
    """The page; `address`: a calendar's address that was just made, shown this once."""
    user = _self(request)
    context = {
        "form": form or WaysForm(user=user, row=preference_of(user)),
        "channels": Channel.labels,
        "feed": Feed.objects.filter(user=user, revoked_at=None).first(),
        "address": address,
        "has_mail": bool(django_settings.EMAIL_HOST),
    }
    crumbs = [("消息", reverse("outbox:inbox"))]
    return page(request, "outbox/settings.html", context, title="消息设置", crumbs=crumbs, status=status)


@require_POST
@needs(Permission.WORKBENCH)
def trial(request: Request) -> HttpResponse:
    """Send one message to oneself."""

    def change() -> str:
        services.try_out(by=request.actor)
        return "已发出,一两分钟内到达。没有收到的方式,原因写在“发送记录”里,可请领导小组办公室查看。"

    attempted(request, change)
    return redirect("outbox:settings")


def _self(request: Request) -> User:
    return get_object_or_404(User, pk=request.actor.person)
