"""Targets, towns and applications as they stand today, for the meeting bundle."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db.models import Count, Max, Sum
from django.urls import reverse
from django.utils import timezone

from spectown.certification.models import Application
from spectown.core.attainment import Verdict
from spectown.enterprises.counts import counts_of
from spectown.enterprises.models import EnterpriseYear
from spectown.lib.bundles.tables import Section, Source
from spectown.organisations.actors import Actor
from spectown.plans.models import PlanVersion
from spectown.towns.enums import Level
from spectown.towns.facts import counts_by_level
from spectown.towns.models import Town
from spectown.web.applications import application_url
from spectown.web.plans.attained import attained_targets


def targets() -> Section:
    """Targets of the plan beside what is counted today."""
    today, version = timezone.localdate(), PlanVersion.objects.current()
    found = attained_targets(version, counts_by_level(today), today) if version else []
    rows = [
        (row.target.subject, f"{row.target.year}年" if row.target.year else "未写年份", row.wanted,
         "系统未计数" if row.actual is None else row.actual, row.verdict.label, row.target.clause.ref)
        for row in found
    ]  # fmt: skip
    reached = sum(row.verdict is Verdict.ATTAINED for row in found)
    unknown = sum(row.verdict is Verdict.UNKNOWN for row in found)
    said = (
        f"方案目标{len(found)}项,已达到{reached}项,未达到{len(found) - reached - unknown}项,系统没有实际数{unknown}项。"
    )
    source = Source(
        "方案目标、专业镇名录", reverse("plans:targets"), today, "、".join(dict.fromkeys(r[5] for r in rows))
    )
    head = ("目标", "年份", "目标值", "实际", "结论", "方案条款")
    return Section("目标与实际", head, rows, source, said, (34, 10, 14, 12, 12, 12), slide=(0, 1, 2, 3, 4, 5))


def certified(actor: Actor, today: datetime.date) -> list[Town]:
    """Certified towns that the actor sees, in their order."""
    seen = Town.objects.visible_to(actor, today).select_related("territory").order_by("order", "pk")
    return [town for town in seen if town.level in (Level.CITY, Level.PROVINCE)]


def towns(actor: Actor) -> Section:
    """Certified towns: what the lists count, and the output that enterprises reported for the last year they did."""
    today = timezone.localdate()
    found = certified(actor, today)
    counts, (year, reported_by) = counts_of([town.pk for town in found], today), outputs(found)
    labels = {str(code): str(label) for code, label in Level.choices}
    rows = []
    for town in found:
        count, (output, reported) = counts[town.pk], reported_by.get(town.pk, (None, 0))
        form = count.figures()
        known = [form.get(code) for code in ("leading_enterprises", "chain_partners")]
        place = (town.name, town.territory.name if town.territory else "", labels.get(town.level or "", ""))
        rows.append((*place, count.total, *known, output, reported, reverse("towns:town", args=[town.code])))
    said = f"已认定专业镇{len(found)}个;产值为企业所报{year}年产值之和,没有报的企业不在内。" if year else (
        f"已认定专业镇{len(found)}个;还没有企业报产值。"
    )  # fmt: skip
    source = Source("专业镇名录、企业清单、企业年度数据", reverse("towns:list"), today, "二(五)")
    head = ("专业镇", "属地", "级别", "市场主体(户)", "龙头(家)", "配套(户)", "产值(万元)", "报产值(户)", "系统页面")
    return Section(
        "专业镇",
        head,
        rows,
        source,
        said,
        (24, 12, 8, 10, 10, 10, 14, 10, 24),
        slide=(0, 1, 3, 4, 5, 6, 7),
        paper=(0, 1, 2, 3, 4, 5, 6, 7),
    )


def outputs(towns: list[Town]) -> tuple[int | None, dict[int, tuple[Decimal, int]]]:
    """The last year with reported output, and by town its sum and the number of enterprises in it."""
    rows = EnterpriseYear.objects.alive().filter(
        enterprise__town__in=[town.pk for town in towns], enterprise__deleted_at__isnull=True, output__isnull=False
    )
    year = rows.aggregate(last=Max("year"))["last"]
    summed = rows.filter(year=year).order_by().values_list("enterprise__town")
    return year, {pk: (total, n) for pk, total, n in summed.annotate(total=Sum("output"), n=Count("pk"))}


def applications(actor: Actor) -> Section:
    """Applications in pre-check that the actor sees."""
    today = timezone.localdate()
    found = Application.objects.visible_to(actor).select_related("unit").order_by("-checked_at", "pk")
    rows = [
        (
            str(one),
            one.unit.name,
            one.get_state_display(),
            f"{timezone.localtime(one.submitted_at):%Y-%m-%d}" if one.submitted_at else "",
            application_url(one),
        )
        for one in found
    ]
    source = Source("预审申报书", reverse("certification:list"), today, "二(五)")
    head = ("申报的专业镇", "申报单位", "状态", "提交日期", "系统页面")
    said = f"县(区)审核后报来的申报书{len(rows)}份。"
    return Section(
        "预审",
        head,
        rows,
        source,
        said,
        (26, 26, 12, 14, 24),
        "没有报来的申报书。",
        slide=(0, 1, 2, 3),
        paper=(0, 1, 2, 3),
    )
