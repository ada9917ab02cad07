"""消息: what was sent to the person who looks."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.outbox import reading
from spectown.outbox.models import Message
from spectown.web.http import Request, needs, page, paged


@require_safe
@needs(Permission.WORKBENCH)
def inbox(request: Request) -> HttpResponse:
    """Own messages, the newest first; with `?only=unread` those not opened yet."""
    own, only = Message.objects.inbox_of(request.actor.user_id), request.GET.get("only", "")
    unread = Message.objects.unread_by(request.actor.user_id)
    rows = paged(request, (unread if only == "unread" else own).order_by("-pk"))
    context = {"rows": rows, "unread": unread.count(), "only": only}
    return page(request, "outbox/inbox.html", context, title="消息", partial="rows")


@require_POST
@needs(Permission.WORKBENCH)
def open_message(request: Request, pk: int) -> HttpResponse:
    """Mark as read and go on to its page."""
    found = get_object_or_404(Message.objects.inbox_of(request.actor.user_id), pk=pk)
    reading.read(message=found, by=request.actor)
    return redirect(found.url or "outbox:inbox")


@require_POST
@needs(Permission.WORKBENCH)
def read_all(request: Request) -> HttpResponse:
    """Mark everything as read."""
    messages.success(request, f"已把 {reading.read_all(by=request.actor)} 条消息标为已读。")
    return redirect("outbox:inbox")
