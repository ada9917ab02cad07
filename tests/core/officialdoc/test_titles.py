import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectown.core.officialdoc.titles import LONGEST, NOT_FIRST, title_lines
from spectown.core.officialdoc.widths import width

TITLES = {
    "关于表扬先进的通报": ("关于表扬先进的通报",),
    "关于组织申报2026年度长治市市级专业镇的通知": ("关于组织申报2026年度", "长治市市级专业镇的通知"),
    "关于印发《长治市促进专业镇高质量发展实施方案》重点任务责任清单和年度行动计划的通知": None,
    "关于对未按期完成2026年度市级专业镇重点项目建设任务和县级专业镇培育任务的县区进行督办并限期整改有关事项的"
    "通知和下一步工作安排": None,
}


@pytest.mark.parametrize(("title", "lines"), TITLES.items())
def test_titles(title: str, lines: tuple[str, ...] | None) -> None:
    broken = title_lines(title)
    assert lines in (None, broken)
    assert "".join(broken) == title
    assert max(map(width, broken)) <= LONGEST
    assert min(map(width, broken)) >= 4
    assert not any(line[0] in NOT_FIRST for line in broken)


def test_own_line_breaks_are_kept() -> None:
    assert title_lines("长治市专业镇\n工作简报") == ("长治市专业镇", "工作简报")


def test_no_hourglass() -> None:
    widths = [width(line) for line in title_lines(next(t for t, lines in TITLES.items() if lines is None))]
    assert not any(a > b < c for a, b, c in zip(widths, widths[1:], widths[2:], strict=False))


@given(st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=200))
def test_nothing_is_lost(title: str) -> None:
    assert "".join(title_lines(title)) == title.strip()
