"""The demonstration's evaluations: earlier years to the end, last year in the right of reply."""

from __future__ import annotations

import datetime

from django.utils import timezone

from spectown.core.evaluation.yearreading import read_year_scheme
from spectown.evaluation.gathering import towns_of_year, year_period
from spectown.evaluation.models import Evaluation
from spectown.evaluation.schemes import in_force
from spectown.evaluation.services import beginning, moves
from spectown.monitoring.catalogue import plan_data
from spectown.plans.folder import mapping
from spectown.web.demoevaluation.gaps import fill_gaps
from spectown.web.demoevaluation.nextscheme import draft_scheme
from spectown.web.demoevaluation.past import honour, play
from spectown.web.demofigures import FOLDER
from spectown.web.demorounds.days import on_day
from spectown.web.demorounds.world import acting

EARLIER = 2  # years that are played to the end, as far back as there are a scheme and towns


def load_evaluation() -> dict[str, int]:
    """All years; nothing where the last has no scheme or no towns."""
    today = timezone.localdate()
    year = today.year - 1
    if not plan_data().forms or not _evaluated(year):
        return {}
    data, by = mapping(FOLDER, "evaluation.yaml", required=True), acting("demo-office")
    earlier = [each for each in range(year - EARLIER, year) if _evaluated(each)]
    begun = [_begin(each, datetime.date(each + 1, 3, 3)) for each in earlier]
    running = _begin(year, today - datetime.timedelta(2))
    towns = towns_of_year(year, running.rules)
    fill_gaps(running.rules.scheme.indicators, towns, range((earlier or [year])[0] - 1, year + 1))
    for each in begun:
        play(each, data, today.year - each.year)
    _show(running, today, data["honours"])
    draft_scheme(year, by)
    return {"参评专业镇": len(towns), "年度评估": len(begun) + 1}


def _evaluated(year: int) -> bool:
    """True where a scheme holds, its indicators were asked for, and towns held a level."""
    entry, last = in_force(year), year_period(year)
    if entry is None:
        return False
    rules, catalogue = read_year_scheme(entry), plan_data().catalogue
    known = all(catalogue.on(leaf.code, last) for leaf in rules.scheme.indicators)
    return known and bool(towns_of_year(year, rules))


def _begin(year: int, day: datetime.date) -> Evaluation:
    with on_day(day, 0):
        return beginning.begin(year=year, by=acting("demo-office"))


def _show(evaluation: Evaluation, today: datetime.date, honours: str) -> None:
    """Frozen, computed, shown to the counties: nothing is decided or published."""
    towns = towns_of_year(evaluation.year, evaluation.rules)
    with on_day(today - datetime.timedelta(1), 0):
        honour(evaluation, towns[1] if len(towns) > 1 else None, honours)
        for code in ("freeze", "compute", "open_replies"):
            moves.move(evaluation=evaluation, code=code, by=acting("demo-office"))
