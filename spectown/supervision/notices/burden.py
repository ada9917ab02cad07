"""What was asked of units in a year (减负), counted from what was really sent."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.db.models import Count, Q

from spectown.core.supervision.burden import Burden
from spectown.core.supervision.noticesettings import NoticeSettings
from spectown.supervision.models import Notice
from spectown.supervision.notices.settings import notice_settings, stored_settings


def burdens(year: int, on: datetime.date) -> Mapping[int, Burden]:
    """Of every unit that got a notice in the year, by its number; two queries."""
    settings = stored_settings(on)
    return burdens_by(settings, year) if settings else {}


def burdens_by(settings: NoticeSettings, year: int) -> Mapping[int, Burden]:
    """The same for who has the settings already; one query."""
    rows = Notice.objects.filter(issued_on__year=year).exclude(work__state="withdrawn")
    counted = rows.values("work__holder").annotate(
        notices=Count("pk", distinct=True), asked=Count("demands", distinct=True)
    )
    return {row["work__holder"]: Burden(row["notices"], row["asked"], settings.cap) for row in counted.order_by()}


def burden_of(unit: int | None, on: datetime.date, but: int | None = None) -> Burden:
    """Of one unit in the year of a day; `but`: a notice that is not counted."""
    rows = Notice.objects.filter(Q(issued_on__year=on.year) & ~Q(work__state="withdrawn") & ~Q(pk=but or 0))
    counted = rows.filter(work__holder=unit).aggregate(
        notices=Count("pk", distinct=True), asked=Count("demands", distinct=True)
    )
    return Burden(counted["notices"], counted["asked"], notice_settings(on).cap)
