"""What a kept result says about how sure its ranks are: chances at the lines, what the ranks hang on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from spectown.core.evaluation.sensitivity import SOURCES
from spectown.evaluation.models import Result


@dataclass(frozen=True, slots=True)
class Chances:
    """Share of the draws in which a town stands before the line of 表扬, and behind that of 督办."""

    top: float
    bottom: float

    @property
    def said(self) -> str:
        """In words."""
        return f"抽样中在表扬线以内的占 {self.top:.0%},在督办线以后的占 {self.bottom:.0%}"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How far ranks move without one indicator: on average, at most."""

    name: str
    mean: float
    most: int


def chances_of(result: Result) -> Mapping[str, Chances]:
    """Of each town that is ranked, by name."""
    rows: list[dict[str, Any]] = result.content["board"]["rows"]
    return {row["name"]: Chances(row["p_top"], row["p_bottom"]) for row in rows if row["p_top"] is not None}


def sources_of(result: Result) -> list[tuple[str, int]]:
    """Each source of changes and its share in per cent."""
    return [(SOURCES[name], round(100 * share)) for name, share in result.content["board"]["variance"].items()]


def left_out(result: Result, names: Mapping[str, str]) -> list[LeftOut]:
    """Each indicator left out in turn, what moves ranks most first. `names`: of indicators by code."""
    rows: list[dict[str, Any]] = result.content["board"]["without"]
    found = [LeftOut(names.get(e["indicator"], e["indicator"]), e["mean_shift"], e["largest_shift"]) for e in rows]
    return sorted(found, key=lambda each: (-each.mean, -each.most, each.name))
