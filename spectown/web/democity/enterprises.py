"""Synthetic enterprises: skewed over towns like real ones, each with one town, a part in its chain and a kind."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from spectown.enterprises.enums import ChainRole, EntityKind, Promotion, Size, Status
from spectown.web.democity.codes import demo_codes
from spectown.web.democity.world import City, pick

FARMING = (EntityKind.COMPANY, EntityKind.COOPERATIVE, EntityKind.FAMILY_FARM, EntityKind.SOLE_TRADER)
OTHERS = (EntityKind.COMPANY, EntityKind.SOLE_TRADER)
TAIL = {
    EntityKind.COMPANY: "有限公司",
    EntityKind.COOPERATIVE: "专业合作社",
    EntityKind.FAMILY_FARM: "家庭农场",
    EntityKind.SOLE_TRADER: "经营部",
}
LEADERS = 3  # per town at most
ALIKE = 8  # pairs that show 疑似重复
OUTSIDE = 0.08  # share without a town


def enterprises(city: City, count: int, first: int = 1) -> pl.DataFrame:
    """`count` rows with stored values by field, `id` from `first`; references as numbers."""
    rng = city.chance("enterprises")
    town = rng.choice(len(city.places), count, p=city.weights)
    order = _order_in_town(town)
    kind = _kinds(city, rng, town)
    kind[order == 0] = EntityKind.COMPANY
    role = _roles(rng, order, kind)
    inside = (rng.random(count) > OUTSIDE) | (order == 0)
    number = np.arange(1, count + 1)
    coded = (kind != EntityKind.FAMILY_FARM) | (rng.random(count) < 0.3)
    codes = np.array(demo_codes(_authority(city, town, kind), number), dtype=object)
    size = _sizes(rng, role)
    above = np.isin(size, [Size.LARGE, Size.MEDIUM]) | ((size == Size.SMALL) & (rng.random(count) < 0.2))
    above &= kind == EntityKind.COMPANY
    founded = city.today.toordinal() - rng.integers(120, 9000, count)
    people = np.char.add(
        pick(rng, city.words["surnames"], count).astype(str), pick(rng, city.words["given"], count).astype(str)
    )
    made = pl.DataFrame(
        {
            "id": number + (first - 1),
            "code": np.where(coded, codes, ""),
            "name": _names(city, rng, town, kind),
            "territory_id": city.column("territory")[town].astype(np.int64),
            "town_id": pl.Series(np.where(inside, city.column("pk")[town], -1).astype(np.int64)).replace(-1, None),
            "chain_role": np.where(inside, role, ""),
            "kind": kind,
            "size": size,
            "above_scale": above,
            "promotion": _promotions(rng, size, above),
            "industry": "",
            "products": [
                city.places[t].products[n % len(city.places[t].products)] for t, n in zip(town, order, strict=True)
            ],
            "established": pl.Series([datetime.date.fromordinal(int(n)) for n in founded]),
            "capital": _capital(rng, size),
            "legal_person": people.astype(object),
            "contact": people.astype(object),
            "phone": [f"0355-{n:07d}" for n in rng.integers(2_000_000, 9_000_000, count)],
            "address": _addresses(city, rng, town),
            "status": rng.choice(np.array(Status.values, dtype=object), count, p=(0.955, 0.03, 0.015)),
            "note": "",
        },
        strict=False,
    )
    return with_alike(made)


def _order_in_town(town: NDArray[np.int64]) -> NDArray[np.int64]:
    """0 for the first enterprise of each town, 1 for the second, and so on."""
    frame = pl.DataFrame({"town": town}).with_columns(order=pl.int_range(pl.len()).over("town"))
    return np.asarray(frame["order"].to_numpy(), dtype=np.int64)


def _kinds(city: City, rng: np.random.Generator, town: NDArray[np.int64]) -> NDArray[Any]:
    farming = (city.column("category") == "agriculture")[town]
    drawn = rng.random(len(town))
    farm = np.array(FARMING, dtype=object)[np.digitize(drawn, (0.45, 0.70, 0.92))]
    other = np.array(OTHERS, dtype=object)[np.digitize(drawn, (0.85,))]
    return np.where(farming, farm, other)


def _roles(rng: np.random.Generator, order: NDArray[np.int64], kind: NDArray[Any]) -> NDArray[Any]:
    others = (ChainRole.UPSTREAM, ChainRole.DOWNSTREAM, ChainRole.PARTNER)
    role = rng.choice(np.array(others, dtype=object), len(order), p=(0.35, 0.30, 0.35))
    leading = (order < LEADERS) & ((order == 0) | (rng.random(len(order)) < 0.4)) & (kind == EntityKind.COMPANY)
    return np.where(leading, np.array(ChainRole.LEADING, dtype=object), role)


def _sizes(rng: np.random.Generator, role: NDArray[Any]) -> NDArray[Any]:
    small = rng.choice(np.array(Size.values, dtype=object), len(role), p=(0.0, 0.02, 0.28, 0.70))
    large = rng.choice(np.array(Size.values, dtype=object), len(role), p=(0.2, 0.5, 0.3, 0.0))
    return np.where(role == ChainRole.LEADING, large, small)


def _promotions(rng: np.random.Generator, size: NDArray[Any], above: NDArray[np.bool_]) -> NDArray[Any]:
    drawn = rng.choice(np.array(Promotion.values, dtype=object), len(size), p=(0.75, 0.15, 0.06, 0.04))
    none = np.array(Promotion.NONE, dtype=object)
    grown = np.where(drawn == Promotion.PROMOTED, drawn, none)
    growing = np.where((size == Size.SMALL) & (drawn != Promotion.PROMOTED), drawn, none)
    return np.where(above, grown, growing)


def _authority(city: City, town: NDArray[np.int64], kind: NDArray[Any]) -> NDArray[Any]:
    """First eight characters of the code: registered as enterprise 91, sole trader 92, cooperative 93; county."""
    first = {EntityKind.COMPANY: "91", EntityKind.SOLE_TRADER: "92", EntityKind.COOPERATIVE: "93"}
    county = city.column("county_code")[town]
    return np.array([first.get(k, "92") + c for k, c in zip(kind, county, strict=True)], dtype=object)


def _names(city: City, rng: np.random.Generator, town: NDArray[np.int64], kind: NDArray[Any]) -> list[str]:
    drawn, three = rng.integers(0, 1000, len(town)), pick(rng, city.words["marks"], len(town))
    lines = [(city.places[t].area, _line(city, int(t), int(n))) for t, n in zip(town, drawn, strict=True)]
    rows = zip(town, kind, _marks(city, rng, lines), three, drawn, strict=True)
    return [
        _name(city, int(t), k, f"{mark}{more}{number}" if k == EntityKind.FAMILY_FARM else mark, int(n))
        for number, (t, k, mark, more, n) in enumerate(rows, start=1)  # a farm without code is told apart by its name
    ]


def _marks(city: City, rng: np.random.Generator, lines: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Three letters for each name; of one line in one county any two differ in two of them, so none look alike."""
    third, many = len(city.words["marks"]) // 3, defaultdict[tuple[str, str], int](int)
    letters = np.array(city.words["marks"][: 3 * third], dtype=object).reshape(3, third)
    turns = defaultdict[tuple[str, str], Any](lambda: rng.permuted(letters, axis=1))
    for line in lines:
        first, second = many[line] % third, many[line] // third
        yield "".join(turns[line][[0, 1, 2], [first, second % third, (first + second) % third]])
        many[line] += 1


def _line(city: City, town: int, drawn: int) -> str:
    """What the enterprise makes or supplies."""
    words = city.words["suppliers"] if drawn % 5 == 0 else city.places[town].products
    return str(words[drawn % len(words)])


def _name(city: City, town: int, kind: str, mark: str, drawn: int) -> str:
    area = city.places[town].area
    if kind == EntityKind.FAMILY_FARM:
        return f"{area}{mark}家庭农场(演示)"
    return f"{area}{mark}{_line(city, town, drawn)}{TAIL[EntityKind(kind)]}(演示)"


def with_alike(made: pl.DataFrame) -> pl.DataFrame:
    """A register of officials holds some enterprises twice: a few names return with another legal form."""
    small = (pl.col("kind") == EntityKind.COMPANY) & (pl.col("chain_role") != ChainRole.LEADING)
    names, firms = made["name"].to_list(), made.with_row_index("at").filter(small & pl.col("town_id").is_not_null())
    for pair in firms.group_by("town_id", maintain_order=True).agg(pl.col("at").head(2))["at"].to_list()[:ALIKE]:
        if len(pair) > 1:
            names[pair[1]] = names[pair[0]].replace("有限公司", "有限责任公司")
    return made.with_columns(pl.Series("name", names))


def _addresses(city: City, rng: np.random.Generator, town: NDArray[np.int64]) -> list[str]:
    areas, streets = city.column("area")[town], pick(rng, city.words["streets"], len(town))
    numbers = rng.integers(1, 300, len(town))
    return [f"{area}{street}{number}号" for area, street, number in zip(areas, streets, numbers, strict=True)]


def _capital(rng: np.random.Generator, size: NDArray[Any]) -> NDArray[np.float64]:
    scale = {Size.LARGE: 20000.0, Size.MEDIUM: 5000.0, Size.SMALL: 800.0, Size.MICRO: 60.0}
    middle = np.array([scale[Size(s)] for s in size])
    return np.asarray(np.round(middle * rng.lognormal(0, 0.5, len(size))), dtype=np.float64)
