"""Lights of dated work on a day: deadline, milestones, progress, reports. Prose: docs/algorithms/supervision.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import NamedTuple

from spectown.core.lights import Level, Light
from spectown.core.periods import Period
from spectown.core.supervision.deadlines import Term
from spectown.core.supervision.progress import Point, expected
from spectown.core.supervision.settings import Settings
from spectown.core.workdays import Calendar

WORDS = {
    "deadline": {"red": "逾期", "yellow": "逾期", "blue": "临期", "green": "正常"},
    "milestone": {"red": "节点严重滞后", "yellow": "节点滞后", "blue": "节点临期", "green": "正常"},
    "progress": {"red": "进度严重滞后", "yellow": "进度滞后", "grey": "未报", "green": "正常"},
    "report": {"red": "连续未报", "yellow": "未报", "green": "正常"},
    "handed": {"red": "逾期,待验收", "none": "待验收"},
}
HANDED = "handed"
PAUSED = Light("pause", Level.NONE, "已暂停", "已暂停计时,恢复后重新计算期限。")


class Milestone(NamedTuple):
    """A dated step of a measure; `percent`: what should be done by then, None where the plan does not say."""

    title: str
    due: date
    done: date | None = None
    percent: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the lights need of one piece of work, as known on the day.

    `ended`: the word for work that asks nothing any more (已核实、已取消), empty while it runs; `percent`: last
    reported, None where nobody reported; `asked`: True once a report was due; `missing`: periods running without a
    report, latest first. `yellow_days`: working days overdue for which the light is still yellow
    (escalation.red_above).
    """

    start: date
    term: Term
    ended: str = ""
    milestones: tuple[Milestone, ...] = ()
    percent: int | None = None
    asked: bool = False
    missing: tuple[Period, ...] = ()
    yellow_days: int = 0


def lights(facts: Facts, settings: Settings, calendar: Calendar, on: date) -> tuple[Light, ...]:
    """All lights of a piece of work on a day."""
    if facts.ended:
        return (Light("ended", Level.NONE, facts.ended, f"{facts.ended}。"),)
    due = facts.term.due(calendar, on)
    if due is None:
        return (PAUSED,)
    first = open_milestone(facts.milestones, on)
    return (
        deadline_light(facts.term, due, facts.yellow_days, settings, calendar, on),
        *([milestone_light(first, settings, calendar, on)] if facts.milestones else []),
        progress_light(facts, due, settings, on),
        report_light(facts.missing, settings),
    )


def handed(term: Term | None, calendar: Calendar, on: date) -> Light:
    """Of a result that lies with others to be verified or confirmed since `on`: late is what was handed in late."""
    over = term.overdue(calendar, on) if term else 0
    if over:
        return _light(HANDED, "red", f"{on} 报结果时已超过期限 {over} 个工作日,待验收。", "")
    return _light(HANDED, "none", f"{on} 已报结果,待验收;没有通过的退回重办。", "")


def _light(rule: str, level: str, reason: str, source: str) -> Light:
    return Light(rule, Level(level), WORDS[rule][level], reason, source)


def deadline_light(term: Term, due: date, yellow_days: int, settings: Settings, calendar: Calendar, on: date) -> Light:
    """By the deadline in force, `due`."""
    guess = "(有的年份放假安排尚未公布,暂定)" if term.is_provisional(calendar, on) else ""
    over, left = term.overdue(calendar, on), calendar.between(on, due)
    if over:
        level = "red" if over > yellow_days else "yellow"
        return _light("deadline", level, f"期限 {due}{guess},已超过 {over} 个工作日。", settings.soon_source)
    if left <= settings.soon:
        when = "今天到期" if on == due else f"还有 {left} 个工作日"
        return _light("deadline", "blue", f"期限 {due}{guess},{when}。", settings.soon_source)
    return _light("deadline", "green", f"期限 {due}{guess},还有 {left} 个工作日。", settings.soon_source)


def open_milestone(found: Sequence[Milestone], on: date) -> Milestone | None:
    """The oldest one that is not done."""
    open_ = [each for each in found if each.done is None or each.done > on]
    return min(open_, key=lambda each: each.due) if open_ else None


def milestone_light(first: Milestone | None, settings: Settings, calendar: Calendar, on: date) -> Light:
    """By the oldest milestone that is open; None: all are done."""
    source = settings.milestone_source
    if first is None:
        return _light("milestone", "green", "各时间节点都已完成。", source)
    due = calendar.roll(first.due)
    over, left = calendar.between(due, on), calendar.between(on, due)
    if over:
        level = "red" if over > settings.milestone_red else "yellow"
        return _light("milestone", level, f"“{first.title}”应于 {due} 完成,已超过 {over} 个工作日。", source)
    level = "blue" if left <= settings.soon else "green"
    return _light("milestone", level, f"下一个时间节点“{first.title}”,{due} 到期。", source)


def planned(milestones: Sequence[Milestone]) -> tuple[Point, ...]:
    """The points through which the line of expected progress goes."""
    return tuple([Point(each.due, each.percent) for each in milestones if each.percent is not None])


def progress_light(facts: Facts, due: date, settings: Settings, on: date) -> Light:
    """By what was reported against what should be done by now."""
    if facts.percent is None:
        return unreported_light(asked=facts.asked, settings=settings)
    return percent_light(facts.percent, expected(facts.start, due, on, planned(facts.milestones)), settings)


def unreported_light(*, asked: bool, settings: Settings) -> Light:
    """Nobody reported yet; `asked`: though a report was due."""
    if asked:
        return _light("progress", "grey", "到了报送期限,还没有报过进度。", settings.behind.source)
    return _light("progress", "green", "还没有到报送进度的时候。", settings.behind.source)


def percent_light(percent: int, should: Fraction, settings: Settings) -> Light:
    """By a reported percentage."""
    behind = should - percent
    shown = (Decimal(should.numerator) / Decimal(should.denominator)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    gap = (Decimal(behind.numerator) / Decimal(behind.denominator)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    said = f"按计划应完成 {shown}%,已报 {percent}%,{f'落后 {gap} 个百分点' if behind > 0 else '不落后'}。"
    return _light("progress", settings.behind.level(behind), said, settings.behind.source)


def report_light(missing: Sequence[Period], settings: Settings) -> Light:
    """By the periods running without a report, latest first."""
    source = settings.unreported.source
    if not missing:
        return _light("report", "green", "到期的进展报告都已报送。", source)
    span = missing[-1].label if len(missing) == 1 else f"{missing[-1].label}至{missing[0].label}连续 {len(missing)} 期"
    return _light("report", settings.unreported.level(len(missing)), f"{span}没有报送。", source)
