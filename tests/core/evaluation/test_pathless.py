"""What a town without an improvement path is told: at the top, out of reach, vetoed, covered too little."""

from typing import Any

from spectown.core.evaluation.pathless import pathless
from spectown.core.evaluation.scheme import Band
from tests.core.evaluation.years import scheme, snapshot

MEANINGS = snapshot(4).meanings
SCHEME = scheme().scheme
FIELDS = [child.code for child in SCHEME.root.children]
GRADES = tuple(Band(name, low) for name, low in (("优秀", 80.0), ("合格", 0.0)))


def row(name: str, rank: int | None, score: float | None, *values: float, **said: Any) -> dict[str, Any]:
    parts = [{"code": code, "value": value, "raw": None} for code, value in zip(FIELDS, values, strict=False)]
    return {"name": name, "rank": rank, "score": score, "why": "", "coverage": 1.0, "breakdown": parts, **said}


def told(name: str, *rows: dict[str, Any], vetoes: tuple[str, ...] = ()) -> str:
    return pathless(name, rows, SCHEME.__class__(**fields() | {"bands": GRADES}), MEANINGS, vetoes)


def fields() -> dict[str, Any]:
    return {name: getattr(SCHEME, name) for name in SCHEME.__dataclass_fields__}


def test_the_first_hears_what_keeps_it_there_and_what_grade_is_left() -> None:
    first, second = row("甲", 1, 75.5, 90.0, 60.0), row("乙", 2, 70.25, 70.0, 80.0)
    assert told("甲", first, second) == (
        f"已居第 1 名,比第 2 名乙高 5.25 分,主要靠{FIELDS[0]},没有名次可升。"
        f"不及对方的是{FIELDS[1]},须防被赶上。距“优秀”等次还差 4.50 分。"
    )
    level = row("乙", 1, 85.0, 90.0, 60.0)
    assert told("甲", row("甲", 1, 85.0, 90.0, 60.0), level) == "与乙并列第 1,没有名次可升。等次已是最高。"
    assert told("甲", first) == "只有一个镇参加排名,没有名次可升。距“优秀”等次还差 4.50 分。"


def test_others_hear_how_far_it_is_or_why_they_have_no_rank() -> None:
    rows = row("甲", 1, 75.5), row("乙", 2, 70.25), row("丙", 3, 40.0)
    assert told("丙", *rows).startswith("比前一名乙低 30.25 分,照其他镇一年里做到的幅度改三项以内还赶不上")
    vetoed = row("丁", None, 50.0, why="一票否决")
    assert told("丁", *rows, vetoed, vetoes=("弄虚作假",)).startswith("本年有一票否决事项(弄虚作假),不参加排名")
    leaf = SCHEME.indicators[0].code
    thin = row("戊", None, None, why="覆盖不足", coverage=0.42)
    thin["breakdown"] = [{"code": leaf, "value": None, "raw": None}]
    said = f"有数的指标占权重 42%,不到 {SCHEME.coverage:.0%},没有评分、不排名。先报齐缺的数据,如{MEANINGS[leaf].name}。"
    assert told("戊", *rows, thin) == said
