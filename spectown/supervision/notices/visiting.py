"""Inspections as what calls for notices, and how often a town was visited."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from django.db.models import Count

from spectown.core.supervision.triggers import Evidence, Matter
from spectown.core.supervision.visits import VisitSettings, read_visit_settings, visit_settings_on
from spectown.lib.refusal import Refused
from spectown.plans.models import PlanVersion
from spectown.supervision.models import Finding, VisitTown
from spectown.towns.models import Town


def stored_visit_settings(day: datetime.date) -> VisitSettings | None:
    """The group in force on a day; None where no plan has any. One query."""
    stored = PlanVersion.objects.filter(is_current=True).values_list("supervision", flat=True).first() or {}
    return visit_settings_on(read_visit_settings(stored.get("inspections", [])), day)


def visit_settings(day: datetime.date) -> VisitSettings:
    """The same. Raises Refused where the plan has none."""
    found = stored_visit_settings(day)
    if found is None:
        raise Refused("方案文件夹的 supervision.yaml 中没有检查调研的口径,请系统管理员补上后重新装入方案。")
    return found


def visits_of(towns: Sequence[Town], year: int) -> Mapping[str, int]:
    """How often each town is visited in a year, cancelled visits left out; by name, one query."""
    rows = VisitTown.objects.filter(town__in=towns, visit__starts__year=year).exclude(visit__state="cancelled")
    counts = dict(rows.order_by().values_list("town").annotate(count=Count("pk")))
    return {town.name: counts.get(town.pk, 0) for town in towns}


def visits_by_unit(year: int) -> dict[int, int]:
    """How often somebody came to the towns of each unit in a year, by its number; one query."""
    rows = VisitTown.objects.filter(visit__starts__year=year, town__responsible_unit__isnull=False)
    counted = rows.exclude(visit__state="cancelled").order_by().values_list("town__responsible_unit")
    return dict(counted.annotate(count=Count("visit", distinct=True)))


def finding_matters() -> list[Matter]:
    """Findings that were passed on for supervision."""
    rows = Finding.objects.filter(way="notice").select_related("answer__place__town", "answer__place__visit", "unit")
    return [_matter(row) for row in rows.order_by("pk")]


def _matter(row: Finding) -> Matter:
    answer = row.answer
    visit, town = answer.place.visit, answer.place.town
    item = next((each["text"] for each in visit.items if each["code"] == answer.item), "")
    return Matter(
        trigger="inspection",
        key=f"finding:{row.pk}",
        title=f"{town}{visit.get_kind_display()}发现问题"[:200],
        unit=row.unit_id,
        said=f"{visit.title}中发现:{answer.note}".rstrip("。"),
        since=visit.starts,
        evidence=(Evidence(item, "", answer.note, f"{visit.title}({visit.starts})", f"finding:{row.pk}"),),
        town=town.pk,
    )
