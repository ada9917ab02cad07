"""Sheets and cells that a request may reach."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from spectown.core.monitoring.course import ANSWERED
from spectown.monitoring.models import Cell, FormPeriod, Sheet
from spectown.monitoring.reach import acceptable
from spectown.organisations.actors import Actor
from spectown.supervision.models import Work
from spectown.web.http import Request

WITH = ("form_period", "town", "work__holder", "changed_by")


def visible_sheet(request: Request, pk: int) -> Sheet:
    """A sheet that the actor sees; 404 for others."""
    seen = Work.objects.visible_to(request.actor).filter(kind="sheet").values("pk")
    return get_object_or_404(Sheet.objects.select_related(*WITH).filter(work__in=seen), pk=pk)


def visible_cell(request: Request, pk: int) -> Cell:
    """A filled cell of a sheet that the actor sees; 404 for others."""
    seen = Work.objects.visible_to(request.actor).filter(kind="sheet").values("pk")
    rows = Cell.objects.select_related("indicator__source", "sheet__work", "sheet__form_period", "town")
    return get_object_or_404(rows.filter(sheet__work__in=seen), pk=pk)


def chosen_period(request: Request) -> FormPeriod | None:
    """The form and period that `?period=` names, else the newest one."""
    wanted = request.GET.get("period", "")
    rows = FormPeriod.objects.order_by("-ordinal", "form")
    return (rows.filter(pk=wanted).first() if wanted.isdigit() else None) or rows.first()


def periods() -> list[FormPeriod]:
    """The newest forms and periods, for a choice."""
    return list(FormPeriod.objects.order_by("-ordinal", "form")[:36])


def with_open(rows: QuerySet[Sheet]) -> QuerySet[Sheet]:
    """Sheets with `waiting` (cells that a bureau has not answered) and `back` (cells that were given back)."""
    done = Q(cells__state__in=(*ANSWERED, "returned"))
    waiting = Count("cells", filter=Q(cells__isnull=False) & ~done)
    return rows.annotate(waiting=waiting, back=Count("cells", filter=Q(cells__state="returned")))


def acceptable_periods(actor: Actor) -> list[FormPeriod]:
    """Forms and periods with sheets that the office can accept now, each with their `number`; one query."""
    works = Work.objects.visible_to(actor).filter(acceptable(), kind="sheet").values("pk")
    rows = FormPeriod.objects.filter(sheets__work__in=works).annotate(number=Count("sheets"))
    return list(rows.order_by("-ordinal", "form"))
