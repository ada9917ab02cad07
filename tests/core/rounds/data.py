"""Rules of the rounds from the plan folder, and the tables of cases beside the tests."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from spectown.core.rounds.rules import Rules, rules_of

HERE = Path(__file__).parent
PLAN = HERE.parents[2] / "plans" / "changzhi-2023"
ROUNDS: dict[str, Any] = yaml.safe_load((PLAN / "rounds.yaml").read_text("utf-8"))
WINDOW = {"opens": "2026-11-02", "closes": "2026-11-30"}


def rules_for(kind: str = "first", **changed: Any) -> Rules:
    """Rules of a kind; `quota__total=3` changes one key of a mapping, None takes it away."""
    data: dict[str, Any] = {**ROUNDS[kind], "criteria_version": "changzhi-2023/1", "window": dict(WINDOW)}
    for path, value in changed.items():
        *parents, last = path.split("__")
        place = data
        for name in parents:
            place[name] = dict(place[name])
            place = place[name]
        place[last] = value
    return rules_of(data)


def cases(name: str, part: str | None = None) -> list[Any]:
    found = yaml.safe_load((HERE / name).read_text("utf-8"))
    rows = found[part] if part else found
    assert len({case["case"] for case in rows}) == len(rows)
    return [pytest.param(case, id=case["case"]) for case in rows]
