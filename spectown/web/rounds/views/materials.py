"""Materials of a case and the answers to a correction."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.certification.facts import county_names, fields_of
from spectown.lib.refusal import Refused
from spectown.rounds.items import FIELD
from spectown.rounds.services import examining, materials
from spectown.web.certification.forms import raw_from
from spectown.web.files import accepted, kept_file
from spectown.web.http import Request, needs
from spectown.web.rounds.days import day_of
from spectown.web.rounds.materialsshown import may_open
from spectown.web.rounds.views.cases import visible_case


@require_POST
@needs(Permission.APPLICATION_FILL)
def put(request: Request, pk: int, item: str) -> HttpResponse:
    """A county uploads or replaces the file of one item."""
    found = visible_case(request, pk)
    try:
        sent = accepted(request.FILES.get("file"))
        kept = materials.put(
            case=found,
            item=item,
            name=sent.name or "",
            content=sent.read(),
            by=request.actor,
            expires_on=day_of(request.POST.get("expires_on", "")),
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已保存“{kept.name}”。")
    return redirect(f"{reverse('rounds:case', args=[pk])}#material-{item}")


@require_safe
@xframe_options_sameorigin
@needs(Permission.APPLICATION_VIEW)
def material(request: Request, pk: int, file: int) -> HttpResponseBase:
    """Whoever may see the case: the file; images and PDF open in the browser."""
    found = visible_case(request, pk)
    stored = get_object_or_404(found.materials, pk=file)
    if not may_open(found, stored, request.actor):
        raise Http404("没有这个文件")
    return kept_file(stored)


@require_POST
@needs(Permission.APPLICATION_FILL)
def answer(request: Request, pk: int) -> HttpResponse:
    """A county answers one item of a correction; a field of the form is corrected with it."""
    found = visible_case(request, pk)
    item, text = request.POST.get("item", ""), request.POST.get("text", "")
    field = next((f for f in fields_of(found.application, county_names()) if FIELD + f.code == item), None)
    try:
        if field is None:
            examining.answer(case=found, item=item, text=text, by=request.actor)
        else:
            raw = raw_from([field], request.POST)
            examining.answer_field(case=found, item=item, raw=raw, text=text, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "已记录补正。")
    return redirect(f"{reverse('rounds:case', args=[pk])}#corrections")
