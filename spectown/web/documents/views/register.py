"""The register (登记簿) and what waits for 签收."""

from __future__ import annotations

from django.db.models import F, Q
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.documents.enums import State
from spectown.documents.kinds import current_kinds
from spectown.documents.models import OfficialDocument, OfficialDocumentQuerySet, Receipt
from spectown.lib.tables.sheet import Table, workbook
from spectown.web.chips import chips_of
from spectown.web.documents.registering import FilterForm, looked_for
from spectown.web.documents.shown import TONES, ball, day
from spectown.web.http import Request, export_response, needs, page, paged

HEAD = ("序号", "发文字号", "标题", "文种", "状态", "成文日期", "起草人", "签发人", "印发时间", "签收", "作废理由")


@require_safe
@needs(Permission.DOCUMENT_VIEW)
def register(request: Request) -> HttpResponse:
    """The office daily, receivers when something came: which documents are there, how do they stand?"""
    form, rows = _chosen(request)
    found = paged(request, rows)
    context = {
        "form": form,
        "chips": chips_of(request, form),
        "rows": found,
        "items": [{"row": row, "tone": TONES[State(row.state)], "ball": ball(row)} for row in found],
    }
    return page(request, "documents/list.html", context, title="公文登记簿", partial="rows")


@require_safe
@needs(Permission.EXPORT)
def export(request: Request) -> HttpResponse:
    """The office at the end of the year: the register as filtered, as a workbook."""
    request.actor.require(Permission.DOCUMENT_VIEW)
    today = timezone.localdate()
    rows = list(_chosen(request)[1])
    table = Table(
        name="公文登记簿",
        title="公文登记簿",
        notes=[f"导出日期 {today},导出人 {request.actor.name}({request.actor.unit_name})"],
        head=HEAD,
        rows=[_cells(number, row) for number, row in enumerate(rows, start=1)],
        foot=["合计", f"{len(rows)} 份", *[""] * (len(HEAD) - 2)],
        widths=(6, 22, 44, 12, 10, 12, 10, 10, 12, 10, 24),
        centred=len(HEAD),
    )
    return export_response(f"公文登记簿{today:%Y%m%d}.xlsx", workbook(table))


@require_safe
@needs(Permission.DOCUMENT_RECEIVE)
def inbox(request: Request) -> HttpResponse:
    """Receivers, when the badge says so: what came for our unit, and until when must it be received?"""
    waiting = (
        Receipt.objects.waiting_for(request.actor)
        .select_related("document__replaced_by")
        .order_by(F("deadline").asc(nulls_last=True), "pk")
    )
    found = paged(request, waiting)
    return page(request, "documents/inbox.html", {"rows": found, "today": timezone.localdate()}, title="待我签收")


def _chosen(request: Request) -> tuple[FilterForm, OfficialDocumentQuerySet]:
    """The form of the filter, and the rows it leaves."""
    seen = OfficialDocument.objects.visible_to(request.actor)
    form = FilterForm(_choices(seen), request.GET or None)
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    rows = seen.select_related("drafted_by", "replaced_by").prefetch_related("receipts")
    if wanted.get("q"):
        rows = rows.filter(*[_has(word) for word in looked_for(wanted["q"])])
    if wanted.get("year"):
        year = int(wanted["year"])
        rows = rows.filter(Q(dated__year=year) | Q(dated__isnull=True, drafted_at__year=year))
    plain = {name: wanted[name] for name in ("kind", "state") if wanted.get(name)}
    return form, rows.filter(**plain)


def _has(word: str) -> Q:
    return Q(title__icontains=word) | Q(number__icontains=word) | Q(words__icontains=word)


def _choices(seen: OfficialDocumentQuerySet) -> dict[str, list[tuple[str, str]]]:
    """Only what stands in the register."""
    rows = list(seen.order_by().values_list("kind", "kind_label", "state").distinct())
    years = {at.year for name in ("dated", "drafted_at") for at in seen.order_by().dates(name, "year")}
    states = {state for _, _, state in rows}
    places = {name: place for place, name in enumerate(current_kinds())}
    return {
        "year": [(str(year), f"{year}年") for year in sorted(years, reverse=True)],
        "kind": sorted({(kind, label) for kind, label, _ in rows}, key=lambda pair: (places.get(pair[0], 0), pair[1])),
        "state": [(state.value, str(state.label)) for state in State if state in states],
    }


def _cells(number: int, row: OfficialDocument) -> list[str | int]:
    receipts = row.receipts.all()
    received = f"{sum(r.received_at is not None for r in receipts)}/{len(receipts)}" if receipts else ""
    return [
        number,
        row.number or ("未编号" if row.issued_at is None else "无"),
        row.title,
        row.kind_label,
        row.standing,
        row.dated.isoformat() if row.dated else "",
        row.drafted_by.name,
        row.signer,
        day(row.issued_at),
        received,
        row.void_reason,
    ]
