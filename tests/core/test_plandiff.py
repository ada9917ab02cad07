"""Comparison of two versions of a plan."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectown.core.plandiff import Change, ClauseText, compare, pieces

TEXT = st.text(alphabet="专业镇建设推进明确责任,。一二", max_size=40)
CLAUSES = st.lists(
    st.builds(ClauseText, st.sampled_from([f"三({n})" for n in "一二三四五六"]), st.just(""), TEXT),
    max_size=6,
    unique_by=lambda c: c.ref,
)


def clause(ref: str, text: str) -> ClauseText:
    return ClauseText(ref, "", text)


@given(TEXT, TEXT)
def test_pieces_rebuild_both_texts(before: str, after: str) -> None:
    found = pieces(before, after)
    assert "".join(p.text for p in found if p.kind != "inserted") == before
    assert "".join(p.text for p in found if p.kind != "deleted") == after
    assert all(p.text for p in found)


@given(CLAUSES)
def test_a_plan_compared_with_itself_is_the_same(plan: list[ClauseText]) -> None:
    assert all(change.change == Change.SAME for change in compare(plan, plan))


@given(CLAUSES, CLAUSES)
def test_every_clause_of_both_versions_stands_once(before: list[ClauseText], after: list[ClauseText]) -> None:
    changes = compare(before, after)
    assert [c.after for c in changes if c.after] == after
    assert sorted(c.before.ref for c in changes if c.before) == sorted(c.ref for c in before)
    added = sum(c.change == Change.ADDED for c in changes)
    removed = sum(c.change == Change.REMOVED for c in changes)
    assert added - removed == len(after) - len(before)


def test_a_changed_word_is_shown_in_its_place() -> None:
    (change,) = compare([clause("二(四)", "产值应达到10亿元以上")], [clause("二(四)", "产值应达到20亿元以上")])
    assert change.change == Change.CHANGED
    assert [(p.kind, p.text) for p in change.pieces if p.kind != "kept"] == [("deleted", "10"), ("inserted", "20")]


def test_a_renumbered_clause_is_the_same_clause() -> None:
    old = [clause("三(一)", "实施市场拓展行动,积极参加博览会"), clause("三(二)", "实施精准招商行动")]
    new = [clause("三(一)", "建立数字化平台并加强监测"), clause("三(二)", "实施市场拓展行动,积极参加博览会")]
    found = {(c.change, c.before.ref if c.before else "", c.after.ref if c.after else "") for c in compare(old, new)}
    assert (Change.MOVED, "三(一)", "三(二)") in found


def test_layout_is_no_change() -> None:
    (change,) = compare([clause("一", "总体 要求\n")], [clause("一", "总体要求")])
    assert change.change == Change.SAME


def test_a_heading_that_the_text_prints_is_not_shown_twice() -> None:
    assert (
        ClauseText("二(四)", "产业集聚度高", "(四)产业 集聚度高。限定在一个县").content
        == "(四)产业集聚度高。限定在一个县"
    )
    assert ClauseText("二", "支持重点", "申请条件").content == "支持重点申请条件"


@pytest.mark.parametrize("change", Change)
def test_every_change_has_a_word(change: Change) -> None:
    assert change.label
