"""The 申报书 as a task list of short pages, and everything on one page before it is sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.certification import services
from spectown.certification.counted import counted_of
from spectown.certification.facts import EVIDENCE, county_names, fields_of, present_files, raw_of, reading_of
from spectown.certification.models import Application
from spectown.core.certification.fields import Field
from spectown.lib.proofs.check import ACCEPT, KINDS
from spectown.lib.refusal import Refused
from spectown.web.certification.compared import compared
from spectown.web.certification.forms import AnswerForm, raw_from, sections, words
from spectown.web.certification.shown import is_material
from spectown.web.certification.views.detail import crumbs, may_fill, visible
from spectown.web.http import Request, needs, page, wants_fragment

FILE = "file_"


@dataclass(frozen=True, slots=True)
class Part:
    """One short page: how many of its fields are filled, and whether something in it cannot be read."""

    number: int
    name: str
    fields: list[Field]
    filled: int
    faulty: int
    needed: int

    @property
    def state(self) -> str:
        """Word for the task list."""
        if self.faulty:
            return f"{self.faulty} 处要改"
        if self.needed:
            return f"必填未填 {self.needed} 项"
        return "已填" if self.filled == len(self.fields) else "未填完" if self.filled else "未填"

    @property
    def tone(self) -> str:
        """Colour of the word."""
        if self.faulty or self.needed:
            return "red" if self.faulty else "yellow"
        return "green" if self.filled == len(self.fields) else "neutral"


def parts(application: Application, counties: Iterable[str] = ()) -> list[Part]:
    """The sections with how far each is filled."""
    raw, unreadable = raw_of(application), application.unreadable
    offered = counted_of([application], timezone.localdate())[application.pk].figures
    return [
        Part(
            number,
            name,
            fields,
            sum(field.code in raw for field in fields),
            sum(field.code in unreadable for field in fields),
            sum(field.needed and field.code not in raw and field.code not in offered for field in fields),
        )
        for number, (name, fields) in enumerate(sections(fields_of(application, counties)), start=1)
    ]


@require_POST
@needs(Permission.APPLICATION_FILL)
def create(request: Request) -> HttpResponse:
    """A county starts an application: an empty draft, then its first page."""
    try:
        application = services.create(by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("certification:list")
    return redirect("certification:section", pk=application.pk, number=1)


@require_safe
@needs(Permission.APPLICATION_FILL)
def overview(request: Request, pk: int) -> HttpResponse:
    """The task list: the filler, many times a round, sees what is done and goes on where something is open."""
    found = visible(request, pk)
    if not may_fill(request, found):
        return _not_now(request, found)
    context = {"application": found, "parts": parts(found), "obstacles": services.obstacles(found)}
    return page(request, "certification/edit.html", context, title="填报申报书", crumbs=crumbs(found))


def _not_now(request: Request, found: Application) -> HttpResponse:
    messages.warning(request, f"申报书{found.get_state_display()},现在不能修改。")
    return redirect("certification:application", pk=found.pk)


@require_http_methods(["GET", "POST"])
@needs(Permission.APPLICATION_FILL)
def section(request: Request, pk: int, number: int) -> HttpResponse:
    """One short page of the form, filled by the county; saved with faults and all, also field by field by htmx."""
    found = visible(request, pk)
    if not may_fill(request, found):
        return _not_now(request, found)
    every = parts(found, county_names())
    if not 1 <= number <= len(every):
        raise Http404
    if request.method == "POST":
        return _save(request, found, every[number - 1], len(every))
    return _section(request, found, every[number - 1], raw_of(found))


def _save(request: Request, found: Application, part: Part, last: int) -> HttpResponse:
    typed = raw_from(part.fields, request.POST)
    revision = request.POST.get("revision", "")
    seen = int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 10 else 0
    refused: Refused | None = None
    try:
        saved = services.save_answers(application=found, raw=typed, revision=seen, by=request.actor)
        if not wants_fragment(request):
            _add_files(request, saved, part)
    except Refused as refusal:
        refused = refusal
    found = visible(request, found.pk)
    if wants_fragment(request):
        return _live(request, found, part, refused)
    if refused or any(field.code in found.unreadable for field in part.fields):
        values = {**raw_of(found), **typed}
        status = 409 if isinstance(refused, services.StaleRevision) else 422
        return _section(request, found, part, values, refused, status)
    messages.success(request, "已保存。")
    if "next" in request.POST and part.number < last:
        return redirect("certification:section", pk=found.pk, number=part.number + 1)
    return redirect("certification:edit", pk=found.pk)


def _add_files(request: Request, found: Application, part: Part) -> None:
    for field in filter(is_material, part.fields):
        criterion = field.code.removeprefix(EVIDENCE)
        for file in request.FILES.getlist(FILE + criterion):
            content = file.read()
            services.add_file(
                application=found, criterion=criterion, name=file.name or "", content=content, by=request.actor
            )


def _live(request: Request, found: Application, part: Part, refused: Refused | None) -> HttpResponse:
    """Only what changed around the fields: new revision, state of saving, faults; the fields themselves stay."""
    context = {
        "application": found,
        "slots": [(field.code, message) for field, message in _faults(found, part).values()],
        "refused": refused,
        "now": timezone.localtime(),
        "revision": request.POST.get("revision", "") if refused else found.revision,
    }
    return page(request, "certification/section.html", context, title=part.name, partial="live")


def _faults(found: Application, part: Part) -> dict[str, tuple[Field, str]]:
    """Every field of the page with its fault, empty where it has none."""
    reasons = {fault.field: fault.reason for fault in reading_of(found).faults}
    return {field.code: (field, reasons.get(field.code, "")) for field in part.fields}


def _section(
    request: Request,
    found: Application,
    part: Part,
    values: Mapping[str, object],
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    faults = _faults(found, part)
    faulty = [code for code, (_, message) in faults.items() if message]
    counted = counted_of([found], timezone.localdate())[found.pk]
    beside = {each.field.code: each for each in compared(found, counted)}
    form = AnswerForm(part.fields, values, county_names(), faulty)
    context = {
        "application": found,
        "part": part,
        "parts": parts(found),
        "rows": [
            (form[field.code], field, faults[field.code][1], _files(found, field), beside.get(field.code))
            for field in part.fields
        ],
        "faults": [faults[code] for code in faulty],
        "refused": refused,
        "conflicts": _conflicts(refused, part),
        "accept": ACCEPT,
        "kinds": KINDS,
        "files": [file for field in part.fields for file in _files(found, field) or []],
    }
    return page(request, "certification/section.html", context, title=part.name, crumbs=crumbs(found), status=status)


def _conflicts(refused: Refused | None, part: Part) -> list[dict[str, str]]:
    if not isinstance(refused, services.StaleRevision):
        return []
    fields = {field.code: field for field in part.fields}
    return [
        {
            "label": fields[each.code].heading,
            "before": words(fields[each.code], each.stored),
            "after": words(fields[each.code], each.typed),
        }
        for each in refused.conflicts
        if each.code in fields
    ]


def _files(found: Application, field: Field) -> list[object] | None:
    """Files of the criterion that an evidence field speaks of; None where it speaks of none."""
    if not is_material(field):
        return None
    return [file for file in present_files(found) if EVIDENCE + file.criterion == field.code]


@require_safe
@needs(Permission.APPLICATION_VIEW)
def review(request: Request, pk: int) -> HttpResponse:
    """Everything on one page, before the filler sends it and for the checker to read."""
    found = visible(request, pk)
    raw = raw_of(found)
    beside = {each.field.code: each for each in compared(found, counted_of([found], timezone.localdate())[found.pk])}
    drawn = [
        (part, [(f, words(f, raw.get(f.code)), _files(found, f), beside.get(f.code)) for f in part.fields])
        for part in parts(found)
    ]
    filling = may_fill(request, found)
    context = {
        "application": found,
        "parts": drawn,
        "may_fill": filling,
        "faults": {fault.field: fault.reason for fault in reading_of(found).faults},
        "obstacles": services.obstacles(found) if filling else [],
    }
    return page(request, "certification/review.html", context, title="看一遍", crumbs=crumbs(found))
