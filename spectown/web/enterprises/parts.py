"""What the page of an enterprise shows besides its columns."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from django.utils import timezone

from spectown.core.enterprises.promotion import MarketRule, Nearness, nearness
from spectown.enterprises.enums import Promotion, Status
from spectown.enterprises.lists import ENTERPRISES, HONOURS, TOWN_MEMBERSHIPS, YEARS
from spectown.enterprises.models import Enterprise, EnterpriseHonour, EnterpriseYear, TownMembership
from spectown.enterprises.rules import market_rule
from spectown.lists.declaration import BoundColumn, Ledger
from spectown.lists.models import ListRow, ListRowQuerySet
from spectown.lists.scope import may_change, visible
from spectown.web.http import Request
from spectown.web.lists.found import row_url
from spectown.web.lists.history import Step, steps
from spectown.web.lists.parents import begin_url
from spectown.web.lists.sections import Section, section
from spectown.web.lists.words import figure as words

AMOUNTS = ("output", "revenue", "tax", "employees", "export", "rnd")
WORDS = {"valid": ("有效", "green"), "coming": ("未生效", "blue"), "expired": ("已过期", "yellow")}
WITHDRAWN = ("已撤销", "red")


@dataclass(frozen=True, slots=True)
class Held:
    """One honour and whether it counts today."""

    honour: EnterpriseHonour
    url: str
    word: str
    tone: str


@dataclass(frozen=True, slots=True)
class Year:
    """One reported year; `values` in the order of the columns, None = not reported."""

    row: EnterpriseYear
    url: str
    values: list[tuple[BoundColumn, Decimal | int | None]]


@dataclass(frozen=True, slots=True)
class Hint:
    """Where the enterprise stands to the threshold of 规上, and by which figure of which year."""

    word: str
    tone: str
    text: str
    rule: MarketRule


@section("enterprises")
def towns(request: Request, row: ListRow) -> Section | None:
    """Its main town and the further ones, with its part in each."""
    enterprise = cast(Enterprise, row)
    further = list(_own(request, TOWN_MEMBERSHIPS, enterprise).select_related("town").order_by("pk"))
    action = _create(request, TOWN_MEMBERSHIPS, enterprise, "登记兼属")
    if enterprise.town is None and not further and not action:
        return None
    shown = [(cast(TownMembership, each), row_url(TOWN_MEMBERSHIPS, each.pk)) for each in further]
    context = {
        "enterprise": enterprise,
        "further": [(each, url) for each, url in shown if each.town_id != enterprise.town_id],
        "counts": enterprise.status == Status.ACTIVE,
    }
    return Section("专业镇", "enterprises/_towns.html", context, action)


@section("enterprises")
def honours(request: Request, row: ListRow) -> Section:
    """All its titles, valid ones first."""
    today = timezone.localdate()
    rows = _own(request, HONOURS, cast(Enterprise, row)).order_by("-valid_from", "-pk")
    found = [_held(cast(EnterpriseHonour, each), today) for each in rows]
    context = {"honours": sorted(found, key=lambda each: each.word != WORDS["valid"][0])}
    return Section(
        "荣誉",
        "enterprises/_honours.html",
        context,
        _create(request, HONOURS, cast(Enterprise, row), "登记荣誉"),
        (HONOURS.slug,),
    )


@section("enterprises")
def years(request: Request, row: ListRow) -> Section:
    """What it reported year by year, and how near it is to the threshold."""
    enterprise = cast(Enterprise, row)
    columns = [YEARS.by_name[name] for name in AMOUNTS]
    rows = _own(request, YEARS, enterprise).select_related("certifier").order_by("-year")
    reported = [cast(EnterpriseYear, each) for each in rows]
    shown = [Year(each, row_url(YEARS, each.pk), [(c, getattr(each, c.name)) for c in columns]) for each in reported]
    context = {"years": shown, "columns": columns, "hint": hint(enterprise, reported, timezone.localdate())}
    return Section(
        "年度数据", "enterprises/_years.html", context, _create(request, YEARS, enterprise, "填年度数据"), (YEARS.slug,)
    )


@section("enterprises")
def merged(request: Request, row: ListRow) -> Section | None:
    """Rows that went into this one, each with its own history."""
    gone = Enterprise.objects.filter(merged_into=row.pk).select_related("deleted_by").order_by("-deleted_at")
    found: list[tuple[Enterprise, str, list[Step]]] = [
        (each, ENTERPRISES.number(each.pk), steps(ENTERPRISES, each)) for each in gone
    ]
    return Section("已并入本户的", "enterprises/_merged.html", {"merged": found}) if found else None


def hint(enterprise: Enterprise, reported: Iterable[EnterpriseYear], today: datetime.date) -> Hint | None:
    """小升规: by the latest year with revenue or output; nothing for those above the threshold already, for those not
    in business, and for those far below it."""
    rule = market_rule(today)
    if rule is None or enterprise.above_scale or enterprise.status != Status.ACTIVE:
        return None
    newest = sorted(reported, key=lambda each: -each.year)
    year = next((each for each in newest if each.revenue is not None or each.output is not None), None)
    stand = nearness(year.revenue, year.output, rule) if year else Nearness.UNKNOWN
    if year is None or stand == Nearness.UNKNOWN:
        text = "没有报过营业收入和产值,看不出离规上门槛多远。"
        return Hint("未报", "neutral", text, rule) if enterprise.promotion != Promotion.NONE else None
    if stand == Nearness.BELOW:
        return None
    amount, name = (year.revenue, "营业收入") if year.revenue is not None else (year.output, "产值(营业收入未报)")
    text = f"{year.year} 年{name} {words(amount)} 万元,规上门槛 {words(rule.threshold_wan)} 万元。"
    if stand == Nearness.REACHED:
        return Hint("已达到规上门槛", "green", f"{text}请核实后按程序申报入规。", rule)
    return Hint("接近规上门槛", "blue", f"{text}可列入小升规培育。", rule)


def _own(request: Request, ledger: Ledger, enterprise: Enterprise) -> ListRowQuerySet:
    return visible(ledger, request.actor).filter(enterprise=enterprise.pk)


def _create(request: Request, ledger: Ledger, enterprise: Enterprise, label: str) -> tuple[tuple[str, str], ...]:
    return ((label, begin_url(ledger, enterprise)),) if may_change(ledger, request.actor) else ()


def _held(honour: EnterpriseHonour, today: datetime.date) -> Held:
    return Held(honour, row_url(HONOURS, honour.pk), *_standing(honour, today))


def _standing(honour: EnterpriseHonour, today: datetime.date) -> tuple[str, str]:
    """As EnterpriseHonour.objects.valid_on decides it."""
    if honour.withdrawn_on is not None and honour.withdrawn_on <= today:
        return WITHDRAWN
    if honour.valid_from > today:
        return WORDS["coming"]
    return WORDS["expired"] if honour.valid_to is not None and honour.valid_to < today else WORDS["valid"]
