"""Parts of a stored result as pages, papers and searches read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spectown.evaluation.models import Result

Parts = Mapping[str, Mapping[str, Mapping[str, float | None]]]


def parts_by_town(result: Result, *, ranked: bool = True) -> Parts:
    """Value, weight, raw by code, by town; `ranked`: only of those that have a rank."""
    rows: list[dict[str, Any]] = result.content["board"]["rows"]
    return {
        row["name"]: {
            part["code"]: {name: part[name] for name in ("value", "weight", "raw")} for part in row["breakdown"]
        }
        for row in rows
        if not ranked or row["rank"] is not None
    }
