"""Two rows side by side: merged, or told apart."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.enterprises import services
from spectown.enterprises.enums import PairState
from spectown.enterprises.lists import ENTERPRISES
from spectown.enterprises.models import DuplicatePair
from spectown.enterprises.services.moving import Moved
from spectown.lib.refusal import Refused
from spectown.web.enterprises.alike import differing, hanging, side_by_side
from spectown.web.enterprises.forms import MergeForm
from spectown.web.http import Request, needs, page
from spectown.web.lists.found import row_url

BOTH = ("first__territory", "first__town", "second__territory", "second__town", "decided_by")


@require_safe
@needs(Permission.LIST_MERGE)
def pair(request: Request, pk: int) -> HttpResponse:
    """The office: are these two one enterprise, what differs, what would move?"""
    found = _pair(pk)
    form = MergeForm(pair=found, differing=differing(found)) if _waits(found) else None
    return _page(request, found, form)


@require_POST
@needs(Permission.LIST_MERGE)
def merge(request: Request, pk: int) -> HttpResponse:
    """Make one row of two."""
    found = _pair(pk)
    if not _waits(found):
        messages.error(request, "这一对已经判断过,或者其中一行已被删除,没有合并。")
        return redirect("enterprises:pair", pk)
    form = MergeForm(request.POST, pair=found, differing=differing(found))
    if not form.is_valid():
        return _page(request, found, form.shown_anew())
    taken, reason = form.choices_taken, form.cleaned_data["reason"]
    try:
        moved = services.merge(keep=form.kept, drop=form.dropped, choices=taken, reason=reason, by=request.actor)
    except Refused as refused:
        form.add_error(None, str(refused))
    except ValidationError as fault:
        form.add_faults(fault)
    else:
        _tell(request, form, moved)
        return redirect(row_url(ENTERPRISES, form.kept.pk))
    return _page(request, found, form)


@require_POST
@needs(Permission.LIST_MERGE)
def distinct(request: Request, pk: int) -> HttpResponse:
    """They are two."""
    try:
        services.decide_distinct(pair=_pair(pk), reason=request.POST.get("reason", ""), by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("enterprises:pair", pk)
    messages.success(request, "已记为“不是重复”,以后查找不再列出这一对。")
    return redirect("enterprises:duplicates")


def _pair(pk: int) -> DuplicatePair:
    return get_object_or_404(DuplicatePair.objects.select_related(*BOTH), pk=pk)


def _waits(found: DuplicatePair) -> bool:
    alive = found.first.deleted_at is None and found.second.deleted_at is None
    return found.state == PairState.OPEN and alive


def _page(request: Request, found: DuplicatePair, form: MergeForm | None) -> HttpResponse:
    context = {
        "pair": found,
        "form": form,
        "waits": form is not None,
        "sides": _sides(found, form),
        "compared": side_by_side(found, form),
        "hanging": hanging(found) if form is not None else [],
        "kept": _kept(found),
    }
    crumbs = [("疑似重复", reverse("enterprises:duplicates"))]
    status = 422 if form is not None and form.errors else 200
    return page(request, "enterprises/pair.html", context, title="比较两户企业", crumbs=crumbs, status=status)


def _sides(found: DuplicatePair, form: MergeForm | None) -> list[dict[str, object]]:
    """Both rows as headings of the table."""
    keep = form.chosen("keep") if form is not None else ""
    rows = (("first", found.first), ("second", found.second))
    return [
        {
            "side": side,
            "row": row,
            "number": ENTERPRISES.number(row.pk),
            "url": row_url(ENTERPRISES, row.pk) if row.deleted_at is None else "",
            "chosen": side == keep,
        }
        for side, row in rows
    ]


def _kept(found: DuplicatePair) -> tuple[str, str] | None:
    """Where a merged pair is to be found now."""
    if found.state != PairState.MERGED:
        return None
    row = found.second if found.first.deleted_at is not None else found.first
    return str(row), row_url(ENTERPRISES, row.pk)


def _tell(request: Request, form: MergeForm, moved: Moved) -> None:
    number = ENTERPRISES.number(form.dropped.pk)
    text = f"已合并:{number} 并入“{form.kept}”,各清单共转移 {moved.total} 行。"
    messages.success(request, text)
    if moved.doubled:
        messages.warning(request, f"两户都有、按保留的一户为准的:{';'.join(moved.doubled)}。另一份在“已删除”中。")
