"""The office adds an indicator, says it anew, corrects it, ends it, takes the plan's words again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from spectown.accounts.permissions import Permission
from spectown.lib.refusal import Refused
from spectown.monitoring.catalogue import KEYS
from spectown.monitoring.drafts import standing
from spectown.monitoring.enums import DefinitionKind
from spectown.monitoring.services import agreeing, defining
from spectown.web.http import Crumb, Request, attempted, needs
from spectown.web.monitoring.changing import About, changed, first_after, sent
from spectown.web.monitoring.defineforms import CorrectForm, EndForm, NewForm, ReasonForm, VersionForm

INDICATOR = DefinitionKind.INDICATOR
BOTH = ["GET", "POST"]


def entry_or_404(kind: DefinitionKind, code: str, since: int | None = None) -> dict[str, Any]:
    """The entry of a place as it stands; the latest where no period is named."""
    try:
        return standing(kind, code, since)
    except Refused as refused:
        raise Http404(str(refused)) from refused


def page_of(kind: str, code: str) -> str:
    """Where an entry is shown."""
    names = {"indicator": "indicator", "form": "form", "check": "rule"}
    return reverse(f"monitoring:{names[kind]}", args=[code])


@require_http_methods(BOTH)
@needs(Permission.INDICATOR_MANAGE)
def new(request: Request) -> HttpResponse:
    """A figure that nobody asked for until now."""
    form = NewForm(sent(request), entry={})
    about = About("新增指标", "先定口径和来源单位;要填报的,保存后再加入一张报表。", reverse("monitoring:catalogue"))
    return changed(request, form, lambda: defining.added(form.values), about)


@require_http_methods(BOTH)
@needs(Permission.INDICATOR_MANAGE)
def version(request: Request, code: str) -> HttpResponse:
    """The figure is another one from a period on."""
    entry = entry_or_404(INDICATOR, code)
    form = VersionForm(sent(request), entry=entry, first=first_after(INDICATOR, code, entry))
    about = _about(entry, "改口径", "从所选的期起按新的算,以前各期不变;序列在这里断开,前后不比。")
    return changed(request, form, lambda: defining.next_version(INDICATOR, code, form.values), about)


@require_http_methods(BOTH)
@needs(Permission.INDICATOR_MANAGE)
def correct(request: Request, code: str, since: int) -> HttpResponse:
    """The same figure, said better."""
    entry = entry_or_404(INDICATOR, code, since)
    form = CorrectForm(sent(request), entry=entry)
    about = _about(entry, "更正", "口径、单位、公式不在这里改;这里改了以前各期也按新的显示,改前改后都留痕。")
    return changed(request, form, lambda: defining.corrected(code, since, form.values), about)


@require_http_methods(BOTH)
@needs(Permission.INDICATOR_MANAGE)
def end(request: Request, kind: str, code: str) -> HttpResponse:
    """An indicator or a form for the last time."""
    which = _kind(kind)
    if which == DefinitionKind.CHECK:
        raise Http404("校验规则用“停用”")
    entry = entry_or_404(which, code)
    form = EndForm(sent(request), first=first_after(which, code, entry))
    about = _about(entry, "停用", "最后一期以后不再填报;以前的数照旧。", kind)
    return changed(request, form, lambda: defining.ended(which, code, form.cleaned_data["until"]), about)


@require_http_methods(BOTH)
@needs(Permission.INDICATOR_MANAGE)
def restore(request: Request, kind: str, code: str, since: int) -> HttpResponse:
    """The plan's words again."""
    which = _kind(kind)
    try:
        draft = defining.restored(which, code, since)
    except Refused as refused:
        raise Http404(str(refused)) from refused
    form = ReasonForm(sent(request))
    about = _about(draft.before or {"name": code, "code": code}, "恢复方案口径", "本市修改留在记录里。", kind)
    return changed(request, form, lambda: draft, about)


@require_POST
@needs(Permission.INDICATOR_MANAGE)
def keep(request: Request, kind: str, code: str) -> HttpResponse:
    """The plan was loaded anew and says something else: ours stays."""
    which = _kind(kind)

    def change() -> str:
        agreeing.keep_own(kind=which, code=code, by=request.actor, reason=request.POST.get("reason", ""))
        return "本市修改继续有效。"

    attempted(request, change)
    return redirect("monitoring:catalogue")


def _kind(kind: str) -> DefinitionKind:
    if kind not in KEYS:
        raise Http404("没有这一种")
    return DefinitionKind(kind)


def _about(entry: Mapping[str, Any], title: str, says: str, kind: str = "indicator") -> About:
    name, done = str(entry.get("name", entry.get("says", ""))), page_of(kind, str(entry["code"]))
    crumbs: tuple[Crumb, ...] = ((name, done),)
    return About(f"{title}:{name}", says, reverse("monitoring:catalogue") if title == "恢复方案口径" else done, crumbs)
