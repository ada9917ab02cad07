"""A lead becomes a project."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from spectown.accounts.permissions import Permission
from spectown.lib.refusal import Refused
from spectown.projects import services
from spectown.projects.enums import Stage
from spectown.projects.lists import LEADS, PROJECTS
from spectown.projects.models import Lead
from spectown.web.http import Request, needs, page
from spectown.web.lists.found import crumbs, own_row_or_404, require_change, row_url
from spectown.web.projects.forms import ConvertForm
from spectown.web.projects.views.moves import blame


@require_http_methods(["GET", "POST"])
@needs(Permission.LIST_CHANGE)
def convert(request: Request, pk: int) -> HttpResponse:
    """County, when a contract is signed: the lead goes into the list of projects without retyping."""
    lead = cast(Lead, own_row_or_404(LEADS, request.actor, pk))
    require_change(PROJECTS, request.actor)
    for reason in services.conversion_refusals(lead):
        messages.error(request, reason)
        return redirect(row_url(LEADS, pk))
    values = services.prefilled(lead)
    data = request.POST if request.method == "POST" else None
    form = ConvertForm(data, initial={**values, "version": lead.version})
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            project = services.convert(pk=pk, version=given.pop("version"), values=given, by=request.actor)
        except (Refused, ValidationError) as fault:
            blame(form, fault)
        else:
            messages.success(request, f"已转为项目“{project}”,其余内容可以接着补充。")
            return redirect(row_url(PROJECTS, project.pk))
    context = {"form": form, "lead": lead, "stage": Stage(values["stage"]).label, "back": row_url(LEADS, pk)}
    status = 422 if form.errors else 200
    return page(request, "projects/convert.html", context, title="转为项目", crumbs=crumbs(LEADS, lead), status=status)
