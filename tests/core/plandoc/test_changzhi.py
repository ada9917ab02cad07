"""The city's own plan, exact to the last unit."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from spectown.core.plandoc import PlanDocument, parse_bytes

PLAN = Path(__file__).parents[3] / "plans" / "changzhi-2023" / "plan.txt"


@pytest.fixture(scope="module")
def plan() -> PlanDocument:
    return parse_bytes(PLAN.read_bytes(), "plan.txt")


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    return yaml.safe_load((Path(__file__).parent / "changzhi.yaml").read_text())


@pytest.mark.parametrize("name", ["title", "issuer", "document_number", "signed_date", "published_date", "disclosure"])
def test_head(plan, expected, name):
    assert plan.as_dict()[name] == expected[name]


def test_clauses(plan, expected):
    assert [f"{clause.id} {clause.heading}" for clause in plan.walk()] == expected["clauses"]


def test_tasks_have_exactly_their_units(plan, expected):
    found = [
        {
            "number": task.number,
            "title": task.title,
            "clause": task.clause,
            "leads": "、".join(task.leads),
            "participants": "、".join(task.participants),
            "collective": "、".join(task.collective),
        }
        for task in plan.tasks
    ]
    assert found == expected["tasks"]
    assert plan.marks_count == 10


@pytest.mark.parametrize("name", ["targets", "thresholds"])
def test_quantities(plan, expected, name):
    keys = expected[name][0].keys()
    assert [{key: row[key] for key in keys} for row in plan.as_dict()[name]] == expected[name]


def test_members(plan, expected):
    rows = [f"{member.role} | {member.name} | {member.post} | {member.unit}" for member in plan.members]
    assert rows == expected["members"]
    assert [member.role for member in plan.members].count("成员") == 46


def test_towns(plan, expected):
    assert [f"{town.number} | {town.name} | {town.county}" for town in plan.towns] == expected["towns"]


def test_every_range_slices_to_its_text(plan):
    text = PLAN.read_text()
    assert plan.text == text
    for clause in plan.walk():
        assert text[clause.start : clause.end] == clause.text
    for quantity in (*plan.targets, *plan.thresholds):
        assert text[quantity.start : quantity.end] == quantity.text
    for task in plan.tasks:
        for mark in task.marks:
            assert text[mark.start : mark.end] == mark.raw


def test_oddities_of_the_plan(plan):
    said = "\n".join(problem.message for problem in plan.problems)
    for words in ("市统计局", "市税务局", "长治海关", "沁源县没有专业镇", "共同牵头", "原则上", "发文字号"):
        assert words in said
    assert not [problem for problem in plan.problems if problem.severity == "unreadable"]
