"""Rules, units and duties of the plan of 长治, as its folder has them."""

from typing import Any

import yaml

from spectown.core.plandoc import parse_bytes
from spectown.core.supervision.problemkinds import ProblemRules, read_rules
from spectown.core.supervision.routing import Task
from tests.core.supervision.data import PLAN

RAW: list[dict[str, Any]] = yaml.safe_load((PLAN / "supervision.yaml").read_text("utf-8"))["problems"]
RULES: ProblemRules = read_rules(RAW)[0]
_UNITS = yaml.safe_load((PLAN / "organisation.yaml").read_text("utf-8"))["units"]


def _name(entry: Any) -> str:
    return entry["name"] if isinstance(entry, dict) else str(entry)


NAMES = {unit["code"]: _name(unit["names"][0]) for unit in _UNITS}
_CODES = {_name(entry): unit["code"] for unit in _UNITS for entry in unit["names"]}


def _codes(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_CODES[name] for name in names if name in _CODES)


TASKS = {
    task.clause: Task(_codes(task.leads), _codes(task.participants))
    for task in parse_bytes((PLAN / "plan.txt").read_bytes(), "plan.txt").tasks
}
