"""Milestones as text both ways; sentences of the plan's clauses."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectown.core.plandoc import parse_bytes
from spectown.core.supervision.milestones import MilestoneFault, Planned, read_milestones, write_milestones
from spectown.core.supervision.sentences import sentences

PLAN = Path(__file__).parents[3] / "plans" / "changzhi-2023" / "plan.txt"
WORDS = st.text("完成选址主体工程A1()、“”", min_size=1, max_size=12).map(lambda word: f"做{word}好")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ()),
        ("2026-06-30 完成选址 40%", (Planned(date(2026, 6, 30), "完成选址", 40),)),
        ("2026年6月30日:完成选址(40%)", (Planned(date(2026, 6, 30), "完成选址", 40),)),
        ("2026/6/30 选址;2026/9/30 主体", (Planned(date(2026, 6, 30), "选址"), Planned(date(2026, 9, 30), "主体"))),
    ],
)
def test_people_write_them_in_their_own_way(text: str, said: tuple[Planned, ...]) -> None:
    assert read_milestones(text) == said


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("完成选址 40%", "没有以日期开头"),
        ("2026-02-30 完成选址", "日期不存在"),
        ("2026-06-30 40%", "没有写做什么"),
        ("2026-06-30 完成选址 140%", "超过 100%"),
        ("2026-09-30 主体\n2026-06-30 选址", "按日期先后写"),
        ("2026-06-30 选址 40%\n2026-09-30 主体 30%", "低于前一个节点的 40%"),
    ],
)
def test_what_cannot_be_read_is_said(text: str, why: str) -> None:
    with pytest.raises(MilestoneFault, match=why):
        read_milestones(text)


@given(st.lists(st.tuples(st.integers(0, 400), WORDS, st.none() | st.integers(0, 100)), max_size=6))
def test_what_is_written_is_read_back(rows: list[tuple[int, str, int | None]]) -> None:
    percents = iter(sorted(percent for _, _, percent in rows if percent is not None))
    made = tuple(
        Planned(date(2026, 1, 1) + timedelta(days), title, None if percent is None else next(percents))
        for days, title, percent in sorted(rows, key=lambda row: row[0])
    )
    assert read_milestones(write_milestones(made)) == made


def test_sentences_of_the_ten_tasks() -> None:
    document = parse_bytes(PLAN.read_bytes(), PLAN.name)
    found = {clause.id: sentences(clause.text, clause.heading or "") for clause in document.walk()}
    assert [len(found[f"三({number})"]) for number in "一二三四五六七八九十"] == [1, 4, 3, 3, 8, 7, 4, 3, 5, 3]
    assert found["三(七)"][-1] == "举办产供销对接活动,健全完善流通体系,畅通产业循环、市场循环。"
    assert not any(
        "牵头" in each or "按职责分工" in each for number in "一二三四五六七八九十" for each in found[f"三({number})"]
    )
    assert found["四"] == ()
    assert found["四(四)"][0].startswith("对标省级专业镇年度行动计划")
