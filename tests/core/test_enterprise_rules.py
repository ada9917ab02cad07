"""Market entities: cores of names, look-alikes, nearness to the threshold, settings that cannot be used."""

import datetime
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from spectown.core.enterprises.names import core_of, numbers_of, place_words
from spectown.core.enterprises.pairs import Likeness, find_pairs
from spectown.core.enterprises.promotion import MarketRule, Nearness, RuleFault, nearness, read_rules, rule_on

PLACES = ("长治市", "沁县", "屯留区")
RULE = MarketRule(datetime.date(2023, 3, 31), "三(二)", Decimal(2000), 80, 85, "建议值")
ENTRY = {
    "from": "2023-03-31",
    "clause": "三(二)",
    "threshold_wan": 2000,
    "near_percent": 80,
    "similar": 85,
    "source": "建议值",
}


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("长治市沁州黄小米(集团)有限公司", "沁州黄小米"),
        ("长治市沁州黄小米\uff08集团\uff09有限公司", "沁州黄小米"),
        ("山西省长治市沁县次村乡家庭农场", "次村乡"),
        ("屯留长青食用菌农民专业合作社", "长青食用菌"),
        ("长治市公司", "长治市公司"),  # nothing would be left
        ("ABC 食品有限公司", "ABC食品"),
    ],
)
def test_core_of_a_name(name: str, core: str) -> None:
    assert core_of(name, place_words(PLACES)) == core


@pytest.mark.parametrize(("core", "numbers"), [("黄小米一分厂", ("一",)), ("黄小米12厂", ("12",)), ("黄小米", ())])
def test_numbers_of_a_name(core: str, numbers: tuple[str, ...]) -> None:
    assert numbers_of(core) == numbers


KINDS = {"沁州黄小米": "individual"}


def pairs(*rows: tuple[str, str, int]) -> list[Likeness]:
    data = [
        {"pk": pk, "name": n, "kind": KINDS.get(n, "company"), "code": c, "territory": t}
        for pk, (n, c, t) in enumerate(rows, start=1)
    ]
    schema = {"pk": pl.Int64, "name": pl.String, "kind": pl.String, "code": pl.String, "territory": pl.Int64}
    return find_pairs(pl.DataFrame(data, schema=schema), PLACES, 85)


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (("甲公司", "91110000600037341L", 1), ("乙公司", "91110000600037341l", 2), "same_code"),
        (("甲公司", "91110000600037341L", 1), ("乙公司", "92140400600037341N", 2), "same_body"),
        (("沁州黄小米有限公司", "", 1), ("沁县沁州黄小米(集团)有限公司", "", 1), "same_name"),
        (("沁州黄小米有限公司", "", 1), ("沁县沁州黄小米有限责任公司", "", 1), "other_form"),
        (("沁州黄小米有限公司", "", 1), ("沁州黄小米农民专业合作社", "", 1), "other_form"),
        (("沁州黄小米有限公司", "", 1), ("沁州黄小米", "", 1), "other_form"),  # 个体
        (("沁州黄小米有限公司", "", 1), ("沁县沁州黄小米(集团)公司", "", 2), ""),  # another county
        (("沁州黄小米加工有限公司", "", 1), ("沁州黄小米加工厂有限公司", "", 1), "similar_name"),
        (("沁州黄小米一分厂", "", 1), ("沁州黄小米二分厂", "", 1), ""),
        (("沁州黄小米有限公司", "", 1), ("长青食用菌有限公司", "", 1), ""),
    ],
)
def test_who_looks_alike(first: tuple[str, str, int], second: tuple[str, str, int], reason: str) -> None:
    assert [pair.reason for pair in pairs(first, second)] == ([reason] if reason else [])


def test_only_one_and_the_same_name_is_a_hundred_percent() -> None:
    found = pairs(*[(f"沁州黄小米{form}", "", 1) for form in ("有限公司", "有限公司", "有限责任公司", "合作社")])
    assert [(p.first, p.second, p.reason) for p in found] == [
        (1, 2, "same_name"),
        (2, 3, "other_form"),
        (3, 4, "other_form"),
    ]
    assert [p.score == 100 for p in found] == [True, False, False]


def test_of_n_equal_ones_n_less_one_pairs() -> None:
    found = pairs(*[("沁州黄小米有限公司", "", 1)] * 4)
    assert [(pair.first, pair.second, pair.score) for pair in found] == [(1, 2, 100), (2, 3, 100), (3, 4, 100)]
    assert pairs() == []


@pytest.mark.parametrize(
    ("revenue", "output", "stand"),
    [
        (None, None, Nearness.UNKNOWN),
        (0, 9000, Nearness.BELOW),  # reported zero is reported
        (None, 2000, Nearness.REACHED),
        (2000, None, Nearness.REACHED),
        ("1999.99", None, Nearness.NEAR),
        (1600, None, Nearness.NEAR),
        ("1599.99", None, Nearness.BELOW),
    ],
)
def test_nearness_to_the_threshold(revenue: Any, output: Any, stand: Nearness) -> None:
    figures = (None if value is None else Decimal(value) for value in (revenue, output))
    assert nearness(*figures, RULE) == stand


@pytest.mark.parametrize(
    "change",
    [{"from": "昨天"}, {"threshold_wan": 0}, {"threshold_wan": "多"}, {"near_percent": 101}, {"similar": 0}],
)
def test_settings_that_cannot_be_used_are_named(change: dict[str, Any]) -> None:
    with pytest.raises(RuleFault, match=r"market\.yaml 第 2 组"):
        read_rules([ENTRY, {**ENTRY, **change}])


def test_settings_of_the_day_stand() -> None:
    rules = read_rules([{**ENTRY, "from": "2025-01-01", "similar": 90}, ENTRY])
    days = [datetime.date(2023, 3, 30), datetime.date(2023, 3, 31), datetime.date(2025, 1, 1)]
    found = [rule_on(rules, day) for day in days]
    assert [rule and rule.similar for rule in found] == [None, 85, 90]
    with pytest.raises(RuleFault, match="应为列表"):
        read_rules({"rules": []})
