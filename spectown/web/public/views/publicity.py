"""Publicity (公示) for everybody: what is certified next, until when and how to object, what became of an objection."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from spectown.lib.proofs.check import ACCEPT, KINDS
from spectown.lib.refusal import Refused
from spectown.rounds.models import Objection, Publicity, PublicityEntry, RecheckSample
from spectown.rounds.services import objections
from spectown.web.http import Request, page, paged
from spectown.web.public.forms import ObjectionForm

SAMPLES_SHOWN = 50
RECEIPT = "objection_receipt"  # in the session of whoever has just objected
STANDS = {"publicity": "公示中", "certified": "已认定", "deciding": "重新研究"}


@require_safe
@login_not_required
def publicities(request: Request) -> HttpResponse:
    """Citizens and firms, when a round is decided: which publicities run, which are over?"""
    rows = paged(request, Publicity.objects.filter(entries__isnull=False).distinct().select_related("round"))
    samples = RecheckSample.objects.select_related("round")[:SAMPLES_SHOWN]
    context = {"rows": rows, "samples": samples, "today": timezone.localdate()}
    return page(request, "public/publicities.html", context, title="公示")


@require_safe
@login_not_required
def publicity(request: Request, pk: int) -> HttpResponse:
    """The same readers: which towns, until when, whom to tell what speaks against one of them?"""
    found = get_object_or_404(Publicity.objects.select_related("round"), pk=pk)
    today = timezone.localdate()
    running = found.starts <= today <= found.ends
    entries = found.entries.select_related("case__application", "case__unit", "case__town").order_by("pk")
    context = {
        "publicity": found,
        "running": running,
        "entries": [(entry, _stands(entry), running and _is_open(entry)) for entry in entries],
        "demo": found.round.is_demo,
    }
    return page(request, "public/publicity.html", context, title=found.title, crumbs=_crumbs())


def _crumbs() -> list[tuple[str, str]]:
    return [("公示", reverse("public:publicities"))]


def _is_open(entry: PublicityEntry) -> bool:
    return entry.voided_at is None and entry.case.state == "publicity"


def _stands(entry: PublicityEntry) -> str:
    """What became of it; a publicity that was taken back says only that."""
    return "公示已作废" if entry.voided_at else STANDS.get(entry.case.state, "公示已结束")


@require_http_methods(["GET", "POST"])
@login_not_required
def objection(request: Request, pk: int) -> HttpResponse:
    """Somebody who knows better, without an account: name, contact, what is wrong, the evidence."""
    entry = get_object_or_404(PublicityEntry.objects.select_related("publicity", "case__application"), pk=pk)
    if not _is_open(entry) or not entry.publicity.starts <= timezone.localdate() <= entry.publicity.ends:
        raise Http404("这个专业镇现在不在公示")
    form = ObjectionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = _raised(request, form, entry)
        if made is not None:
            messages.success(request, "异议已收到,请记下查询码。")
            request.session[RECEIPT] = made.receipt
            return redirect("public:objection_state")
    crumbs = [*_crumbs(), (entry.publicity.title, reverse("public:publicity", args=[entry.publicity_id]))]
    context = {"form": form, "entry": entry, "accept": ACCEPT, "kinds": KINDS, "most": objections.MOST_FILES}
    status = 422 if request.method == "POST" else 200
    return page(request, "public/objection.html", context, title="提出异议", crumbs=crumbs, status=status)


def _raised(request: Request, form: ObjectionForm, entry: PublicityEntry) -> Objection | None:
    given = form.cleaned_data
    statement = objections.Statement(given["name"], given["contact"], given["text"], _read(given["evidence"]))
    try:
        return objections.raise_(entry=entry, statement=statement, by=request.actor)
    except Refused as refused:
        form.add_error(None, str(refused))
        return None


def _read(files: list[UploadedFile[bytes]]) -> list[tuple[str, bytes]]:
    return [(file.name or "", file.read()) for file in files]


@require_http_methods(["GET", "POST"])
@login_not_required
@sensitive_post_parameters("code")
def objection_state(request: Request) -> HttpResponse:
    """Whoever objected, later: with the receipt code, how far it is and what was answered. No name is shown.

    The code is sent in the body and never stands in an address, so that no log keeps it.
    """
    typed = request.POST.get("code", "") if request.method == "POST" else request.session.get(RECEIPT, "")
    code = "".join(typed.split()).upper()
    seen = Objection.objects.select_related("entry__case__application", "entry__publicity")
    found = seen.filter(receipt=code).first() if code else None
    context = {"code": code, "found": found}
    status = 404 if code and found is None else 200
    return page(request, "public/objection_state.html", context, title="查询异议", crumbs=_crumbs(), status=status)
