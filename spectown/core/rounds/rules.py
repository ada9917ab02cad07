"""The rules of one round as a typed, frozen value; samples with their sources: plans/<plan>/rounds.yaml (建议值)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, ValidationError

from spectown.core.rounds.ruleparts import (
    Code,
    Count,
    Material,
    Outliers,
    Panel,
    PriorityUse,
    Province,
    Quota,
    ScoreItem,
    Strict,
    VisitPlan,
    Window,
)
from spectown.core.rounds.words import RoundKind


class RulesFault(ValueError):
    """The rules cannot be read; the message says where and why, one line each."""


class Rules(Strict):
    """The rules of a round. `panel` None: no expert review. `pass_score`: of 100, None = no limit.

    `criteria`: codes of the criteria that are checked, () = all; `province`: what a recommendation asks for besides.
    `terms`: working days, named as in core.rounds.ball.
    `sources`: by the name of a field, whose figure it is (建议值 or a clause).
    """

    kind: RoundKind
    level: Code
    criteria_version: str
    window: Window
    quota: Quota = Quota()
    materials: tuple[Material, ...]
    panel: Panel | None = None
    sheet: tuple[ScoreItem, ...] = ()
    pass_score: Annotated[Decimal, Field(ge=0, le=100)] | None = None
    priority: PriorityUse = PriorityUse.TIE
    outliers: Outliers = Outliers()
    visit: VisitPlan = VisitPlan.NONE
    criteria: tuple[Code, ...] = ()
    province: Province | None = None
    correction_rounds: Annotated[int, Field(ge=0)]
    publicity_days: Annotated[int, Field(ge=0)]
    validity_years: Count
    terms: Mapping[str, Count]
    sources: Mapping[str, str] = Field(default_factory=dict)

    @property
    def clocks(self) -> dict[str, int]:
        """All terms in working days by name, for core.rounds.ball."""
        return {**self.terms, "publicity": self.publicity_days}


def rules_of(data: Mapping[str, Any]) -> Rules:
    """The rules from parsed YAML or JSON. Raises RulesFault with the place of every problem."""
    try:
        return Rules.model_validate(data)
    except ValidationError as error:
        places = [(".".join(map(str, each["loc"])) or "全文", each["msg"]) for each in error.errors(include_url=False)]
        raise RulesFault("批次规则有误:" + ";".join(f"{place}:{message}" for place, message in places)) from error
