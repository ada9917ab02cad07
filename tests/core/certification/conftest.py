"""The criteria of the Changzhi plan, read from the plan folder, and complete answers to start from."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from spectown.core.certification.criteria import CheckName, CriteriaSet, criteria_from_mapping

PLAN = Path(__file__).parents[3] / "plans" / "changzhi-2023"
TODAY = date(2026, 11, 23)


def load_criteria() -> CriteriaSet:
    criteria, categories = (
        yaml.safe_load((PLAN / name).read_text(encoding="utf-8")) for name in ("criteria.yaml", "categories.yaml")
    )
    return criteria_from_mapping(criteria, categories)


def materials(criteria: CriteriaSet) -> dict[str, object]:
    by_material = (CheckName.JUDGED, CheckName.ORIGIN)
    return {f"evidence_{each.code}": "见附件" for each in criteria.criteria if each.check in by_material}


def judged_as_met(criteria: CriteriaSet) -> dict[str, object]:
    verdict = {"outcome": "met", "by": "评审专家", "reason": "材料属实"}
    return {"judgements": {each.code: verdict for each in criteria.criteria if each.check != "county"}}


def counts() -> dict[str, object]:
    return {
        "category": "manufacturing",
        "output_wan": 120000,
        "output_year": 2022,
        "leading_enterprises": 2,
        "chain_partners": 12,
        "counties": ["潞城区"],
    }


def base(name: str, criteria: CriteriaSet) -> dict[str, object]:
    """空白 nothing at all · 已填 figures and material · 已判断 the same, all judged as met."""
    filled = {**counts(), **materials(criteria)}
    return {"空白": {}, "已填": filled, "已判断": {**filled, **judged_as_met(criteria)}}[name]


@pytest.fixture(scope="session")
def criteria() -> CriteriaSet:
    return load_criteria()
