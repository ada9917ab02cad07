"""发送记录: all messages for the office; stop and go, dry run, sending again."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.outbox import services
from spectown.outbox.enums import Delivery as At
from spectown.outbox.enums import State
from spectown.outbox.models import Delivery, Halt, Message, current_halt
from spectown.outbox.preview import MOST, preview
from spectown.supervision.models import DueRun
from spectown.web.chips import chips_of
from spectown.web.http import Request, attempted, needs, page, paged
from spectown.web.outbox.forms import MessageFilter

FAILED = Exists(Delivery.objects.filter(message=OuterRef("pk"), state=At.FAILED))
LOST = Q(state=State.FAILED) | Q(FAILED)


@require_safe
@needs(Permission.OUTBOX_MANAGE)
def message_list(request: Request) -> HttpResponse:
    """All messages, newest first, with the state of every way."""
    form = MessageFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = _chosen(chosen).select_related("receiver", "unit").prefetch_related("deliveries").order_by("-pk")
    context = {
        "form": form,
        "chips": chips_of(request, form),
        "rows": paged(request, rows),
        "halt": current_halt(),
        "run": DueRun.objects.first(),
        **Message.objects.filter(LOST | Q(state=State.WAITING)).aggregate(
            waiting=Count("pk", filter=Q(state=State.WAITING)), failed=Count("pk", filter=LOST)
        ),
    }
    return page(request, "outbox/list.html", context, title="发送记录", partial="rows")


def _chosen(chosen: dict[str, Any]) -> QuerySet[Message]:
    rows = Message.objects.all()
    state, kind, text = (chosen.get(name, "").strip() for name in ("state", "kind", "q"))
    if state == "undelivered":
        rows = rows.filter(FAILED)
    elif state:
        rows = rows.filter(state=state)
    if kind:
        rows = rows.filter(kind=kind)
    if text:
        rows = rows.filter(Q(receiver__name__icontains=text) | Q(title__icontains=text) | Q(meant_for__icontains=text))
    return rows


@require_safe
@needs(Permission.OUTBOX_MANAGE)
def message(request: Request, pk: int) -> HttpResponse:
    """One message: for whom, why, its words, every way with its fault."""
    found = get_object_or_404(Message.objects.select_related("receiver", "unit").prefetch_related("deliveries"), pk=pk)
    ways = list(found.deliveries.all())
    may_again = found.receiver_id is not None and (
        found.state == State.FAILED or any(way.state == At.FAILED for way in ways)
    )
    context = {"message": found, "ways": ways, "may_again": may_again}
    crumbs = [("发送记录", reverse("outbox:list"))]
    return page(request, "outbox/message.html", context, title=str(found), crumbs=crumbs)


@require_POST
@needs(Permission.OUTBOX_MANAGE)
def again(request: Request, pk: int) -> HttpResponse:
    """Send what failed once more."""
    found = get_object_or_404(Message, pk=pk)

    def change() -> str:
        services.again(message=found, by=request.actor)
        return "已重新排队,一两分钟内再发。"

    attempted(request, change)
    return redirect("outbox:message", pk)


@require_safe
@needs(Permission.OUTBOX_MANAGE)
def dry_run(request: Request) -> HttpResponse:
    """Who would be told what now; nothing is sent."""
    context = {"found": preview(timezone.now()), "most": MOST, "halt": current_halt()}
    crumbs = [("发送记录", reverse("outbox:list"))]
    return page(request, "outbox/dry_run.html", context, title="试发", crumbs=crumbs)


@require_POST
@needs(Permission.OUTBOX_MANAGE)
def stop(request: Request) -> HttpResponse:
    """The kill switch: off."""

    def change() -> str:
        services.stop(reason=request.POST.get("reason", ""), by=request.actor)
        return "已停发。消息照常产生并排队,恢复后按当时的情况发送。"

    attempted(request, change)
    return redirect("outbox:list")


@require_POST
@needs(Permission.OUTBOX_MANAGE)
def resume(request: Request) -> HttpResponse:
    """The kill switch: on again."""

    def change() -> str:
        row: Halt = services.resume(by=request.actor)
        return f"已恢复发送(停发自 {timezone.localtime(row.stopped_at):%Y-%m-%d %H:%M})。"

    attempted(request, change)
    return redirect("outbox:list")
