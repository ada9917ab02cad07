"""Lights of a project in a month: each with level, word, reason and source; prose in docs/algorithms/projects.md."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from spectown.core.lights import Level, Light
from spectown.core.projects.months import Look, Month, months_after, previous, words
from spectown.core.projects.settings import Settings
from spectown.core.projects.stages import ACTIVE, STAGES, entered, reached

ZERO = Decimal(0)


WORDS = {
    "start": {"red": "开工严重滞后", "yellow": "开工滞后", "grey": "未报", "green": "正常", "none": "不涉及"},
    "investment": {"red": "进度严重滞后", "yellow": "进度滞后", "grey": "未报", "green": "正常", "none": "不涉及"},
    "report": {"red": "连续未报", "yellow": "未报", "grey": "未报", "green": "正常", "none": "不涉及"},
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the lights need of one project.

    `dates`: actual date by stage; `planned_start`: 计划开工; `planned`: the year's planned investment (万元);
    `months`: completed investment (万元) by (year, month) of every report, None where the report leaves it out;
    `registered`: day on which the project was entered here, None where that is not known.
    """

    stage: str
    course: str
    halt: str
    dates: Mapping[str, datetime.date | None]
    planned_start: datetime.date | None
    planned: Decimal | None
    months: Mapping[Month, Decimal | None]
    registered: datetime.date | None = None


def lights(facts: Facts, look: Look, settings: Settings | None) -> tuple[Light, ...]:
    """All lights of a project in the month looked at."""
    if facts.course != ACTIVE:
        return (Light("course", Level.NONE, facts.halt.partition(":")[0], facts.halt),)
    if settings is None:
        return (Light("settings", Level.GREY, "未设定", "这个月还没有设定亮灯口径(lights.yaml)。"),)
    return (
        start_light(facts, look, settings),
        investment_light(facts, look, settings),
        report_light(facts, look, settings),
    )


def _light(rule: str, level: str, reason: str, source: str) -> Light:
    return Light(rule, Level(level), WORDS[rule][level], reason, source)


def start_light(facts: Facts, look: Look, settings: Settings) -> Light:
    """开工: months since the planned start of a project that has not started."""
    source, plan = settings.late_start.source, facts.planned_start
    if reached(facts.dates, "started", look.day):
        return _light("start", "green", "已开工。", source)
    if plan is None:
        if STAGES.index(facts.stage) < STAGES.index("signed"):
            return _light("start", "none", "尚未签约,也没有计划开工日期。", source)
        return _light("start", "grey", "没有填计划开工日期。", source)
    if plan >= look.day:
        return _light("start", "green", f"计划 {plan} 开工,未到期。", source)
    late = months_after(plan, look.day)
    reason = f"计划 {plan} 开工,至 {look.day} 未开工,已过 {_span(plan, look.day, late)}。"
    return _light("start", settings.late_start.level(late), reason, source)


def _span(plan: datetime.date, day: datetime.date, late: int) -> str:
    return f"{late} 个月" if late else f"{(day - plan).days} 天"


def investment_light(facts: Facts, look: Look, settings: Settings) -> Light:
    """投资进度: percentage points behind the share of the year that has passed."""
    source, building = settings.behind.source, facts.stage in {"signed", "landed", "started"}
    if reached(facts.dates, "full", look.day):
        return _light("investment", "none", "已达效。", source)
    if facts.planned is None:
        if building:
            return _light("investment", "grey", f"没有填 {look.year} 年计划投资。", source)
        return _light("investment", "none", f"{look.year} 年没有计划投资。", source)
    if facts.planned == ZERO:
        return _light("investment", "none", f"{look.year} 年计划投资为 0。", source)
    return _compared(facts, look, settings, facts.planned)


def first_month(facts: Facts, year: int) -> int:
    """First month of the year in which investment is asked of the project: not before it was planned, nor before it was
    registered, unless months before that were reported all the same."""
    day = facts.registered
    late = day is not None and day.year == year and not any(m for y, m in facts.months if y == year and m < day.month)
    return max(_planned_first(facts, year), day.month if late and day else 1)


def _planned_first(facts: Facts, year: int) -> int:
    starts = [facts.planned_start, entered(facts.dates, "started")]
    known = [day for day in starts if day is not None]
    if not known or facts.planned_start is None or min(known).year != year:
        return 1
    return min(known).month


def _compared(facts: Facts, look: Look, settings: Settings, planned: Decimal) -> Light:
    source, first, last = settings.behind.source, first_month(facts, look.year), _last_counted(facts, look, settings)
    if last < first:
        return _light("investment", "green", f"从 {first} 月起要求投资,未到报送期限。", source)
    due = Fraction(last - first + 1, 13 - first)
    figures = {month: facts.months.get((look.year, month)) for month in range(1, last + 1)}
    done = sum((figure for figure in figures.values() if figure is not None), ZERO)
    lacking = [month for month, figure in figures.items() if figure is None and month >= first]
    behind = (due - Fraction(done) / Fraction(planned)) * 100
    level = settings.behind.level(behind)
    asked = f"至 {last} 月应完成 {_figure(Fraction(planned) * due)} 万元({_figure(due * 100, '0.1')}%)"
    reason = f"{asked},已报 {_figure(done)} 万元"
    if level != "green" and lacking:
        return _light("investment", "grey", f"{words(lacking)}投资未报;{reason}。", source)
    gap = f"落后 {_figure(behind, '0.1')} 个百分点" if behind > 0 else "不落后"
    return _light("investment", level, f"{reason},{gap}。", source)


def _last_counted(facts: Facts, look: Look, settings: Settings) -> int:
    """Last month of the year up to the one looked at that is due or was reported early; 0 where none."""
    if facts.months.get((look.year, look.month)) is not None:
        return look.month
    year, month = look.last_due(settings.report_day)
    return month if year == look.year else 0


def report_light(facts: Facts, look: Look, settings: Settings) -> Light:
    """月报: months running without a report, counted back from the last that is due."""
    source, begun = settings.unreported.source, entered(facts.dates, settings.report_from)
    if begun is None or begun > look.day:
        return _light("report", "none", "还没有到需要逐月报送的阶段。", source)
    if reached(facts.dates, "full", look.day):
        return _light("report", "none", "已达效,不再逐月报送。", source)
    first = max((begun.year, begun.month), (look.year - 1, 1))
    if facts.registered is not None:
        first = max(first, (facts.registered.year, facts.registered.month))
    missing = _missing(facts, look, settings, first)
    if not missing:
        return _light("report", "green", _reported(facts, look, settings, first), source)
    span = f"{missing[-1][0]} 年 {missing[-1][1]} 月" if len(missing) == 1 else _range(missing)
    return _light("report", settings.unreported.level(len(missing)), f"{span}没有月报。", source)


def _reported(facts: Facts, look: Look, settings: Settings, first: Month) -> str:
    month, due = (look.year, look.month), look.last_due(settings.report_day)
    if month in facts.months:
        return "本月已报。"
    if due < first:
        return f"从 {first[0]} 年 {first[1]} 月起逐月报送,未到报送期限。"
    return "本月未到报送期限,以前各月已报。"


def _missing(facts: Facts, look: Look, settings: Settings, first: Month) -> list[Month]:
    """Months running without a report up to the last due, latest first."""
    month, found = look.last_due(settings.report_day), []
    while month >= first and month not in facts.months:
        found.append(month)
        month = previous(month)
    return found


def _range(missing: list[Month]) -> str:
    (year, month), (last_year, last_month) = missing[-1], missing[0]
    return f"{year} 年 {month} 月至 {last_year} 年 {last_month} 月连续 {len(missing)} 个月"


def _figure(value: Fraction | Decimal, places: str = "1") -> str:
    exact = value if isinstance(value, Decimal) else Decimal(value.numerator) / Decimal(value.denominator)
    return f"{exact.quantize(Decimal(places), ROUND_HALF_UP):,}"
