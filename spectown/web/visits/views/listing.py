"""All inspections and research visits; a new one; what they found as a workbook."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from spectown.accounts.permissions import Permission
from spectown.core.supervision.visits import KINDS
from spectown.lib.tables.sheet import Table, workbook
from spectown.supervision.models import Finding, Visit
from spectown.supervision.notices.visiting import stored_visit_settings
from spectown.supervision.services import visits as services
from spectown.web.http import Request, export_response, kept, needs, page, paged
from spectown.web.visits.forms import PlanForm

HEAD = ("序号", "检查调研", "日期", "专业镇", "检查项", "情况", "责任单位", "处理方式", "处理说明")
WIDTHS = (6, 30, 12, 22, 30, 40, 18, 14, 30)
TONES = {"planned": "blue", "done": "green", "cancelled": "neutral"}


@require_safe
@needs(Permission.LIST_VIEW)
def visits(request: Request) -> HttpResponse:
    """Everybody concerned: where is somebody coming, what was found?"""
    rows = Visit.objects.visible_to(request.actor)
    kind = request.GET.get("kind", "")
    if kind in KINDS:
        rows = rows.filter(kind=kind)
    rows = rows.annotate(
        places=Count("towns", distinct=True),
        found=Count("towns__answers__finding", distinct=True),
        waiting=Count("towns__answers__finding", filter=Q(towns__answers__finding__settled_at=None), distinct=True),
    )
    found = paged(request, rows.order_by("-starts", "-pk"))
    tabs = [{"label": "全部", "url": "?", "active": kind not in KINDS}]
    tabs += [{"label": label, "url": f"?kind={code}", "active": kind == code} for code, label in KINDS.items()]
    inside = request.actor.may(Permission.PLAN_MANAGE) or request.actor.may(Permission.PLAN_DECIDE)
    context = {"rows": found, "items": [(row, TONES[row.state]) for row in found], "tabs": tabs, "inside": inside}
    return page(request, "visits/list.html", context, title="检查调研")


@require_http_methods(["GET", "POST"])
@needs(Permission.PLAN_MANAGE)
def plan(request: Request) -> HttpResponse:
    """The office plans a visit."""
    settings = stored_visit_settings(timezone.localdate())
    form = PlanForm(request.POST if request.method == "POST" else None, settings=settings)
    made = kept(form, lambda: services.plan_visit(plan=services.Plan(**form.cleaned_data), by=request.actor))
    if made is not None:
        return redirect("visits:visit", pk=made.pk)
    status = 422 if form.is_bound else 200
    return page(
        request,
        "visits/plan.html",
        {"form": form, "settings": settings},
        title="安排检查调研",
        crumbs=[("检查调研", reverse("visits:list"))],
        status=status,
    )


@require_safe
@needs(Permission.PLAN_MANAGE)
def export(request: Request) -> HttpResponse:
    """The office: everything that was found, as a workbook."""
    today = timezone.localdate()
    rows = Finding.objects.select_related("answer__place__visit", "answer__place__town", "unit").order_by("pk")
    table = Table(
        name="检查发现",
        title="检查调研发现的问题",
        notes=[f"导出日期 {today},导出人 {request.actor.name}({request.actor.unit_name})"],
        head=HEAD,
        rows=[_cells(number, row) for number, row in enumerate(rows, start=1)],
        foot=(),
        widths=WIDTHS,
        centred=len(HEAD),
    )
    return export_response(f"检查调研发现的问题{today:%Y%m%d}.xlsx", workbook(table))


def _cells(number: int, row: Finding) -> list[str | int]:
    answer = row.answer
    visit = answer.place.visit
    text = next((each["text"] for each in visit.items if each["code"] == answer.item), answer.item)
    way = row.get_way_display() if row.way else "未处理"
    where = [visit.title, visit.starts.isoformat(), str(answer.place.town)]
    return [number, *where, text, answer.note, str(row.unit or ""), way, row.said]
