"""What the office changes about a town."""

from __future__ import annotations

import datetime

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_POST

from spectown.accounts.permissions import Permission
from spectown.lib.refusal import Refused
from spectown.towns import services
from spectown.towns.enums import Level
from spectown.towns.models import Town
from spectown.web.http import Request, needs, page
from spectown.web.towns.forms import AliasForm, FactsForm, LevelForm
from spectown.web.towns.views.detail import crumbs, visible_town


@require_http_methods(["GET", "POST"])
@needs(Permission.TOWN_CHANGE)
def town_edit(request: Request, code: str) -> HttpResponse:
    """Facts of a town; the forms for a name and a level stand on the same page."""
    town = visible_town(request, code)
    kept = {"leading_industry": town.leading_industry, "category": town.category, "operator": town.operator_id}
    form = FactsForm(request.POST if request.method == "POST" else None, initial=kept, town=town)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_facts(town=town, by=request.actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _done(request, town, "专业镇信息已更新。")
    return _page(request, town, facts=form)


@require_http_methods(["GET", "POST"])
@needs(Permission.TOWN_CHANGE)
def alias_add(request: Request, code: str) -> HttpResponse:
    """Another name of the town."""
    town, form = visible_town(request, code), AliasForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_alias(town=town, by=request.actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _done(request, town, "别名已登记。")
    return _page(request, town, alias=form)


@require_http_methods(["GET", "POST"])
@needs(Permission.TOWN_CHANGE)
def level_add(request: Request, code: str) -> HttpResponse:
    """The next level of the town."""
    town, form = visible_town(request, code), LevelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        award = services.Award(Level(data["level"]), data["since"], data["document"], data["clause"])
        try:
            services.add_level(town=town, award=award, by=request.actor)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _done(request, town, "层级已登记。")
    return _page(request, town, level=form)


@require_POST
@needs(Permission.TOWN_CHANGE)
def alias_end(request: Request, code: str, pk: int) -> HttpResponse:
    """A name that is not used any more."""
    town = visible_town(request, code)
    alias, until = get_object_or_404(town.aliases, pk=pk), _day(request.POST.get("until", ""))
    try:
        if until is None:
            raise Refused("停用日期应为日期,如 2026-11-23。")
        services.end_alias(alias=alias, until=until, reason=request.POST.get("reason", ""), by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"别名“{alias.name}”已停用。")
    return redirect("towns:town", code=town.code)


def _day(text: str) -> datetime.date | None:
    try:
        return parse_date(text.strip())
    except ValueError:  # well formed, but no such day
        return None


def _done(request: Request, town: Town, message: str) -> HttpResponse:
    messages.success(request, message)
    return redirect("towns:town", code=town.code)


def _page(request: Request, town: Town, **forms_sent: forms.Form) -> HttpResponse:
    """One form: facts, alias or level, whichever was asked for."""
    name, form = next(iter(forms_sent.items()))
    titles = {"facts": "变更信息", "alias": "登记别名", "level": "登记层级"}
    context = {"town": town, "form": form, "kind": name}
    status = 422 if form.errors else 200
    return page(request, "towns/edit.html", context, title=titles[name], crumbs=crumbs(town), status=status)
