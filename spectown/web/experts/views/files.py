"""Files of a case for its experts: the material of the version that they read, photos of visits, the printed sheet."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.core.documentkinds.facts import FactsFault
from spectown.lib.refusal import Refused
from spectown.rounds.models import Seat, VisitNote
from spectown.rounds.reading import refusals
from spectown.rounds.sheets import newest_version
from spectown.web.experts.paper import sheet_pdf
from spectown.web.experts.shown import material_rows, proofs
from spectown.web.experts.views.panel import visible
from spectown.web.experts.views.scoring import own
from spectown.web.files import PDF, POLICY, kept_file
from spectown.web.http import Request, needs


@require_safe
@needs(Permission.CASE_SCORE)
def file(request: Request, pk: int, kind: str, file: int) -> HttpResponseBase:
    """An expert opens material after the declaration: only what the version that is read holds."""
    seat = own(request, pk)
    if refusals(seat):
        raise Http404
    if kind == "note":
        note = get_object_or_404(seat.visit_notes, pk=file)
        return kept_file(note)
    read = seat.version or newest_version(seat.case)
    newest = newest_version(seat.case)
    shown = [f for version in (read, newest) for f in (*material_rows(seat, version), *proofs(seat, version))]
    if not any((each.kind, each.pk) == (kind, file) for each in shown):
        raise Http404
    if kind == "material":
        material = get_object_or_404(seat.case.materials, pk=file)
        return kept_file(material)
    proof = get_object_or_404(seat.case.application.files, pk=file)
    return kept_file(proof)


@require_safe
@needs(Permission.CASE_EXAMINE)
def case_note_file(request: Request, pk: int, file: int) -> HttpResponseBase:
    """The office opens a record of a visit."""
    notes: QuerySet[VisitNote] = visible(request, pk).visit_notes.all()
    note = get_object_or_404(notes, pk=file)
    return kept_file(note)


@require_safe
@needs(Permission.CASE_SCORE)
def sheet(request: Request, pk: int) -> HttpResponseBase:
    """The own sheet as 专家评审表, to be signed on paper: empty for writing, or with what was scored."""
    seat: Seat = own(request, pk)
    try:
        data = b"" if refusals(seat) else sheet_pdf(seat)
    except (FactsFault, Refused) as fault:
        messages.error(request, str(fault))
        return redirect("experts:seat", pk=pk)
    if not data:
        raise Http404
    return HttpResponse(
        data,
        content_type=PDF,
        headers={"Content-Security-Policy": POLICY[PDF], "Content-Disposition": 'inline; filename="sheet.pdf"'},
    )
