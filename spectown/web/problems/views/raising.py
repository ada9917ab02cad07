"""Raising a problem: what, which kind; what is there already is shown before it is posted."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from spectown.accounts.permissions import Permission, Role
from spectown.core.supervision.wording import phrases
from spectown.lib.refusal import Refused
from spectown.lists.usable import first_place
from spectown.organisations.actors import NotAllowed
from spectown.supervision.lists.problems import PROBLEMS
from spectown.supervision.models import Problem
from spectown.supervision.services.common import Similar, similar
from spectown.supervision.services.problems import own_enterprise, raise_problem
from spectown.web.http import Request, needs, page
from spectown.web.lists.found import crumbs, list_url, row_url
from spectown.web.problems.forms import RaiseForm, uploads
from spectown.web.problems.shown import Alike, alike_of

ORIGINS = {Role.TOWN: "town", Role.COUNTY_FILL: "county", Role.DEPARTMENT: "visit", Role.OFFICE: "office"}
NO_FIRM = "企业须先由县(区)登记在企业清单中,才能在这里提出问题。请与所在县(区)专班联系。"


@require_http_methods(["GET", "POST"])
@needs(Permission.PROBLEM_RAISE)
def problem_raise(request: Request) -> HttpResponse:
    """An enterprise on the phone, a town, a county, the office after a visit: what is the problem?"""
    if request.actor.role == Role.ENTERPRISE and own_enterprise(request.actor) is None:
        raise NotAllowed(NO_FIRM)
    begun = {"origin": ORIGINS.get(request.actor.role or Role.OFFICE, "other"), **first_place(request.actor)}
    form = RaiseForm(request.POST if request.method == "POST" else None, actor=request.actor, proposed=begun)
    found: Similar | None = None
    if request.method == "POST" and form.is_valid():
        found = similar(values=form.values, by=request.actor)
        asked = {problem.pk for problem, _ in found.own}
        if asked <= form.was_shown and (asked or not found.others or form.cleaned_data.get("shown")):
            made = _raised(request, form)
            if made:
                return redirect(row_url(PROBLEMS, made.pk))
    return _page(request, form, found)


def _raised(request: Request, form: RaiseForm) -> Problem | None:
    try:
        made = raise_problem(values=form.values, by=request.actor, files=uploads(request.FILES))
    except ValidationError as fault:
        form.add_faults(fault)
    except Refused as refused:
        form.add_error(None, str(refused))
    else:
        messages.success(request, f"已提出 {PROBLEMS.number(made.pk)},由领导小组办公室分办。")
        return made
    return None


def _page(request: Request, form: RaiseForm, found: Similar | None) -> HttpResponse:
    alike: list[Alike] = []
    if found is not None and not form.errors:
        text = f"{form.values['title']}。{form.values['text']}"
        alike = [
            alike_of(problem, each, phrases(text, f"{problem.title}。{problem.text}")) for problem, each in found.own
        ]
    shown = ",".join(str(each.problem.pk) for each in alike) or ("0" if found else "")
    context = {
        "form": form,
        "alike": alike,
        "others": found.others if found else 0,
        "shown": shown if not form.errors else "",
        "is_asked": bool(found) and not form.errors,
        "back": list_url(PROBLEMS),
    }
    status = 422 if form.errors else 200
    return page(request, "problems/raise.html", context, title="提出问题", crumbs=crumbs(PROBLEMS), status=status)
