"""The criteria data: every sentence stands in the plan, and wrong data is refused with its place."""

import copy
from datetime import date
from decimal import Decimal

import pytest
import yaml

from spectown.core.certification.criteria import (
    CriteriaError,
    Threshold,
    criteria_from_mapping,
    threshold_of,
)
from spectown.core.certification.outcomes import Path
from tests.core.certification.conftest import PLAN

TEXT = (PLAN / "plan.txt").read_text(encoding="utf-8")
NUMERALS = "一二三四五六七八九十"


@pytest.fixture
def data():
    return [yaml.safe_load((PLAN / f"{name}.yaml").read_text("utf-8")) for name in ("criteria", "categories")]


def quotes(node):
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "quote":
                yield node.get("clause"), value
            else:
                yield from quotes(value)
    if isinstance(node, list):
        for each in node:
            yield from quotes(each)


def clause_text(clause):
    """The paragraph of 二(四) and the like in the plan's main text."""
    chapter, item = clause[0], clause[1:]
    chapters = TEXT[: TEXT.index("附件1\n")].split("\n\n")
    start = next(i for i, each in enumerate(chapters) if each.startswith(f"{chapter}、"))
    return next(each for each in chapters[start:] if each.startswith(item))


def test_every_quote_stands_in_its_clause(data):
    found = [each for part in data for each in quotes(part)]
    assert len(found) > 35
    for clause, quote in found:
        assert quote in clause_text(clause)


def test_every_clause_of_the_second_chapter_is_covered(criteria):
    assert {each.clause for each in criteria.criteria} == {f"二({NUMERALS[i]})" for i in range(8)}
    for heading in criteria.clauses:
        assert clause_text(heading.clause).startswith(f"{heading.clause[1:]}{heading.heading}。")


def test_the_numbers_of_the_plan(criteria):
    numbers = {each.code: [item.value for item in each.thresholds] for each in criteria.categories}
    assert numbers == {
        "manufacturing": [Decimal(100000)],
        "light_industry": [Decimal(50000)],
        "agriculture": [Decimal(50000)],
        "tourism": [],
        "ecommerce": [],
        "wellness": [],
        "it_innovation": [],
    }
    counts = {each.code: int(each.thresholds[0].value) for each in criteria.criteria if each.thresholds}
    assert counts == {"county": 1, "output": 5000, "leading_enterprises": 1, "chain_partners": 10}


def broken(data, change):
    criteria, categories = copy.deepcopy(data)
    change(criteria, categories)
    with pytest.raises(CriteriaError) as caught:
        criteria_from_mapping(criteria, categories)
    return str(caught.value)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda one, two: two["categories"][3].update(thresholds=[{"value": 0}]), "categories.3.thresholds"),
        (lambda one, two: two["categories"][0]["thresholds"][0].update(value=0), "thresholds.0.value"),
        (lambda one, two: one["criteria"][0].update(clauze="二(一)"), "criteria.0.clauze"),
        (lambda one, two: one["criteria"][1].update(code="heritage_product"), "条件代码重复:heritage_product"),
        (lambda one, two: one["criteria"][0].update(check="magic"), "criteria.0.check"),
        (lambda one, two: one["criteria"][0].update(figures=["magic"]), "magic"),
        (lambda one, two: one["criteria"][0].update(check="at_least"), "没有标准数值"),
        (lambda one, two: one["paths"].pop(), "未定义的路径"),
        (lambda one, two: one["criteria"].clear(), "criteria"),
        (lambda one, two: one.pop("decision"), "decision"),
    ],
)
def test_wrong_data_is_refused_with_its_place(data, change, place):
    assert place in broken(data, change)


def test_a_threshold_has_its_dates():
    def dated(value, start, end=None, path=None):
        return Threshold(Decimal(value), "万元", start, "二(四)", "…", end, path)

    first = dated(1, date(2023, 3, 31), date(2025, 12, 31))
    second = dated(2, date(2026, 1, 1))
    both = (first, second)
    assert threshold_of(both, date(2023, 3, 30), Path.STANDARD) is None
    assert threshold_of(both, date(2023, 3, 31), Path.STANDARD) is first
    assert threshold_of(both, date(2025, 12, 31), Path.STANDARD) is first
    assert threshold_of(both, date(2026, 1, 1), Path.STANDARD) is second
    relaxed = dated(3, date(2023, 3, 31), path=Path.RELAXED)
    assert threshold_of((relaxed,), date(2026, 1, 1), Path.STANDARD) is None
