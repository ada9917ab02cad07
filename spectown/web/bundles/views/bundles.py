"""会议包 and 证明材料汇编: made as a job, kept, downloaded."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.certification.models import Application
from spectown.core.projects.months import previous
from spectown.documents.models import Bundle
from spectown.documents.services.bundling import bundle_content
from spectown.jobs.services import enqueue
from spectown.lib.refusal import Refused
from spectown.web.bundles.jobs import EVIDENCE, MEETING
from spectown.web.bundles.meeting import AGENDA
from spectown.web.http import Request, export_response, needs, page, paged
from spectown.web.projects.forms import MonthField

MOST_ITEMS, LONGEST_ITEM = 9, 60  # what the first slide has room for
SHOWN = 50  # applications, latest first
TYPES = {"meeting": "application/zip", "batch": "application/zip", "evidence": "application/pdf"}


class MeetingForm(forms.Form):
    """Of which month, with which agenda."""

    month = MonthField(label="月份", widget=forms.TextInput(attrs={"type": "month"}))
    agenda = forms.CharField(
        label="议程",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=f"一行一项,印在会议材料和幻灯片首页,最多 {MOST_ITEMS} 项。",
    )

    def clean_agenda(self) -> list[str]:
        """The items, as typed, without empty lines."""
        items = [line.strip() for line in self.cleaned_data["agenda"].splitlines() if line.strip()]
        if len(items) > MOST_ITEMS or any(len(item) > LONGEST_ITEM for item in items):
            raise forms.ValidationError(f"议程最多 {MOST_ITEMS} 项,每项最多 {LONGEST_ITEM} 个字。")
        return items


@require_safe
@needs(Permission.DOCUMENT_DRAFT)
def bundle_list(request: Request) -> HttpResponse:
    """The office before a meeting: make the material of a month, find what was made before."""
    return _page(
        request, MeetingForm(initial={"month": "{}-{:02d}".format(*_last_month()), "agenda": "\n".join(AGENDA)})
    )


def _last_month() -> tuple[int, int]:
    today = timezone.localdate()
    return previous((today.year, today.month))


def _page(request: Request, form: MeetingForm, status: int = 200) -> HttpResponse:
    rows = paged(request, Bundle.objects.visible_to(request.actor).select_related("made_by"))
    applications = Application.objects.visible_to(request.actor).select_related("unit").order_by("-checked_at")
    applications = applications.annotate(file_count=Count("files", filter=Q(files__removed_at__isnull=True)))
    context = {"form": form, "rows": rows, "applications": applications[:SHOWN]}
    return page(request, "bundles/list.html", context, title="会议包和材料汇编", status=status)


@require_POST
@needs(Permission.DOCUMENT_DRAFT)
def meeting(request: Request) -> HttpResponse:
    """Ask for the material of a month."""
    form = MeetingForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 422)
    chosen = form.cleaned_data["month"]
    job = enqueue(
        kind=MEETING,
        args={"month": f"{chosen.year}-{chosen.month:02d}", "agenda": form.cleaned_data["agenda"]},
        by=request.actor,
        title=f"生成会议包 {chosen}",
        result_url=reverse("bundles:list"),
    )
    return redirect("jobs:job", job.pk)


@require_POST
@needs(Permission.DOCUMENT_DRAFT)
def evidence(request: Request, pk: int) -> HttpResponse:
    """Ask for the evidence of an application in one PDF."""
    found = get_object_or_404(Application.objects.visible_to(request.actor), pk=pk)
    job = enqueue(
        kind=EVIDENCE,
        args={"application": found.pk},
        by=request.actor,
        title=f"汇编证明材料 {found}",
        result_url=reverse("bundles:list"),
    )
    return redirect("jobs:job", job.pk)


@require_safe
@needs(Permission.DOCUMENT_DRAFT)
def download(request: Request, pk: int) -> HttpResponse:
    """The file as it was made."""
    found = get_object_or_404(Bundle.objects.visible_to(request.actor), pk=pk)
    try:
        content = bundle_content(found)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("bundles:list")
    return export_response(found.name, content, TYPES[found.kind])
