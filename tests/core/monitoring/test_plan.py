"""The three shipped files: they are read, they fit the plan and each other."""

from collections import Counter
from functools import cache
from typing import Any

import yaml

from spectown.core.monitoring.catalogue import Catalogue
from spectown.core.monitoring.checkreading import read_rules
from spectown.core.monitoring.checks import AnyRule, OfIndicators
from spectown.core.monitoring.derivations import DERIVATIONS
from spectown.core.monitoring.formreading import read_forms
from spectown.core.monitoring.forms import ReportForm
from spectown.core.monitoring.indicator import Kind, Obtained
from spectown.core.monitoring.reading import Known, read_catalogue
from spectown.core.periods import of_code
from spectown.core.plandoc import parse_text
from tests.core.monitoring.data import PLAN

YEAR_2026 = of_code("2026")


def raw(name: str) -> dict[str, Any]:
    return dict(yaml.safe_load((PLAN / name).read_text("utf-8")))


@cache
def known() -> Known:
    units = {unit["code"] for unit in raw("organisation.yaml")["units"]}
    clauses = {clause.id for clause in parse_text((PLAN / "plan.txt").read_text("utf-8")).walk()}
    return Known(units, clauses, {category["code"] for category in raw("categories.yaml")["categories"]})


@cache
def catalogue() -> Catalogue:
    return read_catalogue(raw("indicators.yaml")["indicators"], known())


@cache
def forms() -> list[ReportForm]:
    return read_forms(raw("reportforms.yaml")["forms"], catalogue(), known())


@cache
def rules() -> list[AnyRule]:
    return read_rules(raw("checks.yaml")["checks"], catalogue(), known())


def test_the_catalogue_covers_what_a_town_is_judged_by() -> None:
    found = catalogue().all_on(YEAR_2026)
    assert 60 <= len(found) <= 72
    assert all(each.suggested for each in found)
    clauses = {each.clause for each in found}
    eight = {f"二({number})" for number in "二三四五六七八"}  # 二(一), 历史传承, is judged, not measured
    tasks = {f"三({number})" for number in "一二三四五六七八九"}
    assert eight | tasks <= clauses
    assert {each.derivation for each in found if each.derivation} == DERIVATIONS.keys()


def test_little_is_asked() -> None:
    by_code = {form.code: form for form in forms()}
    at = {"monthly": "2026-11", "quarterly": "2026-Q4", "yearly": "2026"}
    asked = {code: len(by_code[code].asked(catalogue(), of_code(at[code]))) for code in by_code}
    assert asked["monthly"] <= 12
    assert sum(asked.values()) <= 25


def test_every_indicator_stands_in_one_form() -> None:
    counts = Counter(code for form in forms() for code in form.codes)
    assert counts == Counter(dict.fromkeys(catalogue().versions, 1))


def test_rules_look_at_what_is_asked() -> None:
    named = {code for rule in rules() if isinstance(rule, OfIndicators) for code in rule.indicators}
    money = {
        each.code
        for each in catalogue().all_on(YEAR_2026)
        if each.obtained == Obtained.FILLED and each.kind != Kind.TEXT and "元" in each.unit and not each.signed
    }
    mistaken = next(rule for rule in rules() if rule.code == "unit_mistaken")
    assert isinstance(mistaken, OfIndicators)
    assert money <= set(mistaken.indicators) <= named
