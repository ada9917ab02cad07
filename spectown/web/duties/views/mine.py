"""我的工作: whatever is the person's turn, overdue, due soon or came back, of all kinds of dated work."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.core.lights import Level
from spectown.core.supervision.lights import HANDED, WORDS
from spectown.organisations.actors import Actor
from spectown.supervision.mine import came_back, concerning, turn_of
from spectown.supervision.models import Work
from spectown.web.duties.pages import PAPERS_LAST, page_of
from spectown.web.http import Request, needs, page

SIZE, WORST = 50, 3
LABELS = {"turn": "轮到我办", "overdue": "已逾期", "soon": "快到期", "back": "退回的", "all": "全部在办"}
LATE_HANDED = Q(light=Level.RED.value, light_rule=HANDED)  # handed in late, not verified yet
EMPTY = {
    "turn": ("没有轮到您办的事项", "要您签收、填报、审核、答复或核实的事项出现时列在这里。"),
    "overdue": ("没有逾期的事项", "过了期限还没有办结的列在这里。"),
    "soon": ("没有快到期的事项", "临近期限的列在这里。"),
    "back": ("没有退回的事项", "被退回修改、核实未通过、要求重办的列在这里。"),
    "all": ("没有在办的事项", "列入年度行动计划的措施、进展报告、问题、督办通知书和监测报表列在这里。"),
}


class Counted(Paginator[Work]):
    """Pages of a list whose length is known already: saves a query."""

    def __init__(self, rows: QuerySet[Work], length: int) -> None:
        super().__init__(rows, SIZE)
        self.length = length

    @cached_property
    def count(self) -> int:
        """The known length."""
        return self.length


@dataclass(frozen=True, slots=True)
class Tab:
    """One part with its number."""

    label: str
    url: str
    active: bool
    count: int


def parts_of(actor: Actor) -> dict[str, Q]:
    """Conditions of the parts."""
    own, today = concerning(actor), timezone.localdate()
    open_ = Q(ended_on__isnull=True) & own
    runs = open_ & Q(anchored_on__isnull=False, paused_on__isnull=True)
    return {
        "turn": turn_of(actor),
        "overdue": (runs & Q(deadline__lt=today)) | (open_ & LATE_HANDED),
        "soon": runs & Q(light=Level.BLUE.value, deadline__gte=today),
        "back": open_ & came_back(),
        "all": open_ & Q(started_on__isnull=False),
    }


@require_safe
@needs(Permission.LIST_VIEW)
def mine(request: Request) -> HttpResponse:
    """The parts as tabs, the earliest deadline first; a leader begins at what is overdue, the three worst above.

    For a leader measures, problems and notices come before reports and figures that were not handed in.
    """
    parts, decides = parts_of(request.actor), request.actor.may(Permission.PLAN_DECIDE)
    chosen = request.GET.get("part", "overdue" if decides else "turn")
    if chosen not in parts:
        raise Http404("没有这一部分")
    seen = Work.objects.visible_to(request.actor)
    counts = seen.aggregate(**{code: Count("pk", filter=part, distinct=True) for code, part in parts.items()})
    rows = seen.filter(parts[chosen]).select_related(
        "holder", "notice", "measure", "report", "problem", "sheet", "territory"
    )
    above = [PAPERS_LAST] if decides and chosen == "overdue" else []
    ordered = rows.order_by(*above, F("deadline").asc(nulls_last=True), "pk")
    found = Counted(ordered, counts[chosen]).get_page(request.GET.get("page"))
    items = [(work, page_of(work), WORDS.get(work.light_rule, {}).get(work.light, "")) for work in found]
    context = {
        "tabs": [Tab(LABELS[code], f"?part={code}", code == chosen, counts[code]) for code in parts],
        "rows": found,
        "items": items,
        "empty": EMPTY[chosen],
        "worst": items[:WORST] if decides and chosen == "overdue" and found.number == 1 else [],
    }
    return page(request, "duties/mine.html", context, title="我的工作", partial="rows")


@require_safe
@needs(Permission.LIST_VIEW)
def work(request: Request, pk: int) -> HttpResponse:
    """To the page of a piece of work, whatever its kind: what messages and calendars lead to."""
    found = get_object_or_404(Work.objects.visible_to(request.actor), pk=pk)
    return redirect(page_of(found) or "duties:mine")
