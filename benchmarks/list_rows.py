"""Enterprises for benchmarks/list_pages.py: many rows, unevenly spread, written set-based in the order of the model."""

import datetime
from collections.abc import Iterator
from typing import Any

import numpy as np
import polars as pl
from django.db import connection

from spectown.enterprises.models import Enterprise
from spectown.lists.registry import ledger_for
from spectown.lists.searchable import search_texts
from spectown.organisations.models import Territory
from spectown.towns.models import Town

BLOCK = 100_000
WORDS = {
    "places": "长治市 潞州区 上党区 屯留区 潞城区 襄垣县 平顺县 黎城县 壶关县 长子县 武乡县 沁县 沁源县 山西 长治",
    "marks": "晋 潞 沁 漳 太 行 鑫 源 华 盛 宏 远 金 瑞 恒 泰 兴 隆 德 信 诚 达 康 丰 禾 绿 野 农 牧 天 地 人 和 "
    "美 佳 嘉 福 禄 寿 喜 龙 凤 祥 云 海 山 川 江 河 日 月 星 辰 春 夏 秋 冬 东 南 西 北 中",
    "trades": "食品 农业科技 小米 中药材 机械制造 煤机装备 固废利用 商贸 物流 生物科技 酒业 醋业 陶瓷 纺织 种植 养殖 "
    "电子商务 新材料 潞绸 党参 核桃 连翘 铸造 光伏 建材 装饰 服饰 餐饮 文化传媒 旅游开发",
    "endings": "有限公司 有限责任公司 农民专业合作社 家庭农场 加工厂 经营部 股份有限公司",
}
PLACES, MARKS, TRADES, ENDINGS = (text.split() for text in WORDS.values())
FIRST = datetime.date(1985, 1, 1)


def seed(number: int) -> None:
    """Write `number` enterprises and let the database take its statistics."""
    towns = list(Town.objects.exclude(territory=None).values_list("pk", "territory"))
    territories = list(Territory.objects.values_list("pk", flat=True))
    rng = np.random.default_rng(20230331)
    write = _to_sqlite if connection.vendor == "sqlite" else _to_postgresql
    for first in range(1, number + 1, BLOCK):
        write(_block(rng, first, min(BLOCK, number + 1 - first), towns, territories))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT setval(pg_get_serial_sequence('enterprises_enterprise', 'id'), %s)", [number])
            cursor.execute("VACUUM (ANALYZE) enterprises_enterprise")
            cursor.execute("VACUUM (ANALYZE) enterprises_enterprise_search")
        else:
            cursor.execute("ANALYZE")


def _skewed(rng: Any, number: int, options: int) -> Any:
    """Positions of which the first are much more frequent than the last."""
    weights = 1 / np.arange(1, options + 1)
    return rng.choice(options, number, p=weights / weights.sum())


def _block(rng: Any, first: int, number: int, towns: list[Any], territories: list[int]) -> pl.DataFrame:
    def pick(words: Any, chances: Any = None) -> pl.Series:
        return pl.Series(np.array(words, dtype=object)[rng.choice(len(words), number, p=chances)], dtype=pl.String)

    marks = [pick(MARKS) for _ in range(3)]
    third = pl.when(pl.Series(rng.random(number) < 0.5)).then(marks[2]).otherwise(pl.lit(""))
    parts = pl.DataFrame({"a": pick(PLACES), "b": marks[0], "c": marks[1], "e": pick(TRADES), "f": pick(ENDINGS)})
    name = parts.select(pl.concat_str("a", "b", "c", third, "e", "f").alias("name")).to_series()
    in_town = rng.random(number) < 0.7
    chosen = _skewed(rng, number, len(towns))
    elsewhere = np.array(territories)[_skewed(rng, number, len(territories))]
    pk = np.arange(first, first + number)
    amounts = rng.lognormal(5, 1.5, number).astype(int)
    days = rng.integers(0, 14_000, number)
    frame = pl.DataFrame(
        {
            "id": pk,
            "name": name,
            "code": [f"91140400MA{n * 7_368_787 % 99_999_989:08d}" for n in pk.tolist()],
            "territory_id": np.where(in_town, [towns[i][1] for i in chosen], elsewhere),
            "town_id": [towns[i][0] if here else None for i, here in zip(chosen, in_town, strict=True)],
            "kind": pick(["company", "sole_trader", "family_farm", "cooperative"], [0.4, 0.45, 0.05, 0.1]),
            "chain_role": pick(["", "leading", "upstream", "downstream", "partner"], [0.8, 0.005, 0.065, 0.06, 0.07]),
            "size": pick(["", "large", "medium", "small", "micro"], [0.3, 0.005, 0.045, 0.25, 0.4]),
            "above_scale": rng.random(number) < 0.02,
            "promotion": pick(["none", "pool", "candidate", "promoted"], [0.96, 0.02, 0.01, 0.01]),
            "status": pick(["active", "suspended", "closed"], [0.85, 0.05, 0.1]),
            "established": [(FIRST + datetime.timedelta(int(n))).isoformat() for n in days],
            "capital": [None if n % 10 == 0 else f"{n // 10 * 10}.00" for n in amounts],
            "products": pick(TRADES),
            "updated_at": ["2025-12-31 08:00:00+00:00" if connection.vendor != "sqlite" else "2025-12-31 08:00:00"]
            * number,
        }
    )
    return frame.with_columns(search_texts(ledger_for(Enterprise), frame))


def _rest(frame: pl.DataFrame) -> pl.DataFrame:
    """The columns that no row fills, as Django would."""
    fields = [field for field in Enterprise._meta.concrete_fields if field.column not in frame.columns]
    return frame.with_columns(**{str(field.column): pl.lit(field.get_default()) for field in fields})


def _to_sqlite(frame: pl.DataFrame) -> None:
    whole = _rest(frame)
    marks = ", ".join("?" * whole.width)
    connection.ensure_connection()
    raw: Any = connection.connection
    raw.execute("BEGIN IMMEDIATE")
    raw.executemany(
        f"INSERT INTO enterprises_enterprise ({', '.join(whole.columns)}) VALUES ({marks})", whole.iter_rows()
    )
    raw.execute("COMMIT")


def _to_postgresql(frame: pl.DataFrame) -> None:
    whole = _rest(frame)
    with connection.cursor() as cursor:
        raw: Any = cursor.cursor
        with raw.copy(f"COPY enterprises_enterprise ({', '.join(whole.columns)}) FROM STDIN (FORMAT csv)") as copy:
            for part in _pieces(whole):
                copy.write(part)


def _pieces(frame: pl.DataFrame) -> Iterator[str]:
    for part in frame.iter_slices(20_000):
        yield part.write_csv(include_header=False, quote_style="non_numeric")
