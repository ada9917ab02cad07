"""New rounds from the plan's samples, and the form of the rules."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from spectown.accounts.permissions import Permission
from spectown.core.rounds.words import RoundKind
from spectown.lib.refusal import Refused
from spectown.plans.models import PlanVersion
from spectown.rounds.models import Round
from spectown.rounds.services import round_moves, rounds
from spectown.web.http import Request, needs, page
from spectown.web.rounds.rulesdraft import Draft, draft_from, draft_of, is_only_rows
from spectown.web.rounds.rulesparts import known_of
from spectown.web.rounds.rulesread import RulesReader
from spectown.web.rounds.views.rounds import crumbs, visible_round
from spectown.web.rounds.words import FORMS, PRIORITIES, VISITS

FOLDS = ("criteria", "province", "materials", "sheet", "terms", "sources")


class RoundForm(forms.Form):
    """What a new round begins with; everything else comes from the plan's sample and is changed afterwards."""

    name = forms.CharField(label="批次名称", max_length=120)
    kind = forms.ChoiceField(label="类别")
    opens = forms.DateField(label="申报开始日", widget=forms.DateInput(attrs={"type": "date"}))
    closes = forms.DateField(label="申报截止日", widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, kinds: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        if isinstance(field, forms.ChoiceField):
            field.choices = kinds

    def clean(self) -> dict[str, Any]:
        """The window must not end before it begins."""
        data = super().clean() or self.cleaned_data
        opens, closes = data.get("opens"), data.get("closes")
        if opens and closes and closes < opens:
            self.add_error("closes", "截止日早于开始日。")
        return data


@require_http_methods(["GET", "POST"])
@needs(Permission.ROUND_MANAGE)
def create(request: Request) -> HttpResponse:
    """The office begins a round: name, kind, window; the rules are the plan's sample until they are changed."""
    version = PlanVersion.objects.current()
    if version is None:
        raise Http404("还没有装入方案")
    kinds = [(kind.value, kind.label) for kind in RoundKind if kind.value in version.round_samples]
    form = RoundForm(kinds, request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            content = rounds.sample_of(version, said["kind"], said["opens"], said["closes"])
            made = rounds.create(name=said["name"], version=version, content=content, by=request.actor)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "批次已建立。请核对规则,由另一人发布。")
            return redirect("rounds:rules", pk=made.pk)
    status = 422 if form.errors else 200
    context = {"form": form, "kinds": kinds}
    return page(request, "rounds/create.html", context, title="新建批次", crumbs=crumbs(), status=status)


@require_http_methods(["GET", "POST"])
@needs(Permission.ROUND_MANAGE)
def rules(request: Request, pk: int) -> HttpResponse:
    """The office changes the rules: of a draft in place, of a published round as a new version."""
    found = visible_round(request, pk)
    if request.method != "POST":
        return _form(request, found, draft_of(_latest(found), known_of(found.version)), found.revision)
    draft = draft_from(request.POST, RoundKind(found.kind))
    text = request.POST.get("revision", "")
    revision = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    if is_only_rows(request.POST):
        return _form(request, found, draft, revision)
    reader = RulesReader(draft, _latest(found).model_dump(mode="json"), known_of(found.version))
    content = reader.content()
    if reader.faults:
        return _form(request, found, draft, revision, reader.faults)
    try:
        rounds.change(round_=found, content=content, revision=revision, reason=draft["reason"], by=request.actor)
    except Refused as refused:
        return _form(request, found, draft, revision, [str(refused)])
    _tell(request, found)
    return redirect("rounds:round", pk=pk)


def _tell(request: Request, found: Round) -> None:
    faults = round_moves.rules_faults(found)
    if faults:
        messages.warning(request, f"规则已保存,发布前还要改:{''.join(faults)}")
    else:
        messages.success(request, "规则已保存,可以由另一人发布。")


def _latest(found: Round) -> Any:
    return found.rules_versions.order_by("-number")[:1].get().rules


def _folds(request: Request, draft: Draft, faults: list[str] | None) -> dict[str, Any]:
    """What stands in each folded part in a word, and which stay open on a phone: all after faults, or the one in which
    a row was added or taken out."""
    asked = request.POST.get("add", "") or request.POST.get("remove", "").partition("-")[0]
    chosen = len(draft["criteria"])
    notes = {
        "criteria": f"只核对 {chosen} 条" if chosen else "全部核对",
        "materials": f"{len(draft['materials'])} 项",
        "sheet": f"{len(draft['sheet'])} 项" if draft["sheet"] else "没有",
    }
    return {"notes": notes, "kept": {name: bool(faults) or name == asked for name in FOLDS}}


def _form(request: Request, found: Round, draft: Draft, revision: int, faults: list[str] | None = None) -> HttpResponse:
    weights = sum(float(row["weight"]) for row in draft["sheet"] if row["weight"].replace(".", "", 1).isdigit())
    context = {
        "round": found,
        "draft": draft,
        "revision": revision,
        "faults": faults or [],
        "standing": [] if request.method == "POST" else round_moves.rules_faults(found),
        "weights": f"{weights:g}",
        "published": found.state != "draft",
        "known": known_of(found.version),
        "forms": list(FORMS.items()),
        "visits": list(VISITS.items()),
        "priorities": list(PRIORITIES.items()),
        **_folds(request, draft, faults),
    }
    status = 422 if faults else 200
    return page(request, "rounds/rules.html", context, title="批次规则", crumbs=crumbs(found), status=status)
