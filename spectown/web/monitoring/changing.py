"""One course for all changes of what is collected: filled in, looked at, saved with a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from spectown.core.monitoring.editing import taken_next
from spectown.core.periods import Every, Period, of_code
from spectown.lib.refusal import Refused
from spectown.monitoring.catalogue import plan_data
from spectown.monitoring.drafts import Draft, Preview, preview, taken
from spectown.monitoring.enums import DefinitionKind
from spectown.monitoring.services.defining import save
from spectown.web.http import Crumb, Request, page
from spectown.web.monitoring.differing import rows_of

CRUMB = ("指标目录", "monitoring:catalogue")


@dataclass(frozen=True, slots=True)
class About:
    """What a page of a change is called, what it says first, where it leads to."""

    title: str
    says: str
    done: str
    crumbs: tuple[Crumb, ...] = ()
    template: str = "monitoring/define.html"


def first_after(kind: DefinitionKind, code: str, entry: Mapping[str, Any]) -> Period:
    """The first period of an entry that a change may begin with."""
    return taken_next(of_code(str(entry["since"])), Every(str(entry["every"])), taken(kind, code))


def sent(request: Request) -> QueryDict | None:
    """What was sent, even where it is empty; None where the form is only opened."""
    return request.POST if request.method == "POST" else None


def changed(request: Request, form: BaseForm, draft: Callable[[], Draft], about: About) -> HttpResponse:
    """GET: the form. POST: what it would change; with `confirm` the change itself."""
    shown: Preview | None = None
    if request.method == "POST" and form.is_valid():
        try:
            found = draft()
            shown = preview(found)
            if "confirm" in request.POST:
                save(draft=found, by=request.actor, reason=form.cleaned_data["reason"])
                messages.success(request, "已保存。")
                return redirect(about.done)
        except Refused as refused:
            form.add_error(None, str(refused))
    named = [(code, versions[-1].name) for code, versions in plan_data().catalogue.versions.items()]
    context = {"form": form, "preview": shown, "about": about, "rows": rows_of(form, shown), "codes": named}
    crumbs = [(CRUMB[0], reverse(CRUMB[1])), *about.crumbs]
    return page(request, about.template, context, title=about.title, crumbs=crumbs, status=422 if form.errors else 200)
