"""批量公文 begun: for units, or for the rows of a list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from spectown.accounts.permissions import Permission
from spectown.documents.enums import Addressing
from spectown.documents.models import OfficialDocument
from spectown.documents.services.batching import MOST, Targets, begin_batch
from spectown.documents.workflow import EDITABLE
from spectown.jobs.services import enqueue
from spectown.lib.columnar.reading import key_set
from spectown.lib.refusal import Refused
from spectown.lists.choosing import choose
from spectown.lists.declaration import Ledger
from spectown.lists.scope import visible as visible_rows
from spectown.lists.services.views import kept_query
from spectown.web.documents.fields import units_field
from spectown.web.documents.jobs import DRAFT
from spectown.web.documents.reading import Typed
from spectown.web.documents.sources.targets import UNIT_NAMES, names_of, ways_of
from spectown.web.documents.views.detail import crumbs, visible
from spectown.web.http import Request, needs, page
from spectown.web.lists.found import crumbs as list_crumbs
from spectown.web.lists.found import ledger_or_404
from spectown.web.lists.picked import numbers as key_numbers


class UnitsForm(forms.Form):
    """Which units get one each."""

    receive_by = forms.DateField(
        label="签收期限", required=False, widget=forms.DateInput(attrs={"type": "date"}), help_text="可不填。"
    )

    def __init__(self, pattern: OfficialDocument, *args: Any) -> None:
        super().__init__(*args)
        units = units_field(Typed({}, tuple(receipt.unit for receipt in pattern.receipts.all())))
        units.label, units.required, units.help_text = "发给哪些单位", True, "每个单位一份,各有自己的文号。"
        self.fields = {"units": units, **self.fields}


class RowsForm(forms.Form):
    """Which pattern, who receives."""

    pattern = forms.ModelChoiceField(
        OfficialDocument.objects.none(),
        label="样稿",
        empty_label="请选样稿",
        help_text="起草中的公文,其中的 {{栏目}} 逐行填入。",
    )
    addressing = forms.ChoiceField(label="由谁在系统中签收", choices=())
    receive_by = forms.DateField(
        label="签收期限", required=False, widget=forms.DateInput(attrs={"type": "date"}), help_text="可不填。"
    )

    def __init__(self, request: Request, ways: list[Addressing], *args: Any) -> None:
        super().__init__(*args)
        rows = OfficialDocument.objects.visible_to(request.actor).filter(state__in=EDITABLE, batch__isnull=True)
        self.patterns = rows.order_by("-changed_at")
        pattern, way = self.fields["pattern"], self.fields["addressing"]
        if isinstance(pattern, forms.ModelChoiceField) and isinstance(way, forms.ChoiceField):
            pattern.queryset = self.patterns
            way.choices = [(each.value, str(each.label)) for each in ways]


@require_http_methods(["GET", "POST"])
@needs(Permission.DOCUMENT_DRAFT)
def begin_units(request: Request, pk: int) -> HttpResponse:
    """The office, with a draft: the same to each of many units, each numbered."""
    pattern = visible(request, pk)
    form = UnitsForm(pattern, *([request.POST] if request.method == "POST" else []))
    if form.is_valid():
        numbers = [int(text) for text in form.cleaned_data["units"]]
        until = form.cleaned_data["receive_by"]
        targets = Targets(numbers, UNIT_NAMES, addressing=Addressing.TARGET, deadline=until)
        started = _started(request, form, pattern, targets)
        if started:
            return started
    context = {"form": form, "names": UNIT_NAMES, "pattern": pattern}
    status = 422 if form.is_bound else 200
    return page(request, "documents/batch_start.html", context, title="批量起草", crumbs=crumbs(pattern), status=status)


@require_http_methods(["GET", "POST"])
@needs(Permission.DOCUMENT_DRAFT)
def begin_rows(request: Request, ledger: str) -> HttpResponse:
    """The office, with a filtered list or rows ticked on its page: a document a row (推送告知, 督办, 催办)."""
    request.actor.require(Permission.LIST_VIEW)
    declared = ledger_or_404(ledger)
    choice, ticked = choose(declared, request.actor, request.GET), key_numbers(request.POST.getlist("pk"))
    is_sent = "pattern" in request.POST  # else a list page was sent, to begin with
    if request.method == "POST" and not (is_sent or ticked):
        return _nothing_ticked(request, declared)
    form = RowsForm(request, ways_of(declared), *([request.POST] if is_sent else []))
    rows = visible_rows(declared, request.actor).filter(pk__in=key_set(ticked)) if ticked else choice.queryset
    numbers = list(rows.order_by(*declared.order, "pk").values_list("pk", flat=True)[: MOST + 1])
    if form.is_valid():
        given = form.cleaned_data
        way, until = Addressing(given["addressing"]), given["receive_by"]
        targets = Targets(numbers, names_of(declared), declared.slug, way, until)
        started = _started(request, form, given["pattern"], targets)
        if started:
            return started
    context = {
        "form": form,
        "names": names_of(declared),
        "count": len(numbers),
        "ticked": numbers if ticked else [],
        "choice": choice,
        "ledger": declared,
        "most": MOST,
        "drafts": form.patterns.exists(),
    }
    status = 422 if form.is_bound else 200
    way_back = list_crumbs(declared)
    return page(request, "documents/batch_start.html", context, title="逐行起草公文", crumbs=way_back, status=status)


def _nothing_ticked(request: Request, ledger: Ledger) -> HttpResponse:
    messages.error(request, "请先在清单中勾选要逐行起草公文的行;全部符合条件的,点表格上方的“逐行起草公文”。")
    return redirect(f"{reverse('lists:list', args=[ledger.slug])}?{kept_query(request.POST.get('query', ''))}")


def _started(request: Request, form: forms.Form, pattern: OfficialDocument, targets: Targets) -> HttpResponse | None:
    """To the job that drafts them; None where the service refused, which the form says."""
    try:
        with transaction.atomic():
            batch = begin_batch(pattern=pattern, targets=targets, by=request.actor)
            here, title = reverse("documents:batch", args=[batch.pk]), f"批量起草:{batch.title}"
            job = enqueue(kind=DRAFT, args={"batch": batch.pk}, by=request.actor, title=title, result_url=here)
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
    return redirect("jobs:job", job.pk)
