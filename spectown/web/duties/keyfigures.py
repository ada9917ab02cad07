"""主要指标 of a bulletin: the figures that its kind names, as monitoring has them, how far certified, from whom."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from spectown.core.documentkinds.model import Fact, Kind
from spectown.core.monitoring.comparing import with_year_ago
from spectown.core.monitoring.course import ANSWERED, SETTLED
from spectown.core.monitoring.values import MISSING, Value, ValueKind
from spectown.core.officialdoc.numbers import chinese_date
from spectown.core.periods import Period
from spectown.monitoring.catalogue import plan_data
from spectown.monitoring.models import Cell, FormPeriod, Indicator, Sheet
from spectown.monitoring.seeing import seen
from spectown.monitoring.unsent import readable
from spectown.organisations.actors import Actor

FACT = "indicators"
YEAR_AGO = "@year"  # behind an indicator in the kind: its change against the same period of last year
CERTIFIED, DEEMED, WAITING, ABSENT = "已核定", "视同无异议", "待核", "未报"
Known = Mapping[tuple[str, Period], Cell]


def key_figures(kind: Kind | None, month: Period, by: Actor, on: datetime.date) -> dict[str, Any]:
    """Facts `indicators`, `figures_month`, `figures_source`: of the newest monthly form up to the month."""
    columns = _columns(kind)
    opened = FormPeriod.objects.filter(ordinal__lte=month.ordinal).order_by("-ordinal", "form")
    form = next((each for each in opened[:24] if each.period.months == 1), None)
    if not columns or form is None:
        return {FACT: [], "figures_source": "系统中还没有开过专业镇运行月报,没有可用的数据"}
    rows = _rows(columns, form, by)
    return {
        FACT: rows,
        "figures_month": form.period.days[0].isoformat(),
        "figures_source": _source(columns, form, rows, on),
    }


def _columns(kind: Kind | None) -> Sequence[Fact]:
    found = next((fact for fact in kind.facts if fact.name == FACT), None) if kind else None
    return [column for column in found.of if column.indicator] if found else []


def _code(column: Fact) -> str:
    return column.indicator.removesuffix(YEAR_AGO)


def _rows(columns: Sequence[Fact], form: FormPeriod, by: Actor) -> list[dict[str, Any]]:
    """One row a town that had to report. Two queries."""
    codes = {_code(column) for column in columns}
    behind = _behind(codes, form.period)
    known = _known(codes | behind, _wanted(columns, form.period), by)
    sheets = Sheet.objects.filter(seen(by), form_period=form).select_related("town")
    towns = [sheet.town for sheet in sheets.order_by("town__order", "town__code")]
    return [
        {"town": town.name}
        | {column.name: _told(column, known[town.pk], form.period) for column in columns}
        | {"state": _state(known[town.pk], behind, form.period)}
        for town in towns
    ]


def _behind(codes: Iterable[str], period: Period) -> set[str]:
    """Filled indicators from which the shown ones come: how far these are certified is what counts."""
    needs = plan_data().catalogue.dependencies(period)
    left, found = set(codes), set()
    while left:
        code = left.pop()
        if code in needs:
            left |= needs[code]
        else:
            found.add(code)
    return found


def _wanted(columns: Iterable[Fact], period: Period) -> dict[int, Period]:
    """The period and those of last year that are compared with, by ordinal."""
    catalogue, found = plan_data().catalogue, {period}
    for column in columns:
        item = catalogue.on(_code(column), period)
        if item and column.indicator.endswith(YEAR_AGO):
            found |= set(catalogue.joins.a_year_ago(item.code, item.kind, period))
    return {each.ordinal: each for each in found}


def _known(codes: Collection[str], wanted: Mapping[int, Period], by: Actor) -> defaultdict[int, dict[Any, Cell]]:
    cells = readable(Cell.objects.filter(indicator__code__in=codes, ordinal__in=wanted), by)
    found: defaultdict[int, dict[Any, Cell]] = defaultdict(dict)
    for cell in cells.select_related("indicator"):
        found[cell.town_id][cell.indicator.code, wanted[cell.ordinal]] = cell
    return found


def _told(column: Fact, known: Known, period: Period) -> float | str | None:
    """A figure, 不适用, or nothing (未报)."""
    code = _code(column)

    def lookup(wanted: str, at: Period) -> Value:
        cell = known.get((wanted, at))
        return cell.counts if cell else MISSING

    value = lookup(code, period)
    if column.indicator.endswith(YEAR_AGO):
        change = with_year_ago(plan_data().catalogue, code, period, lookup)
        number = change.percent if change.percent is not None else change.points
    else:
        number = value.number
    if number is None:
        return ValueKind.NOT_APPLICABLE.label if value.kind == ValueKind.NOT_APPLICABLE else None
    return float(number)


def _state(known: Known, behind: Collection[str], period: Period) -> str:
    """The least of what the bureaus said of the figures behind; 未报 where one of them is missing."""
    cells = [known.get((code, period)) for code in behind]
    states = {cell.state for cell in cells if cell is not None and cell.sheet_id}
    if any(cell is None for cell in cells) or not states:
        return ABSENT
    return CERTIFIED if states <= SETTLED else DEEMED if states <= ANSWERED else WAITING


def _source(columns: Sequence[Fact], form: FormPeriod, rows: Sequence[Mapping[str, Any]], on: datetime.date) -> str:
    """From which form, up to which day, who certifies each figure, how many towns stand how."""
    wanted = dict.fromkeys(_code(column) for column in columns)
    owners: dict[str, list[str]] = defaultdict(list)
    for item in sorted(Indicator.objects.filter(code__in=wanted).select_related("source"), key=_place(list(wanted))):
        owners[item.source.name_on(on) if item.source else ""].append(item.name)
    said = ",".join(f"{'、'.join(names)}由{unit or '来源单位'}核定" for unit, names in owners.items())
    counts = Counter(row["state"] for row in rows)
    states = "、".join(f"{word}{counts[word]}个" for word in (CERTIFIED, DEEMED, WAITING, ABSENT) if counts[word])
    stands = f"{len(rows)}个专业镇中{states}" if rows else "没有应报的专业镇"
    return f"取自{form.period.label}{form.name}({chinese_date(on)}查询):{said};{stands}"


def _place(codes: Sequence[str]) -> Any:
    return lambda item: codes.index(item.code)
