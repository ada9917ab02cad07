"""Drafts of schemes: changed step by step, what is lacking, how two differ; comparisons and proposals of weights."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from spectown.core.evaluation import drafting
from spectown.core.evaluation.drafting import TOTAL, place_of, places
from spectown.core.evaluation.evaluating import evaluate
from spectown.core.evaluation.pairwise import compared, in_percent, in_words
from spectown.core.evaluation.proposing import proposals
from spectown.core.evaluation.scheme import Weighting
from spectown.core.evaluation.table import Unusable
from spectown.core.evaluation.tabulating import table_of
from spectown.core.evaluation.trying import tried
from spectown.core.evaluation.unfinished import inconsistent, lacking
from spectown.core.evaluation.versions import differences
from spectown.core.evaluation.weighting import critic, entropy
from spectown.core.evaluation.words import plainly
from spectown.core.evaluation.yearreading import read_year_scheme
from tests.core.evaluation.years import entry, scheme, snapshot

PLAN = entry()
CODES = {place.code for place in places(PLAN) if place.is_leaf}
CATEGORIES = {each for group in PLAN["groups"] for each in group["categories"]}
NAMES = {"output": "产值", "jobs": "就业", "fairs": "展会"}


def lacks(draft: dict[str, Any]) -> str:
    return "".join(lacking(draft, CODES, CATEGORIES, NAMES))


def test_the_plan_lacks_nothing_and_is_never_touched() -> None:
    before = entry()
    drafting.removed(PLAN, "fairs")
    drafting.moved(PLAN, "output", "市场主体", 0)
    drafting.weighted(PLAN, "产业规模", {"output": 60, "above_scale": 20, "province_share": 20})
    assert (before, lacks(PLAN)) == (PLAN, "")
    whole = [place for place in places(PLAN) if place.is_leaf]
    assert sum(place.share for place in whole) == pytest.approx(100)
    assert place_of(PLAN, "output").share == pytest.approx(10)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda e: drafting.removed(e, "output"), "同分规则要比“output”"),
        (lambda e: drafting.removed(e, "项目招商"), "“建设进度较慢”看的是“project_progress”"),
        (lambda e: drafting.moved(e, "产业规模", "output", 0), "也不能移到指标之下"),
        (lambda e: drafting.moved(e, "产业规模", "产业规模", 0), "不能移到自己"),
        (lambda e: drafting.added(e, "产业规模", {"code": "jobs"}), "已有“jobs”"),
        (lambda e: drafting.changed(e, "产业规模", {"code": "市场主体"}), "已有“市场主体”"),
        (lambda e: drafting.removed(e, "nothing"), "没有“nothing”"),
    ],
)
def test_what_cannot_be_done_is_said(change: Callable[[Any], Any], says: str) -> None:
    with pytest.raises(Unusable, match=says):
        change(PLAN)


def test_four_levels_and_no_more() -> None:
    deep = PLAN
    for parent, code in (("产业规模", "一"), ("一", "二")):
        deep = drafting.added(deep, parent, {"code": code, "weight": 1, "children": []})
    deep = drafting.moved(deep, "output", "二", 0)
    assert (place_of(deep, "output").level, read_year_scheme(deep).year) == (4, PLAN["year"])
    with pytest.raises(Unusable, match="最多 4 级"):
        drafting.moved(deep, "市场主体", "二", 0)


def test_a_renamed_or_removed_child_takes_its_comparisons_along() -> None:
    pairs = [("产业规模", "市场主体", 2), ("市场主体", "就业富民", 3)]
    made = drafting.compared(PLAN, TOTAL, pairs)
    renamed = drafting.changed(made, "市场主体", {"code": "经营主体"})
    assert renamed["scheme"]["pairs"] == [["产业规模", "经营主体", 2], ["经营主体", "就业富民", 3]]
    free = drafting.part(made, {"scheme": {"ties": []}})
    assert drafting.removed(free, "就业富民")["scheme"]["pairs"] == [["产业规模", "市场主体", 2]]
    gone = drafting.moved(made, "市场主体", "产业规模", 0)
    assert "pairs" not in gone["scheme"]


def test_what_a_draft_lacks() -> None:
    assert "“市场拓展”下各项权重合计不是 100,还差 30" in lacks(drafting.removed(PLAN, "fairs"))
    over = drafting.changed(PLAN, "output", {"weight": 60})
    assert "“产业规模”下各项权重合计不是 100,多出 10" in lacks(over)
    new = drafting.added(PLAN, TOTAL, {"code": "文化", "weight": 0, "children": []})
    assert lacks(new) == "“文化”下还没有指标,请新增或删除它。"
    ahp = drafting.changed(PLAN, "产业规模", {"weighting": "ahp", "pairs": [["output", "above_scale", 2]]})
    assert lacks(ahp) == "“产业规模”下的权重写的是层次分析法,但现在算不出,请在“权重”页重新确定。"
    strange = drafting.added(new, "文化", {"code": "songs", "weight": 100})
    assert lacks(strange) == "指标目录中没有“songs”,请删除或先在指标目录中新增。"
    way = drafting.changed(PLAN, "output", {"normalisation": "efficacy"})
    assert lacks(way) == "“产值”按功效系数计分,要填两个不同的界值。"
    default = drafting.part(PLAN, {"scheme": {"normalisation": "target"}})
    assert "要填不为 0 的目标值" in lacks(default)
    assert "类别 salt 方案中已没有" in lacks({**PLAN, "groups": [{"name": "盐", "categories": ["salt"]}]})
    assert "等次 须由高到低写" in lacks(
        drafting.part(PLAN, {"scheme": {"bands": [{"name": "低", "low": 1}, {"name": "高", "low": 2}]}})
    )
    assert plainly("ties 中有方案里没有的指标") == "同分时依次比 中有方案里没有的指标"


def test_differences_are_told_in_words() -> None:
    draft = drafting.changed(
        PLAN, "output", {"weight": 60, "dynamic": 0, "normalisation": "goalposts", "posts": [0, 5]}
    )
    draft = drafting.removed(drafting.moved(draft, "jobs", "产业规模", 0), "fairs")
    draft = drafting.part(
        draft, {"consequences": {**PLAN["consequences"], "commend": {"share": 0.25, "source": "会议"}}}
    )
    told = {row.label: (row.before, row.after) for row in differences(PLAN, draft, NAMES)}
    assert told["产值:权重"] == ("50", "60")
    assert told["产值:标准化办法"] == ("百分位", "定界")
    assert told["产值:界值"] == ("", "0、5")
    assert told["产值:增长占的份额"] == ("40%", "0%")
    assert told["就业:上级"] == ("就业富民", "产业规模")
    assert told["展会"] == ("在“市场拓展”下,权重 30", "删除")
    assert told["表扬线"] == ("比例 20%,且得分不低于 55,来源 建议值,方案没有规定怎样算“靠前”", "比例 25%,来源 会议")
    assert differences(PLAN, entry(), NAMES) == []
    seed = drafting.part(PLAN, {"scheme": {"robustness": {"seed": 20260331}}})
    assert "20260331" in next(row for row in differences(PLAN, seed, NAMES)).after


def test_comparisons_give_weights_and_name_what_contradicts() -> None:
    codes = ["甲", "乙", "丙", "丁"]
    sound = [("甲", "乙", 2), ("甲", "丙", 4), ("甲", "丁", 8), ("丙", "乙", 1 / 2), ("乙", "丁", 4), ("丙", "丁", 2)]
    assert compared(codes, sound[:-1]) is None
    made = compared(codes, sound)
    assert made is not None
    assert (made.ratio, made.worst, made.is_consistent) == (pytest.approx(0, abs=1e-9), (), True)
    assert made.weights == {"甲": 53.3, "乙": 26.7, "丙": 13.3, "丁": 6.7}
    wrong = compared(codes, [*sound[:-1], ("丙", "丁", 1 / 9)])
    assert wrong is not None
    assert not wrong.is_consistent
    worst = wrong.worst[0]
    assert (worst.first, worst.second, round(worst.said, 3)) == ("丙", "丁", 0.111)
    assert worst.implied > worst.said
    assert len(wrong.worst) == 2
    pairs = [("output", "above_scale", 9), ("output", "province_share", 1 / 9), ("above_scale", "province_share", 9)]
    (told,) = differences(PLAN, drafting.compared(PLAN, "产业规模", pairs[:2]), NAMES)
    assert (told.label, told.after) == (
        "产业规模:两两比较",
        "产值比above_scale极端重要(9);province_share比产值极端重要(9)",
    )
    assert inconsistent(PLAN) == []
    assert "“产业规模”下的两两比较前后不一致" in inconsistent(drafting.compared(PLAN, "产业规模", pairs))[0]
    assert in_words(1 / 3, "甲", "乙") == "乙比甲稍重要(3)"
    assert in_words(1.2, "甲", "乙") == "甲和乙同样重要"


def test_per_cents_add_up() -> None:
    for weights in ([1, 1, 1], [1, 2, 4, 9.3], [1] * 7):
        assert sum(round(10 * each) for each in in_percent(np.array(weights, float))) == 1000
    assert in_percent(np.array([1.0, 1.0, 1.0])) == [33.4, 33.3, 33.3]


def test_data_proposes_weights_for_indicators_and_for_dimensions() -> None:
    table, own = table_of(snapshot(), scheme()), scheme().scheme
    for code in ("产业规模", TOTAL):
        found = {each.weighting: each.weights for each in proposals(own, code, table)}
        assert set(found) == {Weighting.EQUAL, Weighting.ENTROPY, Weighting.CRITIC}
        assert all(sum(weights.values()) == pytest.approx(100) for weights in found.values())
        assert len({tuple(weights.values()) for weights in found.values()}) == 3
    assert [each.weighting for each in proposals(own, "产业规模", None)] == [Weighting.EQUAL]


def test_dimensions_are_weighed_by_the_scores_that_towns_have_in_them() -> None:
    """The same rule on the scores of the breakdown, whatever the dimensions weigh now."""
    table, own = table_of(snapshot(), scheme()), scheme().scheme
    codes = [child.code for child in own.root.children]
    (board,) = evaluate(table, own, robust=False)
    parts = [{part.code: part.value for part in row.breakdown} for row in sorted(board.rows, key=lambda r: r.name)]
    order = np.argsort(table.names)
    scores = np.array([[part[code] for code in codes] for part in parts], float)[np.argsort(order)] / 100
    for found in proposals(own, TOTAL, table)[1:]:
        rule = {Weighting.ENTROPY: entropy, Weighting.CRITIC: critic}[found.weighting]
        assert list(found.weights.values()) == in_percent(rule(scores))
    heavy = read_year_scheme(drafting.weighted(PLAN, TOTAL, dict.fromkeys(codes, 0) | {codes[0]: 100})).scheme
    assert proposals(heavy, TOTAL, table) == proposals(own, TOTAL, table)


def test_a_trial_sets_two_schemes_side_by_side() -> None:
    heavy = dict.fromkeys(("市场主体", "就业富民", "创新能力", "质量品牌", "市场拓展", "项目招商", "要素和服务"), 0.0)
    after = read_year_scheme(drafting.weighted(PLAN, TOTAL, {"产业规模": 100, **heavy}))
    rows = tried(snapshot(), scheme(), after)
    assert [row.after.rank for row in rows] == sorted(row.after.rank or 99 for row in rows)
    assert sum(row.move or 0 for row in rows) == 0
    assert any(row.move for row in rows)
    assert all(row.regraded is (row.before.band != row.after.band) for row in rows)
    assert not any(row.move or row.regraded for row in tried(snapshot(), scheme(), scheme()))
