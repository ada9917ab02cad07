"""The criteria of the plan, and complete answers to start from."""

from decimal import Decimal
from typing import Any

import yaml

from spectown.core.certification.answers import Answers, Judgement
from spectown.core.certification.criteria import criteria_from_mapping
from spectown.core.certification.outcomes import Outcome
from tests.core.rounds.data import PLAN

CRITERIA = criteria_from_mapping(
    *(yaml.safe_load((PLAN / name).read_text("utf-8")) for name in ("criteria.yaml", "categories.yaml"))
)
_CODES = [criterion.code for criterion in CRITERIA.criteria]


def answers(**changed: Any) -> Answers:
    """A town that qualifies: everything filled and judged as met; `output` in 万元."""
    values: dict[str, Any] = {
        "category": "manufacturing",
        "output_wan": Decimal(changed.pop("output", 120000)),
        "output_year": 2025,
        "leading_enterprises": 2,
        "chain_partners": 12,
        "counties": ("潞城区",),
        "traditional_origin": False,
        "evidence": dict.fromkeys(_CODES, "见附件"),
        "judgements": {code: Judgement(Outcome.MET, "评审专家", "材料属实") for code in _CODES},
    }
    return Answers(**{**values, **changed})
