"""The groups of 办理情况: by unit, county, town, task; in which of them a work stands, and what they are called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from django.utils import timezone

from spectown.organisations.models import Territory, Unit
from spectown.plans.models import Clause, Task
from spectown.supervision.models import Measure
from spectown.supervision.problemrules import known_rules
from spectown.towns.models import Town

CITY, NO_TOWN, NO_TASK = "市直", "不涉及专业镇", "没有对应任务"
SHEET, SHEETS = "sheet", "监测报表(各项任务共用)"
CLAUSES = ("measure__clause", "report__measure__clause", "notice__clause", "problem__clause")
MEASURES = ("measure__pk", "report__measure__pk")
Line = Mapping[str, Any]
Key = int | str | None


def keys_of(by: str) -> Callable[[Line], Collection[Key]]:
    """The groups in which a work stands: a measure that names several counties or towns in each of them."""
    if by == "task":
        tasks, rules = {ref: number for number, ref in _tasks()}, known_rules(timezone.localdate())
        kinds = {code: rule.clause for code, rule in rules.kinds.items()} if rules else {}
        others = _others()
        return lambda line: [_task(line, tasks, kinds, others)]
    if by == "unit":
        return lambda line: [line["holder_id"]]
    named = _named(by)
    places = {"county": ("territory_id", "holder__territory_id"), "town": ("town_id",)}[by]
    return lambda line: named.get(_measure(line)) or [next((line[name] for name in places if line[name]), None)]


def _named(by: str) -> Mapping[int | None, set[int]]:
    """Counties, or towns, that each measure names; a county also by its towns. Two queries at most."""
    found: defaultdict[int | None, set[int]] = defaultdict(set)
    towns, counties = Measure.of_towns.through.objects, Measure.of_counties.through.objects
    pairs = list(towns.values_list("measure", "town" if by == "town" else "town__territory"))
    for measure, place in [*pairs, *(counties.values_list("measure", "territory") if by == "county" else ())]:
        found[measure].add(place)
    return found


def _measure(line: Line) -> int | None:
    return next((line[name] for name in MEASURES if line[name]), None)


def _tasks() -> list[tuple[int, str]]:
    rows = Task.objects.filter(version__is_current=True).order_by("number")
    return list(rows.values_list("number", "clause__ref"))


def _others() -> dict[str, str]:
    """The plan's other clauses with their headings, in its order: what is work by a mechanism, of no single task."""
    rows = Clause.objects.filter(version__is_current=True).order_by("order")
    return dict(rows.values_list("ref", "heading"))


def _task(line: Line, tasks: Mapping[str, int], kinds: Mapping[str, str], others: Collection[str]) -> Key:
    """The task in whose clause, or a part of it, the work stands; of a problem without one that of its kind.

    Figures of monitoring serve all tasks; what the plan asks elsewhere (四(五): supervision) stands under that clause.
    """
    if line["kind"] == SHEET:
        return SHEET
    clause = next((line[name] for name in CLAUSES if line[name]), kinds.get(line["problem__kind"], ""))
    fitting = [ref for ref in tasks if clause.startswith(ref)]
    if fitting:
        return tasks[max(fitting, key=len)]
    return clause if clause in others else None


def labels_of(by: str, keys: Iterable[Key]) -> list[tuple[Key, str]]:
    """Known keys with their names, in the usual order; works that belong to none last."""
    wanted = set(keys)
    named: list[tuple[Key, str]]
    if by == "task":
        tasks = Task.objects.filter(version__is_current=True).order_by("number")
        others = [(ref, f"方案 {ref} {heading}") for ref, heading in _others().items()]
        named = [*tasks.values_list("number", "title"), *others, (SHEET, SHEETS)]
    else:
        model: Any = {"unit": Unit, "county": Territory, "town": Town}[by]
        named = list(model.objects.order_by("order", "code").values_list("pk", "name"))
    rest = {"unit": "承办单位未定", "county": CITY, "town": NO_TOWN, "task": NO_TASK}[by]
    return [*(each for each in named if each[0] in wanted), *([(None, rest)] if None in wanted else [])]
