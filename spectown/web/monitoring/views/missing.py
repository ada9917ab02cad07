"""谁没报: by county how many have come and in time; who has not, to be read out in the meeting; one click urges."""

from __future__ import annotations

from collections import defaultdict

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.core.monitoring.completeness import Expected, figures, spoken
from spectown.lib.refusal import Refused
from spectown.lib.tables.sheet import Table
from spectown.monitoring.models import FormPeriod, Sheet
from spectown.monitoring.services.urging import urge as urge_all
from spectown.supervision.models import Work
from spectown.web.http import Request, attempted, needs, page
from spectown.web.monitoring.exporting import exported, table_of
from spectown.web.monitoring.found import chosen_period, periods

STATES = {"on_time": "按期", "excepted": "例外期内", "late": "逾期已报", "missing": "未报", "open": "未到期"}
ABSENT = ("未报", "未到期", "逾期已报")
TONES = {"on_time": "green", "excepted": "blue", "late": "yellow", "missing": "red", "open": "neutral"}


def expected_of(request: Request, chosen: FormPeriod | None) -> list[tuple[Sheet, Expected]]:
    """Sheets of a form and period that the actor sees, with what was expected. Two queries."""
    if chosen is None:
        return []
    seen = Work.objects.visible_to(request.actor).filter(kind="sheet").values("pk")
    rows = Sheet.objects.filter(form_period=chosen, work__in=seen).select_related("town", "work__holder")
    rows = rows.prefetch_related("exceptions").order_by("work__holder__order", "town__order", "town__code")
    return [(sheet, _expected(sheet, chosen)) for sheet in rows]


def _expected(sheet: Sheet, chosen: FormPeriod) -> Expected:
    until = max((each.until for each in sheet.exceptions.all()), default=None)
    return Expected(sheet.town.name, str(sheet.work.holder or "未定"), chosen.due, sheet.sent_on, until)


@require_safe
@needs(Permission.SHEET_VIEW)
def missing(request: Request) -> HttpResponse:
    """The office on the due day and before each meeting: who has not reported, and in which words do I say it?"""
    chosen, today = chosen_period(request), timezone.localdate()
    found = expected_of(request, chosen)
    counties: dict[str, list[Expected]] = defaultdict(list)
    for _, each in found:
        counties[each.county].append(each)
    if chosen and (sent := exported(request, lambda marked: _table(request, chosen, found, marked=marked))):
        return sent
    context = {
        "chosen": chosen,
        "periods": periods(),
        "figures": figures([each for _, each in found], today),
        "counties": [(county, figures(rows, today)) for county, rows in counties.items()],
        "lines": [
            {"sheet": sheet, "state": STATES[each.state(today)], "tone": TONES[each.state(today)], "expected": each}
            for sheet, each in found
            if each.state(today) in ("missing", "open", "late")
        ],
        "spoken": spoken(chosen.name, chosen.period.label, [e for _, e in found], today) if chosen and found else "",
        "may_urge": request.actor.may(Permission.INDICATOR_MANAGE),
    }
    return page(request, "monitoring/missing.html", context, title="谁没报")


def _table(request: Request, chosen: FormPeriod, found: list[tuple[Sheet, Expected]], *, marked: bool) -> Table:
    """Every sheet that is expected with how it stands; in a picture only those that are not there in time."""
    today = timezone.localdate()
    told = [(sheet, each, STATES[each.state(today)]) for sheet, each in found]
    rows = [
        (sheet.town.name, each.county, state, sheet.work.state_label, f"{sheet.sent_on or '未报送'}")
        for sheet, each, state in told
        if not marked or state in ABSENT
    ]
    of = figures([each for _, each in found], today)
    said = f"应报 {of.expected},已报 {of.reported},未报 {of.missing},未到期 {of.open},报送率 {of.completeness}%"
    head = ("专业镇", "填报单位", "情况", "现在", "报送")
    filters = [str(chosen), f"到期 {chosen.due}", said]
    return table_of(request, f"{chosen}报送情况", "谁没报", head, rows, filters=filters, widths=(28, 20, 12, 12, 12))


@require_POST
@needs(Permission.INDICATOR_MANAGE)
def urge(request: Request) -> HttpResponse:
    """One click: every unit with a sheet that is not there gets a message."""
    chosen, today = chosen_period(request), timezone.localdate()
    late = [sheet for sheet, each in expected_of(request, chosen) if each.state(today) in ("missing", "open")]

    def change() -> str:
        if not late:
            raise Refused("没有未报的,不需要催报。")
        count = urge_all(sheets=late, by=request.actor)
        return f"已向 {count} 人发出催报。" if count else "今天已经催过这些单位,没有重复发送。"

    attempted(request, change)
    return redirect(f"{reverse('monitoring:missing')}?{request.GET.urlencode()}")
