"""The right of reply: a county's own figures and objections, the office's answers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.core.evaluation.lifecycle import OBJECTION
from spectown.evaluation.models import Evaluation, Participant, Reply, SnapshotValue
from spectown.evaluation.services import replying as services
from spectown.evaluation.services.replying import Objection
from spectown.evaluation.standing import snapshot_row, taken, units_to_answer
from spectown.web.evaluation.forms import AnswerForm, ObjectionForm
from spectown.web.evaluation.seen import REPLY_TONES, is_inside, latest_snapshot, shown_result, tabs, visible, way
from spectown.web.files import kept_file
from spectown.web.http import Request, attempted, kept, needs, page


@require_safe
@needs(Permission.EVALUATION_VIEW)
def replies(request: Request, year: int) -> HttpResponse:
    """A county its own objections, the office all that were sent; what was asked, answered, put right."""
    found = visible(request, year)
    shown_result(found)
    snapshot = snapshot_row(found)
    names = dict(taken(snapshot).meanings)
    rows = list(
        Reply.objects.visible_to(request.actor)
        .filter(value__participant__snapshot=snapshot)
        .select_related("value__participant__town", "raised_by", "sent_by", "answered_by")
    )
    units = units_to_answer(found) if found.state == "replies" else []
    context: dict[str, Any] = {
        "evaluation": found,
        "tabs": tabs(request, found, "replies"),
        "rows": rows,
        "items": [_item(request, row, found, names) for row in rows],
        "inside": is_inside(request.actor),
        "waiting": units,
        "towns": list(Participant.objects.of(request.actor).filter(snapshot=snapshot).select_related("town")),
        "may_confirm": found.state == "replies"
        and request.actor.may(Permission.EVALUATION_SEND)
        and request.actor.unit_id in {unit.pk for unit in units},
    }
    return page(request, "evaluation/replies.html", context, title="意见", crumbs=way(found))


def _item(request: Request, row: Reply, found: Evaluation, names: dict[str, Any]) -> dict[str, Any]:
    meaning = names.get(row.value.code)
    moves = [m for m in OBJECTION.moves if row.state in m.sources and request.actor.may(m.permission)]
    plain = [m for m in moves if not m.reason]
    return {
        "row": row,
        "tone": REPLY_TONES[row.state],
        "name": meaning.name if meaning else row.value.code,
        "unit": meaning.unit if meaning else "",
        "plain": [(m, services.refusals(reply=row, code=m.code, by=request.actor)) for m in plain],
        "form": AnswerForm(initial={"after": row.asked}, prefix=f"r{row.pk}")
        if found.state == "replies" and any(m.code == "accept" for m in moves)
        else None,
    }


@require_POST
@needs(Permission.EVALUATION_VIEW)
def move(request: Request, year: int, pk: int, code: str) -> HttpResponse:
    """Send, withdraw; accept with the figure, refuse."""
    found = visible(request, year)
    if code not in {each.code for each in OBJECTION.moves}:
        raise Http404("没有这个动作")
    row = get_object_or_404(
        Reply.objects.visible_to(request.actor), pk=pk, value__participant__snapshot__evaluation=found
    )
    form = AnswerForm(request.POST, prefix=f"r{pk}")
    form.is_valid()
    reason = form.cleaned_data.get("reason", "")
    after: Decimal | None = form.cleaned_data.get("after")

    def change() -> str:
        services.move_reply(reply=row, code=code, by=request.actor, reason=reason, after=after)
        return f"已{OBJECTION.move(code).label}。"

    attempted(request, change)
    return redirect("evaluation:replies", year=year)


@require_safe
@needs(Permission.EVALUATION_VIEW)
def file(request: Request, year: int, pk: int) -> HttpResponseBase:
    """The file that proves an objection, for whoever may see the objection."""
    found = visible(request, year)
    rows = Reply.objects.visible_to(request.actor).filter(value__participant__snapshot__evaluation=found)
    return kept_file(get_object_or_404(rows, pk=pk))


@require_http_methods(["GET", "POST"])
@needs(Permission.EVALUATION_REPLY)
def object_to(request: Request, year: int, pk: int) -> HttpResponse:
    """The county's first person objects to one figure."""
    found = visible(request, year)
    own = Participant.objects.answered_by(request.actor).filter(snapshot=latest_snapshot(found))
    value = get_object_or_404(SnapshotValue.objects.select_related("participant__town"), pk=pk, participant__in=own)
    meaning = taken(snapshot_row(found)).meanings[value.code]
    posted = request.method == "POST"
    form = ObjectionForm(*((request.POST, request.FILES) if posted else ()), value=value, unit=meaning.unit)

    def change() -> Reply:
        said = dict(form.cleaned_data)
        upload = said.pop("file")
        objection = Objection(**said, file_name=upload.name or "", content=upload.read())
        return services.raise_reply(value=value, objection=objection, by=request.actor)

    if kept(form, change) is not None:
        messages.success(request, "已填写,请本单位审核人审核后提出。")
        return redirect("evaluation:replies", year=year)
    context = {"form": form, "value": value, "meaning": meaning, "evaluation": found}
    back = (value.participant.name, reverse("evaluation:town", args=[year, value.participant.town.code]))
    crumbs = [*way(found), back]
    status = 422 if form.is_bound else 200
    return page(
        request, "evaluation/object.html", context, title=f"对{meaning.name}提出意见", crumbs=crumbs, status=status
    )


@require_POST
@needs(Permission.EVALUATION_SEND)
def confirm(request: Request, year: int) -> HttpResponse:
    """The unit agrees with all figures of its towns."""
    found = visible(request, year)

    def change() -> str:
        services.confirm(evaluation=found, by=request.actor)
        return "已确认本单位各专业镇的评估数据。"

    attempted(request, change)
    return redirect("evaluation:replies", year=year)
