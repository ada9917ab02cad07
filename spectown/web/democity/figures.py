"""Synthetic yearly figures, honours and further towns of the synthetic enterprises."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import polars as pl

from spectown.enterprises.enums import ChainRole, EntityKind, HonourKind, HonourLevel, Size
from spectown.web.democity.world import City

OUTPUT = {Size.LARGE: 60000.0, Size.MEDIUM: 15000.0, Size.SMALL: 2200.0, Size.MICRO: 260.0}  # 万元 in the middle
REPORTED = 0.93  # share of figures that were reported; the rest stands empty, which is not zero


def years(city: City, firms: pl.DataFrame) -> pl.DataFrame:
    """Three years of figures of every company and cooperative; some are not reported."""
    rng = city.chance("years")
    told = firms.filter(pl.col("kind").is_in([EntityKind.COMPANY, EntityKind.COOPERATIVE]))
    count = len(told)
    middle = told["size"].replace_strict({str(k): v for k, v in OUTPUT.items()}, return_dtype=pl.Float64).to_numpy()
    level = middle * rng.lognormal(0, 0.5, count)
    return pl.concat(
        [_year(rng, told, year, level * rng.normal(1.06, 0.08, count) ** n) for n, year in enumerate(city.years)]
    )


def _year(rng: np.random.Generator, told: pl.DataFrame, year: int, output: Any) -> pl.DataFrame:
    count = len(told)
    revenue = output * rng.normal(0.97, 0.05, count)
    exporting = rng.random(count) < 0.08
    columns = {
        "output": _missing(rng, output),
        "revenue": _missing(rng, revenue),
        "tax": _missing(rng, revenue * rng.uniform(0.005, 0.05, count)),
        "employees": _missing(rng, np.maximum(1, output / rng.uniform(40, 160, count)), 0),
        "export": _missing(rng, np.where(exporting, revenue * rng.uniform(0.05, 0.5, count), 0)),
        "rnd": _missing(rng, revenue * rng.uniform(0, 0.05, count)),
    }
    return told.select(pl.col("id").alias("enterprise_id"), "territory_id", "town_id").with_columns(
        year=pl.lit(year), source=pl.lit("演示数据,企业自报"), **columns
    )


def _missing(rng: np.random.Generator, values: Any, decimals: int = 2) -> pl.Series:
    rounded = pl.Series(np.round(np.maximum(values, 0), decimals))
    kept = pl.Series(rng.random(len(values)) < REPORTED)
    found = rounded.to_frame("v").select(pl.when(kept).then(pl.col("v")))["v"]
    return found.cast(pl.Int64) if decimals == 0 else found


def honours(city: City, firms: pl.DataFrame) -> list[dict[str, Any]]:
    """Titles of the better firms; some have run out, a few were withdrawn."""
    rng = city.chance("honours")
    strong = firms.filter(pl.col("above_scale") | (pl.col("chain_role") == ChainRole.LEADING)).head(4000)
    rows: list[dict[str, Any]] = []
    for firm in strong.iter_rows(named=True):
        for kind in rng.choice(np.array(HonourKind.values, dtype=object), int(rng.integers(0, 3)), replace=False):
            rows.append(_honour(rng, firm, str(kind), city.today))
    return rows


def _honour(rng: np.random.Generator, firm: dict[str, Any], kind: str, today: datetime.date) -> dict[str, Any]:
    since = datetime.date(today.year - int(rng.integers(1, 7)), int(rng.integers(1, 13)), 15)
    until = since.replace(year=since.year + 3) if rng.random() < 0.8 else None
    drawn = str(rng.choice(np.array(HonourLevel.values, dtype=object)))
    level = str(HonourLevel.STATE) if kind == HonourKind.LITTLE_GIANT else drawn  # only the State gives that title
    withdrawn = rng.random() < 0.02 and since.year < today.year - 1
    return {
        "enterprise_id": firm["id"],
        "territory_id": firm["territory_id"],
        "town_id": firm["town_id"],
        "kind": kind,
        "title": "演示荣誉" if kind == HonourKind.OTHER else "",
        "level": level,
        "issuer": "演示认定单位",
        "document_number": f"演示〔{since.year}〕{int(rng.integers(1, 90))}号",
        "valid_from": since,
        "valid_to": until,
        "withdrawn_on": today if withdrawn else None,
        "withdrawn_reason": "复核未通过(演示)" if withdrawn else "",
    }


def memberships(city: City, firms: pl.DataFrame) -> list[dict[str, Any]]:
    """One firm in forty serves a second town too."""
    rng = city.chance("memberships")
    some = firms.filter(pl.col("town_id").is_not_null() & (pl.col("id") % 40 == 7)).head(2000)
    towns = [place.pk for place in city.places]
    rows = []
    for firm in some.iter_rows(named=True):
        other = int(rng.choice(towns))
        if other != firm["town_id"]:
            rows.append(
                {
                    "enterprise_id": firm["id"],
                    "territory_id": firm["territory_id"],
                    "town_id": other,
                    "chain_role": str(ChainRole.PARTNER),
                }
            )
    return rows
