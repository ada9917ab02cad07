"""The scan of a signature made on paper."""

from __future__ import annotations

from io import BytesIO

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.documents import services
from spectown.lib.refusal import Refused
from spectown.web.documents.views.detail import visible
from spectown.web.files import shown
from spectown.web.http import Request, needs


@require_safe
@needs(Permission.DOCUMENT_VIEW)
def scan(request: Request, pk: int) -> HttpResponseBase:
    """The office and the leaders; receivers see the document, not how it was approved."""
    found = visible(request, pk)
    is_inside = request.actor.may(Permission.DOCUMENT_DRAFT) or request.actor.may(Permission.DOCUMENT_SIGN)
    if found.signature_scan is None or not is_inside:
        raise Http404("没有签批件扫描件")
    try:
        content = services.verified(found.signature_scan)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("documents:document", pk=pk)
    return shown(BytesIO(content), found.signature_scan.name, found.signature_scan.content_type)
