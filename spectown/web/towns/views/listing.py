"""The list of towns and its workbook."""

from __future__ import annotations

from collections import Counter

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.lib.tables.sheet import Table, workbook
from spectown.towns.enums import Level
from spectown.towns.models import Town
from spectown.web.chips import chips_of
from spectown.web.http import Request, export_response, needs, page, paged
from spectown.web.towns.filters import TownFilter, category_names

HEAD = ("序号", "名称", "层级", "类别", "主导产业", "属地", "责任主体", "运营主体")
LEVELS = dict(Level.choices)


def _filter(request: Request) -> TownFilter:
    rows = Town.objects.visible_to(request.actor, timezone.localdate())
    return TownFilter(request.GET, rows.select_related("territory", "responsible_unit", "operator"))


@require_safe
@needs(Permission.TOWN_VIEW)
def town_list(request: Request) -> HttpResponse:
    """Everybody: which towns are there, how far are they, whose are they?"""
    filters = _filter(request)
    rows, names = filters.chosen(), category_names()
    found = paged(request, rows)
    context = {
        "form": filters.form,
        "chips": chips_of(request, filters.form),
        "rows": found,
        "items": [(town, LEVELS.get(town.level or "", ""), names.get(town.category, "")) for town in found],
        "totals": totals(rows),
        "query": request.GET.urlencode(),
    }
    return page(request, "towns/list.html", context, title="专业镇", partial="rows")


def totals(rows: QuerySet[Town]) -> list[tuple[str, int]]:
    """Number of the chosen towns by level, highest first; a town counts once."""
    counted = Counter(town.level for town in rows)
    listed = [(str(level.label), counted[level.value]) for level in reversed(Level) if counted[level.value]]
    return listed + ([("未定级", counted[None])] if counted[None] else [])


@require_safe
@needs(Permission.EXPORT)
def town_export(request: Request) -> HttpResponse:
    """The list as filtered, as a workbook."""
    request.actor.require(Permission.TOWN_VIEW)
    rows, names, day = _filter(request).chosen(), category_names(), timezone.localdate()
    table = Table(
        name="专业镇",
        title="专业镇名单",
        notes=[f"导出日期 {day},导出人 {request.actor.name}({request.actor.unit_name})"],
        head=HEAD,
        rows=[_cells(number, town, names) for number, town in enumerate(rows, start=1)],
        foot=["合计", "、".join(f"{label} {count} 个" for label, count in totals(rows)) or "0 个", *[""] * 6],
        widths=(6, 28, 8, 16, 24, 12, 18, 24),
        centred=len(HEAD),
        paper="A4",
    )
    return export_response(f"专业镇名单{day:%Y%m%d}.xlsx", workbook(table))


def _cells(number: int, town: Town, names: dict[str, str]) -> list[str | int]:
    return [
        number,
        town.name,
        LEVELS.get(town.level or "", "未定级"),
        names.get(town.category, "未分类"),
        town.leading_industry or "未填",
        str(town.territory or "未定"),
        str(town.responsible_unit or "未定"),
        str(town.operator or "未定"),
    ]
