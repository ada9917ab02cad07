"""The county's side of the right of reply: an objection to one figure, or agreement with all of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from spectown.accounts.permissions import Permission
from spectown.evaluation.models import Participant, Reply, SnapshotValue
from spectown.evaluation.services import replying as services
from spectown.evaluation.services.replying import Objection
from spectown.evaluation.sources import cells_of
from spectown.evaluation.standing import snapshot_row, taken
from spectown.web.evaluation.forms import ObjectionForm
from spectown.web.evaluation.seen import latest_snapshot, visible, way
from spectown.web.http import Request, attempted, kept, needs, page


@require_http_methods(["GET", "POST"])
@needs(Permission.EVALUATION_REPLY)
def object_to(request: Request, key: str, pk: int) -> HttpResponse:
    """The county's first person objects to one figure."""
    found = visible(request, key)
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
        return redirect("evaluation:replies", key=key)
    behind = cells_of(value, found.year, request.actor)
    context = {"form": form, "value": value, "meaning": meaning, "evaluation": found, "cells": behind}
    back = (value.participant.name, reverse("evaluation:town", args=[key, value.participant.town.code]))
    crumbs = [*way(found), back]
    status = 422 if form.is_bound else 200
    return page(
        request, "evaluation/object.html", context, title=f"对{meaning.name}提出意见", crumbs=crumbs, status=status
    )


@require_POST
@needs(Permission.EVALUATION_SEND)
def confirm(request: Request, key: str) -> HttpResponse:
    """The unit agrees with all figures of its towns."""
    found = visible(request, key)

    def change() -> str:
        services.confirm(evaluation=found, by=request.actor)
        return "已确认本单位各专业镇的评估数据。"

    attempted(request, change)
    return redirect("evaluation:replies", key=key)
