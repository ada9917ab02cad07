"""Evidence files of an application."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.certification import services
from spectown.certification.facts import EVIDENCE
from spectown.lib.refusal import Refused
from spectown.web.certification.shown import field_places
from spectown.web.certification.views.detail import visible
from spectown.web.files import kept_file
from spectown.web.http import Request, needs


@require_safe
@needs(Permission.APPLICATION_VIEW)
def download(request: Request, pk: int, file: int) -> HttpResponseBase:
    """Whoever may see the application may see its material; images and PDF open in the browser."""
    stored = get_object_or_404(visible(request, pk).files.filter(removed_at__isnull=True), pk=file)
    return kept_file(stored)


@require_POST
@needs(Permission.APPLICATION_FILL)
def remove(request: Request, pk: int, file: int) -> HttpResponse:
    """A county takes material out, with the reason."""
    found = visible(request, pk)
    stored = get_object_or_404(found.files, pk=file)
    try:
        services.remove_file(file=stored, reason=request.POST.get("reason", ""), by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "材料已移除。")
    place = field_places(found).get(EVIDENCE + stored.criterion)
    return redirect(place or "certification:application", *([] if place else [pk]))
