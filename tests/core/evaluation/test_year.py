"""The scheme of a year, its boards, what they call for, words and paths."""

import dataclasses
from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from spectown.core.evaluation.boards import Row
from spectown.core.evaluation.consequences import Call, bottom_of, calls, outcome, top_of
from spectown.core.evaluation.drawing import Interval
from spectown.core.evaluation.improving import path_of
from spectown.core.evaluation.progress import Progress
from spectown.core.evaluation.sentences import sentences
from spectown.core.evaluation.snapshot import Correction, snapshot_of
from spectown.core.evaluation.table import Table, Unusable
from spectown.core.evaluation.tabulating import table_of
from spectown.core.evaluation.year import scores_of, year_of
from spectown.core.evaluation.yearreading import read_year_scheme, read_year_schemes
from spectown.core.evaluation.yearscheme import Consequences, Line
from spectown.core.monitoring.plandata import FILES, read_plan_data
from tests.core.evaluation.years import PLAN, entry, scheme, snapshot


def test_the_plan_scheme_stands_on_indicators_of_the_plan() -> None:
    own = scheme()
    data = {key: yaml.safe_load((PLAN / name).read_text("utf-8"))[key] for name, key in FILES.items()}
    known = read_plan_data(data).catalogue.versions
    assert {leaf.code for leaf in own.scheme.indicators} <= known.keys()
    assert all(leaf.clause for leaf in own.scheme.indicators)
    for node in (own.scheme.root, *own.scheme.root.children):
        assert sum(child.weight for child in node.children) == 100  # type: ignore[union-attr]  # two levels deep
    assert all(
        leaf.reversed == (known[leaf.code][-1].direction.value == "down") for leaf in own.scheme.indicators
    )  # every one of them has a direction, and the scheme agrees with it
    assert own.group_of("agriculture") == "特优农业"
    assert own.group_of("unheard") == "其他"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"consequences": {"commend": {"source": "x"}, "supervise": {"share": 0.2, "source": "x"}}}, "share 或 score"),
        (
            {"consequences": {"commend": {"share": 1, "source": "x"}, "supervise": {"score": 9, "source": "x"}}},
            "小于 1",
        ),
        ({"groups": [{"name": "a", "categories": ["x"]}, {"name": "b", "categories": ["x"]}]}, "两个同类组"),
        ({"vetoes": [{"code": "output", "label": "x", "clause": "四(五)"}]}, "代码不能相同"),
        ({"reply": {"days": 0, "source": "x"}}, "days"),
        ({"levls": []}, "levls 没有这一项"),
        ({"scheme": None}, "scheme 一项"),
    ],
)
def test_a_faulty_scheme_is_refused_with_its_place(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(Unusable, match="第 1 组") as refused:
        read_year_schemes([entry(**changed)])
    assert said in str(refused.value)


def row(rank: int, low: int, high: int, score: float) -> Row:
    return Row(f"镇{rank}", Decimal(str(score)), 1.0, rank, Interval(low, high, 0, 0))


BESIDE = [row(1, 1, 1, 90), row(2, 3, 4, 80), row(3, 2, 2, 79), row(4, 4, 4, 60), row(5, 3, 4, 50)]


def test_a_rank_beside_its_own_interval_is_critical() -> None:
    """Other normalisations may agree on another side than the published one: nothing follows without a decision."""
    board = type("B", (), {"rows": BESIDE})()
    rules = Consequences(Line("x", share=0.4), Line("x", share=0.2), progress=Line("x", share=0.4))
    ahead = [Progress(f"镇{r.rank}", Decimal(1), 1.0, r.rank, r.interval) for r in BESIDE]
    found = {(c.town, c.line): c.critical for c in calls(board, ahead, rules, Table((), {}), {})}
    assert found == {("镇1", "commend"): False, ("镇2", "commend"): True, ("镇3", "commend"): True,
                     ("镇5", "supervise"): True, ("镇1", "progress"): False, ("镇2", "progress"): True,
                     ("镇3", "progress"): True}  # fmt: skip


ROWS = [row(1, 1, 1, 90), row(2, 1, 3, 80), row(3, 2, 4, 79), row(4, 3, 4, 60), row(5, 5, 5, 50)]
LINES = [  # commend, supervise: who is called for clearly, who is critical
    ({"share": 0.2}, {"share": 0.2}, {("镇1", "commend"), ("镇5", "supervise")}, {("镇2", "commend")}),
    ({"share": 0.4}, {"score": 55}, {("镇1", "commend"), ("镇5", "supervise")},
     {("镇2", "commend"), ("镇3", "commend")}),
    ({"share": 0.4, "least": 80}, {"score": 1}, {("镇1", "commend")}, {("镇2", "commend")}),
    ({"score": 79}, {"score": 61}, {("镇1", "commend"), ("镇2", "commend"), ("镇5", "supervise")},
     {("镇3", "commend"), ("镇4", "commend"), ("镇3", "supervise"), ("镇4", "supervise")}),
]  # fmt: skip


@pytest.mark.parametrize(("commend", "supervise", "clear", "critical"), LINES)
def test_nothing_is_called_for_inside_the_noise(
    commend: dict[str, float], supervise: dict[str, float], clear: set[Any], critical: set[Any]
) -> None:
    rules = Consequences(Line("x", **commend), Line("x", **supervise))
    from_board = type("B", (), {"rows": ROWS})()
    found = calls(from_board, [], rules, Table((), {}), {})
    assert {(c.town, c.line) for c in found if not c.critical} == clear
    assert {(c.town, c.line) for c in found if c.critical} == critical
    done = outcome(found, {})
    assert not {call.town for call in done.open} & {town for town, line in clear if line == "commend"} - set(
        done.commended
    )
    assert len(done.open) == len(critical)


def test_lines_by_share_and_by_score() -> None:
    assert [top_of(Line("x", share=s), ROWS) for s in (0.01, 0.3, 0.5, 0.99)] == [1, 2, 3, 5]
    assert [top_of(Line("x", score=s), ROWS) for s in (91, 90, 79, 1)] == [0, 1, 3, 5]
    assert [bottom_of(Line("x", score=s), ROWS) for s in (50, 50.1, 80)] == [0, 1, 3]
    assert (top_of(Line("x", share=0.5), []), bottom_of(Line("x", share=0.5), [])) == (0, 0)


def test_decisions_decide_and_whoever_is_supervised_is_not_commended() -> None:
    found = [Call("甲", "commend", False, ""), Call("乙", "commend", True, ""), Call("甲", "slow", False, ""),
             Call("丙", "supervise", True, "")]  # fmt: skip
    assert outcome(found, {}).open == (found[1], found[3])
    done = outcome(found, {("乙", "commend"): True, ("丙", "supervise"): False})
    assert (done.commended, done.supervised, done.open) == (("乙",), ("甲",), ())


def test_vetoes_and_slow_progress_hang_on_no_rank() -> None:
    snap = snapshot(8, changed={(3, "project_progress"): 12.5}, entries=((2, "falsified", 1), (1, "honours", 9)))
    year = year_of(snap, scheme())
    by_town = {(c.town, c.line): c for c in year.calls}
    assert by_town["第2镇", "veto"].critical is False
    assert by_town["第3镇", "slow"].said == "指标project_progress为 12.5,低于 60"
    rows = {r.name: r for r in year.board.rows}
    assert (rows["第2镇"].rank, rows["第2镇"].why, "第2镇" in year.peers) == (None, "一票否决", False)
    assert rows["第1镇"].points == 3  # nine honours, capped
    assert {p.name for p in year.ahead if p.rank is None} == {"第2镇"}


def test_peers_are_places_of_the_same_scores() -> None:
    year = year_of(snapshot(9), scheme())
    ranks = {r.name: r.rank for r in year.board.rows}
    for group in {g for g, _ in year.peers.values()}:
        order = sorted((town for town, (g, _) in year.peers.items() if g == group), key=lambda t: ranks[t] or 0)
        assert [year.peers[town][1] for town in order] == [1, 2, 3]


def test_progress_is_measured_on_last_years_goalposts() -> None:
    base = snapshot(6)
    codes = [leaf.code for leaf in scheme().scheme.indicators]
    still = [dataclasses.replace(f, now=f.last) for f in base.figures]
    year = year_of(dataclasses.replace(base, figures=tuple(still)), scheme())
    assert {p.gain for p in year.ahead} == {Decimal("0.00")}
    assert {p.rank for p in year.ahead} == {1}
    assert not [c for c in year.calls if c.line == "progress"]  # nobody got better
    lasts = [f.last or Decimal(0) for f in base.figures if f.column == codes[0]]
    width = max(lasts) - min(lasts)
    moved = [dataclasses.replace(f, now=f.last + width / 2) if (f.town, f.column) == ("t4", codes[0]) and f.last else f
             for f in still]  # fmt: skip
    first = year_of(dataclasses.replace(base, figures=tuple(moved)), scheme()).ahead[0]
    assert (first.name, first.gain) == ("第4镇", Decimal("5.00"))  # half the way, a tenth of all weight
    assert [part for part, _ in first.parts] == [codes[0]]


def test_missing_last_year_counts_the_level_alone_and_thin_towns_are_not_ranked() -> None:
    base = snapshot(5)
    figures = [dataclasses.replace(f, last=None) if f.town == "t0" else f for f in base.figures]
    year = year_of(dataclasses.replace(base, figures=tuple(figures)), scheme())
    assert next(r for r in year.board.rows if r.name == "第0镇").coverage == pytest.approx(1)
    assert next(p for p in year.ahead if p.name == "第0镇").rank is None


def test_a_corrected_snapshot_differs_in_that_figure_only() -> None:
    snap = snapshot_of(snapshot(3).plain())
    old = next(f for f in snap.figures if (f.town, f.column) == ("t1", "jobs"))
    after = snap.corrected([Correction("t1", "jobs", "now", old.now, Decimal("77"))])
    changed = [(a, b) for a, b in zip(snap.figures, after.figures, strict=True) if a != b]
    assert [(b.now, b.reported, b.last, b.state) for _, b in changed] == [(77, 77, old.last, "corrected")]
    with pytest.raises(Unusable, match="与快照不符"):
        snap.corrected([Correction("t1", "jobs", "now", Decimal("1.5"), Decimal("77"))])
    with pytest.raises(Unusable, match="数据快照不可用"):
        snapshot_of({**snap.plain(), "figures": [{"town": "t1"}]})


def test_scores_written_as_lines_are_the_lines_of_the_draws() -> None:
    rules = {"commend": {"score": 50, "source": "x"}, "supervise": {"score": 45, "source": "x"}}
    year = year_of(snapshot(8), read_year_scheme(entry(consequences=rules)))
    above = sum(1 for r in year.board.rows if r.score is not None and r.score >= 50)
    tops = sum(r.interval.top for r in year.board.rows if r.interval)
    assert tops == pytest.approx(above, abs=0.2)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000))
@example(5508)
@example(499)
@example(498)
def test_a_path_lifts_its_town_within_what_others_reached(seed: int) -> None:
    snap, own = snapshot(6, seed=seed), scheme()
    table = table_of(snap, own)
    before = scores_of(table, own.scheme)
    path = path_of("第3镇", table, own.scheme, {"leading": 0})
    if path is None:
        return
    assert 1 <= len(path.changes) <= 3
    assert path.rank < path.rank_before or path.band != path.band_before
    assert path.score >= path.score_before == before["第3镇"].score
    figures = {code: column.copy() for code, column in table.figures.items()}
    for change in path.changes:
        leaf = next(each for each in own.scheme.indicators if each.code == change.code)
        sign, column, last = (-1 if leaf.reversed else 1), figures[change.code], figures[f"{change.code}@上年"]
        others = [n for n in range(6) if n != 3]
        step = sign * (change.after - change.before)
        assert 0 < step <= max(sign * (column[n] - last[n]) for n in others) + 1e-9
        assert sign * change.after <= max(sign * column[n] for n in others) + 1e-9
        column[3] = change.after
    assert scores_of(Table(table.names, figures, table.words), own.scheme)["第3镇"].rank == path.rank


def test_words_say_only_what_figures_say() -> None:
    snap = snapshot(6, changed={(n, c): 0 for n in range(6) for c in ("brands", "standards")} | {(1, "brands"): 40})
    year = year_of(snap, scheme())
    rows = {r.name: {p.code: {"value": p.value, "weight": p.weight, "raw": p.raw} for p in r.breakdown}
            for r in year.board.rows}  # fmt: skip
    said = sentences("第1镇", rows, scheme().scheme, snap.meanings)
    brand = next(s for s in said if s.code == "质量品牌")
    assert brand.good
    assert "在 6 个镇中列第 1,主要是指标brands 40 万元,各镇平均 6.67 万元。" in brand.text
    shares = {**snap.meanings, "brands": dataclasses.replace(snap.meanings["brands"], unit="%")}
    assert "指标brands 40%,各镇平均 6.67%。" in str(sentences("第1镇", rows, scheme().scheme, shares))
    assert len([s for s in said if s.good]) <= 3
    assert sentences("第1镇", {"第1镇": rows["第1镇"]}, scheme().scheme, snap.meanings) == []
    assert sentences("不排名的镇", rows, scheme().scheme, snap.meanings) == []
