"""Daily: cells that their bureau left without an answer count as 视同无异议; before that it is reminded."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from spectown.audit import services as audit
from spectown.core.monitoring.course import DEEMED
from spectown.core.monitoring.forms import form_on
from spectown.core.monitoring.silence import answer_by, is_reminded, is_silent
from spectown.core.workdays import Calendar
from spectown.monitoring.catalogue import plan_data
from spectown.monitoring.keeping import version_of
from spectown.monitoring.models import Cell, CellVersion, FormPeriod, Sheet
from spectown.monitoring.telling import tell_bureaus
from spectown.plans.calendar import stored_calendar

BATCH = 1000
OPEN = ("reported", "resubmitted")


def look(on: datetime.date) -> int:
    """All forms and periods with sheets that wait for bureaus; return how many cells were taken as agreed."""
    waiting = Sheet.objects.filter(work__state="sent").values("form_period")
    calendar = stored_calendar()
    return sum(_period(opened, calendar, on) for opened in FormPeriod.objects.filter(pk__in=waiting))


@transaction.atomic
def _period(opened: FormPeriod, calendar: Calendar, on: datetime.date) -> int:
    form = form_on(plan_data().forms, opened.form, opened.period)
    days = form.silence if form else 0
    silent: list[Cell] = []
    soon: defaultdict[datetime.date, set[int]] = defaultdict(set)
    for cell, arrived in _open(opened) if days else ():
        by = answer_by(arrived, days, calendar)
        if is_silent(by, on):
            silent.append(cell)
        elif by is not None and is_reminded(by, on, calendar) and cell.indicator.source_id:
            soon[by].add(cell.indicator.source_id)
    for by, units in soon.items():
        tell_bureaus(opened, units, on, by=by)
    _deem(opened, silent, days)
    return len(silent)


def _open(opened: FormPeriod) -> list[tuple[Cell, datetime.date]]:
    """Cells without an answer, each with the day on which it came."""
    rows = Cell.objects.filter(
        sheet__form_period=opened, sheet__work__state="sent", sheet__sent_on__isnull=False, state__in=OPEN
    )
    again = rows.filter(state="resubmitted").annotate(at=Max("versions__at")).values_list("pk", "at")
    came = {pk: timezone.localdate(at) for pk, at in again}
    locked = rows.select_for_update(of=("self",)).select_related("indicator", "sheet")
    return [(cell, came.get(cell.pk, cell.sheet.sent_on)) for cell in locked if cell.sheet and cell.sheet.sent_on]


def _deem(opened: FormPeriod, cells: Sequence[Cell], days: int) -> None:
    if not cells:
        return
    for cell in cells:
        cell.state, cell.revision = DEEMED, cell.revision + 1
    Cell.objects.bulk_update(cells, ["state", "revision"], batch_size=BATCH)
    reason = f"来源单位 {days} 个工作日内没有答复"
    CellVersion.objects.bulk_create([CellVersion(**version_of(cell, None, reason)) for cell in cells], BATCH)
    audit.record(by=audit.SYSTEM, action="cell.deem", obj=opened, after={"cells": len(cells)}, reason=reason)
