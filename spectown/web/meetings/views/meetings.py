"""Progress meetings: agenda from what is red, decisions that become measures, minutes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.core.supervision.agenda import WORDS, Red
from spectown.core.supervision.agenda import agenda as worst
from spectown.documents.enums import State
from spectown.lib.refusal import Refused
from spectown.supervision.lists.measures import MEASURES
from spectown.supervision.models import AgendaItem, Decision, Meeting
from spectown.supervision.notices.reds import reds
from spectown.supervision.services import meetings as services
from spectown.web.http import Request, attempted, kept, needs, page, paged
from spectown.web.lists.found import row_url
from spectown.web.meetings.forms import DecisionForm, MeetingForm, initial_of
from spectown.web.notices.words import links_of

MOST = 30


def visible_meeting(request: Request, pk: int) -> Meeting:
    """The meeting; 404 where the actor may not see it."""
    return get_object_or_404(Meeting.objects.visible_to(request.actor).select_related("document"), pk=pk)


@require_safe
@needs(Permission.DOCUMENT_BATCH)
def listed(request: Request) -> HttpResponse:
    """The office and the leading group: which meetings were there, what was decided?"""
    rows = Meeting.objects.visible_to(request.actor).annotate(
        topics=Count("agenda", distinct=True), decided=Count("decisions", distinct=True)
    )
    found = paged(request, rows.select_related("document").order_by("-day", "-pk"))
    return page(request, "meetings/list.html", {"rows": found}, title="推进会")


@require_http_methods(["GET", "POST"])
@needs(Permission.PLAN_MANAGE)
def new(request: Request) -> HttpResponse:
    """The office plans a meeting; its agenda comes next."""
    form = MeetingForm(request.POST if request.method == "POST" else None, initial={"day": timezone.localdate()})
    made = kept(form, lambda: services.begin(facts=form.facts(), by=request.actor))
    if made is not None:
        return redirect("meetings:agenda", pk=made.pk)
    status = 422 if form.is_bound else 200
    return page(request, "meetings/edit.html", {"form": form}, title="安排推进会", crumbs=_crumbs(), status=status)


@require_http_methods(["GET", "POST"])
@needs(Permission.PLAN_MANAGE)
def edit(request: Request, pk: int) -> HttpResponse:
    """Who came, what was said."""
    found = visible_meeting(request, pk)
    form = MeetingForm(request.POST if request.method == "POST" else None, initial=initial_of(found))
    if kept(form, lambda: services.change(meeting=found, facts=form.facts(), by=request.actor)):
        messages.success(request, "已保存。")
        return redirect("meetings:meeting", pk=pk)
    status = 422 if form.is_bound else 200
    context = {"form": form, "meeting": found}
    return page(request, "meetings/edit.html", context, title="修改会议", crumbs=_crumbs(found), status=status)


@require_http_methods(["GET", "POST"])
@needs(Permission.PLAN_MANAGE)
def agenda(request: Request, pk: int) -> HttpResponse:
    """Choose from what is red today; own topics one a line."""
    found = visible_meeting(request, pk)
    proposed = worst(reds(timezone.localdate()), MOST)
    if request.method == "POST":
        items = _chosen(request, proposed)

        def change() -> str:
            services.set_agenda(meeting=found, items=items, by=request.actor)
            return f"议程共 {len(items)} 项。"

        attempted(request, change)
        return redirect("meetings:meeting", pk=pk)
    chosen = list(found.agenda.all())
    keys, links = {item.key for item in chosen}, links_of(red.key for red in proposed)
    context = {
        "meeting": found,
        "proposed": [(red, WORDS[red.kind], links.get(red.key, ""), red.key in keys) for red in proposed],
        "own": "\n".join(item.title for item in chosen if not item.key),
    }
    return page(request, "meetings/agenda.html", context, title="议程", crumbs=_crumbs(found))


def _chosen(request: Request, proposed: list[Red]) -> list[Red]:
    wanted = set(request.POST.getlist("key"))
    own = [line.strip() for line in request.POST.get("own", "").splitlines() if line.strip()]
    return [red for red in proposed if red.key in wanted] + [Red("", text, "", "") for text in own[:MOST]]


@require_safe
@needs(Permission.DOCUMENT_BATCH)
def meeting_page(request: Request, pk: int) -> HttpResponse:
    """In the room: agenda above, decisions below, one after the other."""
    found = visible_meeting(request, pk)
    last = found.decisions.order_by("pk").last()
    initial = {"clause": last.clause, "deadline": last.deadline} if last else {}
    return _meeting(request, found, DecisionForm(initial=initial, actor=request.actor))


def _meeting(request: Request, found: Meeting, form: DecisionForm, status: int = 200) -> HttpResponse:
    document = found.document
    open_ = document is None or document.state == State.VOIDED
    items = list(found.agenda.all())
    links = links_of(item.key for item in items)
    context = {
        "meeting": found,
        "agenda": [(item, _kind(item), links.get(item.key, "")) for item in items],
        "decisions": [
            (row, row_url(MEASURES, row.measure_id) if row.measure_id else "")
            for row in found.decisions.select_related("unit", "measure")
        ],
        "form": form,
        "open": open_ and request.actor.may(Permission.PLAN_MANAGE),
    }
    return page(request, "meetings/meeting.html", context, title=str(found), crumbs=_crumbs(), status=status)


def _kind(item: AgendaItem) -> str:
    return WORDS.get(item.key.partition(":")[0], "议题")


@require_POST
@needs(Permission.PLAN_MANAGE)
def decide(request: Request, pk: int) -> HttpResponse:
    """Write down a decision; the form stands ready for the next one."""
    found = visible_meeting(request, pk)
    form = DecisionForm(request.POST, actor=request.actor)

    def change() -> Any:
        propose = form.cleaned_data["propose"]
        return services.decide(meeting=found, decided=form.decided(), by=request.actor, propose=propose)

    made = kept(form, change)
    if made is None:
        return _meeting(request, found, form, status=422)
    said = "已提请审定" if form.cleaned_data["propose"] else "已列为措施草稿"
    messages.success(request, f"已记下,{said}:{made.text}。")
    return redirect(f"{reverse('meetings:meeting', args=[pk])}#decide")


@require_POST
@needs(Permission.PLAN_MANAGE)
def undecide(request: Request, pk: int) -> HttpResponse:
    """The office takes out what was written down wrongly, with its measure."""
    seen = Meeting.objects.visible_to(request.actor)
    found = get_object_or_404(Decision.objects.select_related("meeting", "measure", "unit"), pk=pk, meeting__in=seen)

    def change() -> str:
        services.undecide(decision=found, reason=request.POST.get("reason", ""), by=request.actor)
        return f"已删去:{found.text}。"

    attempted(request, change)
    return redirect(f"{reverse('meetings:meeting', args=[found.meeting_id])}#decisions")


@require_POST
@needs(Permission.DOCUMENT_DRAFT)
def minutes(request: Request, pk: int) -> HttpResponse:
    """The office begins the minutes; they are gone on with under 公文."""
    found = visible_meeting(request, pk)
    try:
        made = services.draft_minutes(meeting=found, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("meetings:meeting", pk=pk)
    messages.success(request, "已按会议记录起草纪要,请核对并补充后保存。")
    return redirect("documents:edit", pk=made.pk)


def _crumbs(meeting: Meeting | None = None) -> list[tuple[str, str]]:
    above = [("推进会", reverse("meetings:list"))]
    return [*above, (str(meeting), reverse("meetings:meeting", args=[meeting.pk]))] if meeting else above
