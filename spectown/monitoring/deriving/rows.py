"""Counts and sums of the lists of towns: what holds on the last day, what happened in the period or the year."""

from __future__ import annotations

from django.db.models import Count, IntegerField, Max, Q, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce

from spectown.ledgers.enums import BrandKind, CentreKind, NeedState, Rank, ResearchState, RightKind, StandardKind
from spectown.ledgers.lists.places import FUNCTIONS
from spectown.ledgers.models import (
    Brand,
    Fair,
    InnovationCentre,
    IntellectualProperty,
    Need,
    ResearchTopic,
    ServicePlatform,
    Standard,
    TownPolicy,
    Training,
)
from spectown.monitoring.deriving.found import Found, Span, alive, figures
from spectown.supervision.models import Problem

CITY_AND_ABOVE = (Rank.STATE, Rank.PROVINCE, Rank.CITY)


def tech_centres(span: Span) -> Found:
    """国家级、省级、市级企业技术中心, valid on the last day."""
    of_kind = Q(kind=CentreKind.TECHNOLOGY_CENTRE, rank__in=CITY_AND_ABOVE)
    rows = alive(InnovationCentre, of_kind, span.begun("valid_from"), span.lasting("valid_to"))
    return figures(rows.values_list("town").annotate(n=Count("pk")))


def research_running(span: Span) -> Found:
    """攻关中 on the last day; one that was done after it was running then."""
    running = Q(state=ResearchState.RUNNING) | Q(state=ResearchState.DONE, done_on__gt=span.last)
    rows = alive(ResearchTopic, running, span.begun("started_on"), span.not_yet("done_on"))
    return figures(rows.values_list("town").annotate(n=Count("pk")))


def patents_valid(span: Span) -> Found:
    """发明专利, granted and not ended."""
    rows = alive(IntellectualProperty, Q(kind=RightKind.INVENTION), span.begun("granted_on"), span.not_yet("ended_on"))
    return figures(rows.values_list("town").annotate(n=Count("pk")))


def brands(span: Span) -> Found:
    """市级以上 regional, company and product brands; marks are no brands."""
    of_kind = Q(kind__in=(BrandKind.REGIONAL, BrandKind.COMPANY, BrandKind.PRODUCT), rank__in=CITY_AND_ABOVE)
    rows = alive(Brand, of_kind, span.begun("valid_from"), span.lasting("valid_to"))
    return figures(rows.values_list("town").annotate(n=Count("pk")))


def standards(span: Span) -> Found:
    """国家、行业、地方标准 in force; one that several firms of a town joined is one."""
    of_kind = Q(kind__in=(StandardKind.NATIONAL, StandardKind.INDUSTRY, StandardKind.LOCAL))
    rows = alive(Standard, of_kind, span.begun("published_on"), span.not_yet("abolished_on"))
    return figures(rows.values_list("town").annotate(n=Count("code", distinct=True)))


def trained(span: Span) -> Found:
    """人次 of trainings that ended in the period; without a last day they ended on the first."""
    ended = span.within("ends_on") | Q(ends_on__isnull=True) & span.within("starts_on")
    return figures(alive(Training, ended).values_list("town").annotate(n=Sum("persons")))


def fairs(span: Span) -> Found:
    """Fairs that began in the period."""
    return figures(alive(Fair, span.within("starts_on")).values_list("town").annotate(n=Count("pk")))


def needs_raised(span: Span) -> Found:
    """Needs raised in the period."""
    return figures(alive(Need, span.within("raised_on")).values_list("town").annotate(n=Count("pk")))


def needs_met(span: Span) -> Found:
    """Needs met in the period."""
    rows = alive(Need, Q(state=NeedState.MET), span.within("met_on"))
    return figures(rows.values_list("town").annotate(n=Count("pk")))


def platform_functions(span: Span) -> Found:
    """How many of the eight functions the platforms in use offer together."""
    rows = alive(ServicePlatform, span.begun("opened_on"), span.not_yet("closed_on"))
    offered: dict[str, Combinable] = {f"has_{name}": Max(Cast(name, IntegerField())) for name in FUNCTIONS}
    found = rows.values_list("town").annotate(**offered)
    return figures((town, sum(functions)) for town, *functions in found)


def policies_paid(span: Span) -> Found:
    """万元 paid so far by the policies issued by then."""
    rows = alive(TownPolicy, span.begun("issued_on"))
    return figures(rows.values_list("town").annotate(n=Sum("paid")))


def problems_open(span: Span) -> Found:
    """Raised by the last day and not solved by it; a joined one is solved with its common problem."""
    solved = Coalesce("solved_on", "common__solved_on")
    rows = alive(Problem, Q(raised_on__lte=span.last)).exclude(state="withdrawn").annotate(solved=solved)
    rows = rows.filter(span.not_yet("solved"))
    return figures(rows.values_list("town").annotate(n=Count("pk")))
