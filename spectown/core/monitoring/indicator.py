"""One version of an indicator (指标): what it means, in which unit, from whom, how obtained."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict
from pydantic.dataclasses import dataclass

from spectown.core.lights import Level, Light
from spectown.core.monitoring.values import Value, ValueKind
from spectown.core.periods import Every, Period, of_code

STRICT = ConfigDict(extra="forbid")


class Kind(StrEnum):
    """How figures of several periods go together."""

    STOCK = "stock"
    FLOW = "flow"
    CUMULATIVE = "cumulative"
    RATIO = "ratio"
    COUNT = "count"
    TEXT = "text"

    @property
    def label(self) -> str:
        """Chinese word."""
        return {
            "stock": "时点数",
            "flow": "期间数",
            "cumulative": "本年累计数",
            "ratio": "比率",
            "count": "期末个数",
            "text": "文字",
        }[self.value]


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


class Obtained(StrEnum):
    """Where values come from."""

    FILLED = "filled"
    DERIVED = "derived"
    COMPUTED = "computed"

    @property
    def label(self) -> str:
        """Chinese word."""
        return {"filled": "填报", "derived": "由清单得出", "computed": "按公式计算"}[self.value]


class Policy(StrEnum):
    """When a formula lacks inputs: `any` lacking, `all` lacking, or `never` without a result (lacking counts as 0)."""

    ANY = "any"
    ALL = "all"
    NEVER = "never"


def read_period(value: Any) -> Any:
    """A period as YAML or JSON has it. Raises ValueError in Chinese."""
    return value if value is None or isinstance(value, Period) else of_code(str(value))


PeriodCode = Annotated[Period, BeforeValidator(read_period)]


@dataclass(frozen=True, slots=True, config=STRICT)
class Indicator:
    """One version, in force from the period `since` on. `source`: code of the unit that owns the figure.

    `warn`, `good`: thresholds in its unit; `categories`: of towns, empty = all; `signed`: may be below 0;
    `suggested`: 建议指标, not decided by the office yet.
    """

    code: str
    name: str
    definition: str
    group: str
    clause: str
    kind: Kind
    every: Every
    source: str
    since: PeriodCode
    unit: str = ""
    direction: Direction = Direction.NONE
    obtained: Obtained = Obtained.FILLED
    derivation: str = ""
    formula: str = ""
    missing: Policy = Policy.ANY
    decimals: int = 0
    warn: Decimal | None = None
    good: Decimal | None = None
    categories: tuple[str, ...] = ()
    signed: bool = False
    until: PeriodCode | None = None
    suggested: bool = True

    def covers(self, period: Period) -> bool:
        """True where this version is in force for a period."""
        return self.since.first <= period.first and (self.until is None or period.last <= self.until.last)

    def applies_to(self, category: str) -> bool:
        """True where towns of a category have it."""
        return not self.categories or category in self.categories

    @property
    def is_asked_figure(self) -> bool:
        """True for a figure that somebody fills in."""
        return self.obtained == Obtained.FILLED and self.kind != Kind.TEXT

    @property
    def heading(self) -> str:
        """Name with unit, for the head of a column."""
        return f"{self.name}({self.unit})" if self.unit else self.name

    def light(self, value: Value) -> Light:
        """Green from `good` on, red beyond `warn`, yellow between; grey where not reported, none without thresholds."""
        if value.kind == ValueKind.MISSING:
            return Light(self.code, Level.GREY, "未报", f"{self.name}未报")
        if value.number is None or self.warn is None or self.good is None:
            return Light(self.code, Level.NONE, "不亮灯", "没有设置界限,或不适用")
        sign = -1 if self.direction == Direction.DOWN else 1
        number, warn, good = (sign * each for each in (value.number, self.warn, self.good))
        level = Level.GREEN if number >= good else Level.RED if number < warn else Level.YELLOW
        word = {Level.GREEN: "较好", Level.RED: "偏差", Level.YELLOW: "一般"}[level]
        limits = f"较好 {self.good}、警戒 {self.warn}"
        return Light(self.code, level, word, f"{self.name} {value.shown}{self.unit}({limits})", self.clause)
