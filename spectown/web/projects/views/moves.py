"""A project moves to another stage, stops, or goes on."""

from __future__ import annotations

from typing import cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from spectown.accounts.permissions import Permission
from spectown.lib.refusal import Refused
from spectown.projects import services
from spectown.projects.lists import PROJECTS
from spectown.projects.lists.projects import ACTUAL as DATES
from spectown.projects.models import Project
from spectown.web.http import Request, needs, page
from spectown.web.lists.found import crumbs, own_row_or_404, row_url
from spectown.web.projects.forms import AdvanceForm, CourseForm


def blame(form: forms.Form, fault: Refused | ValidationError) -> None:
    """The reasons of a refusal at the fields they are about; a column that the form does not have, at its date."""
    if isinstance(fault, Refused) or not hasattr(fault, "error_dict"):
        form.add_error(None, str(fault) if isinstance(fault, Refused) else fault.messages)
        return
    for name, reasons in fault.message_dict.items():
        place = name if name in form.fields else "on" if name in DATES and "on" in form.fields else None
        form.add_error(place, reasons)


@require_http_methods(["GET", "POST"])
@needs(Permission.LIST_CHANGE)
def advance(request: Request, pk: int) -> HttpResponse:
    """County and lead units when something happened: it was signed, started, produces."""
    project = cast(Project, own_row_or_404(PROJECTS, request.actor, pk))
    data = request.POST if request.method == "POST" else None
    form = AdvanceForm(data, project=project, initial={"version": project.version})
    if request.method == "POST" and form.is_valid():
        try:
            moved = services.advance(pk=pk, by=request.actor, **form.cleaned_data)
        except (Refused, ValidationError) as fault:
            blame(form, fault)
        else:
            messages.success(request, f"“{moved}”的阶段已变更为{moved.get_stage_display()}。")
            return redirect(row_url(PROJECTS, pk))
    return _page(request, project, form, "变更阶段")


@require_http_methods(["GET", "POST"])
@needs(Permission.LIST_CHANGE)
def course(request: Request, pk: int) -> HttpResponse:
    """County and lead units: the project stops, or goes on again."""
    project = cast(Project, own_row_or_404(PROJECTS, request.actor, pk))
    data = request.POST if request.method == "POST" else None
    form = CourseForm(data, project=project, initial={"version": project.version})
    if request.method == "POST" and form.is_valid():
        try:
            changed = services.change_course(pk=pk, by=request.actor, **form.cleaned_data)
        except (Refused, ValidationError) as fault:
            blame(form, fault)
        else:
            messages.success(request, f"“{changed}”现为{changed.get_course_display()}。")
            return redirect(row_url(PROJECTS, pk))
    return _page(request, project, form, "暂停、终止或恢复")


def _page(request: Request, project: Project, form: forms.Form, title: str) -> HttpResponse:
    context = {"form": form, "project": project, "back": row_url(PROJECTS, project.pk)}
    status = 422 if form.errors else 200
    return page(request, "projects/move.html", context, title=title, crumbs=crumbs(PROJECTS, project), status=status)
