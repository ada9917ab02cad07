"""One frozen figure: what it says, and the cells behind it, each leading to its form, person and document."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.evaluation.models import Evaluation, Participant, SnapshotValue
from spectown.evaluation.sources import cells_of
from spectown.evaluation.standing import taken
from spectown.organisations.actors import Actor
from spectown.web.evaluation.seen import is_inside, sees_work, visible, way
from spectown.web.http import Request, needs, page


@require_safe
@needs(Permission.EVALUATION_VIEW)
def figure(request: Request, key: str, pk: int) -> HttpResponse:
    """A county before it answers, the office when it is asked: what was this figure made of?"""
    found = visible(request, key)
    rows = SnapshotValue.objects.select_related("participant__town", "participant__snapshot")
    value = get_object_or_404(rows, pk=pk, participant__snapshot__evaluation=found)
    if not _may_see(request.actor, found, value.participant):
        raise Http404("不是本单位的专业镇,或者结果还没有公布")
    meaning, cells = taken(value.participant.snapshot).meanings[value.code], cells_of(value, found.year, request.actor)
    context = {"evaluation": found, "value": value, "meaning": meaning, "cells": cells}
    back = (value.participant.name, reverse("evaluation:town", args=[key, value.participant.town.code]))
    crumbs = [*way(found), back]
    return page(request, "evaluation/figure.html", context, title=f"{meaning.name}的数据依据", crumbs=crumbs)


def _may_see(actor: Actor, evaluation: Evaluation, person: Participant) -> bool:
    """Inside all; others their own towns of what is worked on, and what is public."""
    edition = evaluation.edition
    public = edition is not None and edition.result.snapshot_id == person.snapshot_id
    own = sees_work(actor, evaluation) and Participant.objects.of(actor).filter(pk=person.pk).exists()
    return is_inside(actor) or public or own
