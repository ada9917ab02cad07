"""What is written about a case for a later step: statement, report of rectification, the province's document."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from spectown.accounts.permissions import Permission
from spectown.lib.refusal import Refused
from spectown.rounds.services import notes
from spectown.web.http import Request, needs
from spectown.web.rounds.views.cases import visible_case


@require_POST
@needs(Permission.APPLICATION_VIEW)
def note(request: Request, pk: int) -> HttpResponse:
    """A county states its view or reports what it has put right; the office notes what it heard, or the province."""
    found, given = visible_case(request, pk), request.POST
    try:
        made = notes.write(case=found, kind=given.get("kind", ""), text=given.get("text", ""), by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已登记{made.get_kind_display()}。")
    return redirect(f"{reverse('rounds:case', args=[pk])}#notes")
