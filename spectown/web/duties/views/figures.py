"""办理情况: on-time rate, overdue and days of a month or quarter; as a workbook; as the start of a 通报."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.core.periods import Period
from spectown.core.supervision.rates import Figures
from spectown.documents import services
from spectown.lib.refusal import Refused
from spectown.lib.tables.sheet import Cell, Table, workbook
from spectown.supervision.outcomes import BY, Outcomes, choices, outcomes, scope
from spectown.web.duties.forms import FiguresFilter
from spectown.web.duties.reports import FACTS, facts_of
from spectown.web.http import Request, export_response, needs, page

HEAD = ("到期", "按期办结", "逾期后办结", "到期未办结", "按期办结率(%)", "期末逾期", "本期办结", "平均办理天数")
METHOD = (
    "按期办结率=期限在本期内、在期限前交出的件数÷期限在本期内的件数;本期没有到期事项的不计。"
    "天数为从开始计时到交出的自然日。涉及几个县(区)或专业镇的措施,在各处都计,合计只计一次。"
)


def _shown(request: Request) -> tuple[FiguresFilter, Outcomes]:
    today = timezone.localdate()
    form = FiguresFilter(request.GET, periods=choices(today))
    return form, outcomes(scope(request.actor), form.chosen_period, form.chosen_by, today)


@require_safe
@needs(Permission.LIST_VIEW)
def figures(request: Request) -> HttpResponse:
    """Office and leaders monthly and quarterly: who does the work in time, who does not?"""
    form, found = _shown(request)
    kinds = [code for code, (months, _) in FACTS.items() if months == found.period.months]
    context = {
        "form": form,
        "found": found,
        "by": BY[found.by],
        "rows": found.rows,
        "rate": "无到期" if found.total.rate is None else found.total.rate,
        "days": "无" if found.total.days is None else found.total.days,
        "query": request.GET.urlencode(),
        "method": METHOD,
        "draft": kinds[0] if request.actor.may(Permission.DOCUMENT_DRAFT) else "",
    }
    return page(request, "duties/figures.html", context, title=f"办理情况:{found.period.label}", partial="shown")


@require_safe
@needs(Permission.EXPORT)
def export(request: Request) -> HttpResponse:
    """The same as a workbook."""
    request.actor.require(Permission.LIST_VIEW)
    _, found = _shown(request)
    name = f"办理情况{found.period.label}(按{BY[found.by]}).xlsx"
    return export_response(name, workbook(_table(found)))


def _table(found: Outcomes) -> Table:
    return Table(
        name="办理情况",
        title=f"{found.period.label}办理情况(按{BY[found.by]})",
        notes=[f"截至 {found.last}。{METHOD}"],
        head=[BY[found.by], *HEAD],
        rows=[[row.label, *_cells(row.figures)] for row in found.rows],
        foot=["合计", *_cells(found.total)],
        widths=[30, *([12] * len(HEAD))],
        paper="A4",
    )


def _cells(each: Figures) -> list[Cell]:
    return [each.due, each.on_time, each.late, each.open, each.rate, each.overdue, each.finished, each.days]


@require_POST
@needs(Permission.DOCUMENT_DRAFT)
def draft(request: Request, kind: str) -> HttpResponse:
    """The office: 月度通报 or 季度通报 begun with the figures of the period."""
    request.actor.require(Permission.LIST_VIEW)
    if kind not in FACTS:
        raise Http404("没有这个文种")
    period = _asked(request, FACTS[kind][0])
    try:
        made = services.draft(kind=kind, facts=facts_of(kind, period, request.actor), by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(f"{reverse('duties:figures')}?period={period.code}")
    messages.success(request, "已按现有数据起草,请核对并补充后保存。")
    return redirect("documents:edit", pk=made.pk)


def _asked(request: Request, months: int) -> Period:
    """The period of the page, if it is as long as the kind asks; else the latest that is."""
    periods = [each for each in choices(timezone.localdate()) if each.months == months]
    return next((each for each in periods if each.code == request.GET.get("period")), periods[0])
