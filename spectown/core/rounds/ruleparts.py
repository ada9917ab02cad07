"""Parts of the rules of a round: window, materials, score sheet, quotas, panel."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Count = Annotated[int, Field(ge=1)]
Points = Annotated[Decimal, Field(gt=0, le=1000)]
Amount = Annotated[Decimal, Field(gt=0, le=10**12)]


class Strict(BaseModel):
    """A mapping without unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FileForm(StrEnum):
    """What kind of file a material may be."""

    PDF = "pdf"
    IMAGE = "image"
    WORD = "word"
    EXCEL = "excel"


class VisitPlan(StrEnum):
    """Which cases of the round are visited (实地核查)."""

    NONE = "none"
    CHOSEN = "chosen"
    ALL = "all"


class PriorityUse(StrEnum):
    """How 优先评定 (方案 二(五)) orders: among equal scores only, or before the score. It never decides."""

    TIE = "tie"
    FIRST = "first"


class Window(Strict):
    """When counties may hand in; both days belong to it."""

    opens: date
    closes: date


class Material(Strict):
    """One item of the list of materials: one file each; `expires`: the date until which it holds is asked for."""

    code: Code
    name: str
    clause: str
    required: bool = True
    forms: Annotated[tuple[FileForm, ...], Field(min_length=1)]
    max_mb: Annotated[int, Field(ge=1, le=300)]
    expires: bool = False


class ScoreItem(Strict):
    """One line of the score sheet: points from 0 to `max_points`, `weight` in per cent of the whole."""

    code: Code
    title: str
    clause: str
    weight: Points
    max_points: Points = Decimal(100)


class Quota(Strict):
    """How many titles at most: of all, of a county, of a field; None = no limit. `counties`, `fields`: exceptions."""

    total: Count | None = None
    per_county: Count | None = None
    per_field: Count | None = None
    counties: Mapping[str, int] = Field(default_factory=dict)
    fields: Mapping[str, int] = Field(default_factory=dict)

    def of_county(self, county: str) -> int | None:
        """Limit of a county; None = no limit."""
        return self.counties.get(county, self.per_county)

    def of_field(self, field: str) -> int | None:
        """Limit of a field of industry."""
        return self.fields.get(field, self.per_field)


class Panel(Strict):
    """Experts of one case: how many are drawn, how many scores at least for a result (of the sheet and each line)."""

    size: Count
    minimum: Count


class Province(Strict):
    """What a town must be to be recommended, beyond the criteria of the plan; all 建议值 until the province says.

    `held_years`: the city's title has been held so long; `standard_path`: the relaxed path does not do; `least`: by the
    field of the form, at least so much, in the unit of the form.
    """

    held_years: Annotated[int, Field(ge=0, le=20)] = 0
    standard_path: bool = False
    least: Mapping[Code, Amount] = Field(default_factory=dict)


class Outliers(Strict):
    """When a score is shown as far from the others: see core.rounds.spread."""

    fewest: Count = 4
    deviations: Points = Decimal("3.5")
    gap: Points = Decimal(10)
