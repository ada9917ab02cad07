"""Every style of numbering and of unit marks that real plans use, each on a text of its own (styles.yaml)."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from spectown.core.plandoc import PlanDocument, parse_text

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "styles.yaml").read_text())
IDS = [case["name"] for case in CASES]


def row(clause: str | None, sets: Any) -> str:
    cells = [clause or "~", "、".join(sets.leads), "、".join(sets.participants), "、".join(sets.collective)]
    return "|".join(cell.strip() for cell in cells)


def plain(line: str) -> str:
    return "|".join(cell.strip() for cell in line.split("|"))


@pytest.fixture(params=CASES, ids=IDS)
def case(request) -> tuple[dict[str, Any], PlanDocument]:
    filler = "加强宣传引导,营造良好氛围,推动落到实处。" * request.param.get("repeat", 0)
    return request.param, parse_text(request.param["text"] + filler)


def test_clauses(case):
    expected, plan = case
    assert [clause.id for clause in plan.walk()] == [str(one) for one in expected["clauses"]]


def test_marks(case):
    expected, plan = case
    marks = sorted((mark for task in plan.tasks for mark in task.marks), key=lambda mark: mark.start)
    assert [row(mark.clause, mark) for mark in marks] == [plain(line) for line in expected["marks"]]
    assert plan.marks_count == len(marks)


def test_tasks(case):
    expected, plan = case
    if "tasks" in expected:
        assert [row(task.clause, task) for task in plan.tasks] == [plain(line) for line in expected["tasks"]]
    for name in ("title", "document_number"):
        if name in expected:
            assert getattr(plan, name) == expected[name]


def test_ranges(case):
    _, plan = case
    for clause in plan.walk():
        assert plan.text[clause.start : clause.end] == clause.text
    for task in plan.tasks:
        for mark in task.marks:
            assert plan.text[mark.start : mark.end] == mark.raw
