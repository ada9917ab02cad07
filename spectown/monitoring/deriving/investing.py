"""Figures of projects, their yearly plans and monthly reports, and of the leads they come from."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from spectown.core.projects.settings import settings_on
from spectown.core.projects.stages import STAGES
from spectown.monitoring.deriving.found import Found, Span, alive, figures
from spectown.projects.enums import Course, LeadStage
from spectown.projects.facts import settings_groups
from spectown.projects.lists.projects import DATED
from spectown.projects.models import Lead, Project, ProjectMonth, ProjectYear

TOWN = "project__town"
ALIVE = Q(deleted_at__isnull=True, project__deleted_at__isnull=True, project__town__isnull=False)


def projects(span: Span) -> Found:
    """在库且未终止 on the last day."""
    rows = alive(Project, ~Q(course=Course.ENDED), span.begun("registered_on"))
    return figures(rows.values_list("town").annotate(n=Count("pk")))


def started(span: Span) -> Found:
    """本年开工, up to the last day."""
    return figures(alive(Project, span.this_year("started_on")).values_list("town").annotate(n=Count("pk")))


def producing(span: Span) -> Found:
    """本年投产, up to the last day."""
    return figures(alive(Project, span.this_year("producing_on")).values_list("town").annotate(n=Count("pk")))


def invested(span: Span) -> Found:
    """本期完成投资 as reported for its months; not known where a report is asked and none is there."""
    rows = ProjectMonth.objects.filter(ALIVE, _months(span), completed__isnull=False).order_by()
    return figures(rows.values_list(TOWN).annotate(n=Sum("completed")), unknown=_reporting(span))


def planned(span: Span) -> Found:
    """本年计划投资 of what goes on; not known where projects report and none has a plan."""
    rows = ProjectYear.objects.filter(ALIVE, year=span.last.year, planned__isnull=False).order_by()
    rows = rows.exclude(project__course=Course.ENDED)
    return figures(rows.values_list(TOWN).annotate(n=Sum("planned")), unknown=_reporting(span))


def contracted(span: Span) -> Found:
    """本年签约投资额: leads with a contract of this year that did not end; what the project says counts first."""
    signed = Q(stage__in=(LeadStage.CONTRACT, LeadStage.LANDED)) & span.this_year("contract_on")
    amount = Coalesce("project__investment", "intended")
    return figures(alive(Lead, signed).values_list("town").annotate(n=Sum(amount)))


def arrived(span: Span) -> Found:
    """本年到位: what projects that came of leads have completed this year, since the list has no other figure."""
    year = Span(span.year_begins, span.last)
    rows = ProjectMonth.objects.filter(ALIVE, _months(year), completed__isnull=False, project__lead__isnull=False)
    rows = rows.filter(project__lead__deleted_at__isnull=True).order_by()
    return figures(rows.values_list(TOWN).annotate(n=Sum("completed")))


def _months(span: Span) -> Q:
    """Reports of these months; of one year, as no period is longer."""
    return Q(year=span.last.year, month__range=(span.first.month, span.last.month))


def _reporting(span: Span) -> set[int]:
    """Towns with a project of which monthly reports are asked: it has entered the stage and is not finished."""
    settings = settings_on(settings_groups(), span.last)
    stages = STAGES[STAGES.index(settings.report_from if settings else "started") :]
    entered = reduce(or_, (Q(**{f"{DATED[stage][0]}__lte": span.last}) for stage in stages if stage in DATED))
    rows = alive(Project, entered, Q(course=Course.ACTIVE), span.begun("registered_on"), span.not_yet("full_on"))
    return set(rows.values_list("town", flat=True))
