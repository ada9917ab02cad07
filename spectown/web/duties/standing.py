"""Whether works were done in time, by unit, county, town and task: rows of the bulletins, and what they say in all."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import QuerySet

from spectown.core.officialdoc.numbers import chinese_date
from spectown.core.periods import Period
from spectown.core.supervision.rates import Figures
from spectown.supervision.models import Work
from spectown.supervision.outcomes import BY, Outcomes, outcomes

FACTS = {"unit": "units", "county": "counties", "town": "towns", "task": "tasks"}
NOTHING = "本期没有到期、逾期的督办事项"


def standing(works: QuerySet[Work], period: Period, on: datetime.date) -> dict[str, Any]:
    """Facts `units`, `counties`, `towns`, `tasks` (with something due or overdue), `works_said`, `works_source`."""
    found = {by: outcomes(works, period, by, on) for by in BY}
    last = found["unit"].last
    return {FACTS[by]: _rows(each) for by, each in found.items()} | {
        "works_said": _said(found["unit"].total),
        "works_source": f"取自系统“办理情况”,计算到{chinese_date(last)}:以承办单位在期限当天或以前交出的为按期,"
        "没有到期事项的不计按期办结率;没有列出的,本期没有到期、逾期事项",
    }


def _rows(found: Outcomes) -> list[dict[str, Any]]:
    return [
        {
            "name": row.label,
            "due": row.figures.due,
            "on_time": row.figures.on_time,
            "rate": None if row.figures.rate is None else float(row.figures.rate),
            "overdue": row.figures.overdue,
        }
        for row in found.rows
        if row.figures.due or row.figures.overdue
    ]


def _said(total: Figures) -> str:
    if not total.due and not total.overdue:
        return NOTHING
    due = f"本期到期的督办事项{total.due}件,按期办结{total.on_time}件" if total.due else "本期没有到期的督办事项"
    rate = "" if total.rate is None else f",按期办结率{total.rate}%"
    days = "" if total.days is None else f";本期办结{total.finished}件,平均办理{total.days}天"
    return f"{due}{rate};期末逾期{total.overdue}件{days}"
