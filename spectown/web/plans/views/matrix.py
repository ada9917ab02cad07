"""责任矩阵: the page and its workbook."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.lib.tables.sheet import Table, workbook
from spectown.organisations.models import Unit
from spectown.plans.models import PlanVersion
from spectown.web.http import Request, export_response, needs, page
from spectown.web.lists.elsewhere import ListCount, lists_of_tasks
from spectown.web.plans.duties import SYMBOLS, Matrix, Row, Tally, matrix_of
from spectown.web.plans.versions import chosen, nothing_loaded

LEGEND = "、".join(f"{symbol} {kind.label}" for kind, symbol in SYMBOLS.items())


@dataclass(frozen=True, slots=True)
class Choice:
    """What the filter asks for: the unit (None: all) and what remains of the matrix."""

    unit: Unit | None
    matrix: Matrix


@require_safe
@needs(Permission.PLAN_VIEW)
def matrix(request: Request) -> HttpResponse:
    """Departments and counties, weekly: which tasks are ours, who leads? The office decides whom to ask first."""
    version = chosen(request)
    if version is None:
        return nothing_loaded(request, "责任矩阵")
    whole = matrix_of(version)
    choice = _choice(request, whole)
    lists = lists_of_tasks(request.actor)
    context = {
        "version": version,
        "matrix": choice.matrix,
        "unit": choice.unit,
        "units": whole.units,
        "own": _own_unit(request, whole),
        "by_task": _by_task(choice.matrix, lists),
        "listed": [(c.task, lists[c.task.number]) for c in choice.matrix.columns if c.task.number in lists],
        "whole": whole,
        "chips": [{"label": f"单位:{choice.unit.name}", "url": "?"}] if choice.unit else [],
        "legend": [(symbol, kind.label) for kind, symbol in SYMBOLS.items()],
    }
    return page(request, "plans/matrix.html", context, title="责任矩阵", partial="rows")


def _choice(request: Request, whole: Matrix) -> Choice:
    """`?unit=CODE`; a unit without any part in the tasks gives an empty matrix, an unknown one 404."""
    code = request.GET.get("unit", "").strip()
    if not code:
        return Choice(None, whole)
    unit = next((u for u in whole.units if u.code == code), None) or Unit.objects.filter(code=code).first()
    if unit is None:
        raise Http404("没有这个单位")
    return Choice(unit, whole.only(unit))


def _own_unit(request: Request, whole: Matrix) -> Unit | None:
    """The actor's unit, or the one it is set up in (办公室设在市工信局), where it has a part in the tasks."""
    mine = Unit.objects.select_related("parent").filter(pk=request.actor.unit_id or 0).first()
    candidates = [unit for unit in (mine, mine.parent if mine else None) if unit]
    return next((unit for unit in candidates if whole.rows_of(unit)), None)


def _by_task(found: Matrix, lists: dict[int, list[ListCount]]) -> list[dict[str, object]]:
    """For phones: per task, the units of each kind and its lists."""
    lines: list[dict[str, object]] = []
    for index, column in enumerate(found.columns):
        groups = [
            (symbol, kind.label, [row for row in found.rows if (m := row.marks[index]) and m.kind == kind])
            for kind, symbol in SYMBOLS.items()
        ]
        fed = lists.get(column.task.number, [])
        lines.append({"task": column.task, "groups": [g for g in groups if g[2]], "lists": fed})
    return lines


@require_safe
@needs(Permission.EXPORT)
def matrix_export(request: Request) -> HttpResponse:
    """Office and departments, a few times a year: the matrix as a workbook, to attach to a notice."""
    request.actor.require(Permission.PLAN_VIEW)
    version = chosen(request)
    if version is None:
        raise Http404("还没有装入方案")
    choice = _choice(request, matrix_of(version))
    suffix = f"({choice.unit.name})" if choice.unit else ""
    content = workbook(_table(version, choice))
    return export_response(f"{version.city}专业镇责任矩阵{suffix}.xlsx", content)


def _table(version: PlanVersion, choice: Choice) -> Table:
    found = choice.matrix
    signed = f",{version.signed_date:%Y-%m-%d}成文" if version.signed_date else ""
    notes = [
        f"依据:《{version.title}》第{version.number}版{signed}",
        f"图例:{LEGEND}。导出日期:{timezone.localdate():%Y-%m-%d}",
    ]
    if choice.unit:
        notes.append(f"只含:{choice.unit.name}及其所在的一类单位;任务合计只计所列各行")
    totals = [_words(column.tally) for column in found.columns]
    return Table(
        name="责任矩阵",
        title=f"{version.city}专业镇责任矩阵",
        notes=notes,
        head=[
            "单位",
            *(f"{c.task.number}.{c.task.title}\n{c.task.clause.ref}" for c in found.columns),
            "牵头",
            "配合",
            "分工",
        ],
        rows=[_cells(row) for row in found.rows],
        foot=["合计", *totals, *(sum(counts) for counts in zip(*map(_counts, found.rows), strict=True))],
        widths=[30, *([13] * len(found.columns)), 7, 7, 7],
    )


def _cells(row: Row) -> list[str | int | None]:
    name = f"{row.unit.name}(原文:{row.printed})" if row.printed else row.unit.name
    return [name, *(f"{m.symbol} {m.word}" if m else None for m in row.marks), *_counts(row)]


def _counts(row: Row) -> tuple[int, int, int]:
    return row.tally.lead, row.tally.participant, row.tally.collective


def _words(tally: Tally) -> str:
    parts = ((tally.lead, "牵头"), (tally.participant, "配合"), (tally.collective, "分工"))
    return "\n".join(f"{word}{number}" for number, word in parts if number)
