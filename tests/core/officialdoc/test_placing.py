from dataclasses import replace

import pytest

from spectown.core.officialdoc.geometry import MM_PER_PT, TYPE_AREA
from spectown.core.officialdoc.placing import mark, recipients_moved, signature_indents
from spectown.core.officialdoc.widths import width
from spectown.core.officialdoc.wording import attachment_lines, numbered, recipients_line
from tests.officialdoc_samples import COUNTIES, full, letter, notice


@pytest.mark.parametrize(
    ("organ", "day", "stamped", "name_right", "date_right"),
    [
        (7, 7, True, 4, 4),  # as wide as the date: both 4 from the edge
        (11, 7, True, 2, 4),  # centred above the date
        (20, 7, True, 0, 6.5),  # too long for that: at the edge, the date centred below it
        (20, 7, False, 2, 13),  # the date begins two characters behind the name's beginning
        (5, 7, False, 6, 2),  # the date is longer: it is two from the edge, the name further in
    ],
)
def test_name_and_date(organ: float, day: float, stamped: bool, name_right: float, date_right: float) -> None:
    assert signature_indents(organ, day, stamped=stamped) == (name_right, date_right)


def test_unstamped_date_begins_two_characters_behind_the_name() -> None:
    for organ in range(4, 26):
        name, date = signature_indents(organ, 7, stamped=False)
        assert (name + organ) - (date + 7) == 2


@pytest.mark.parametrize("name", ["长治市工信局文件", "长治市促进专业镇高质量发展领导小组办公室文件", "长" * 40])
def test_mark_fits(name: str) -> None:
    fitted = mark(name)
    assert width(name) * fitted.size_pt * fitted.stretch * MM_PER_PT <= TYPE_AREA[0]


def test_forty_recipients_go_to_the_imprint() -> None:
    names = tuple(f"{county}人民政府专业镇工作领导小组办公室" for county in COUNTIES * 4)[:40]
    assert not recipients_moved(notice())
    assert recipients_moved(replace(notice(), recipients=names))
    assert not recipients_moved(replace(letter(), recipients=names))


def test_sentences() -> None:
    assert recipients_line(("甲县、乙县", "市统计局")) == "甲县、乙县\uff0c市统计局\uff1a"
    assert attachment_lines(notice().attachments) == [
        ("附件\uff1a", "1.", "市级专业镇申报书"),
        ("", "2.", "市级专业镇申报情况汇总表"),
    ]
    assert attachment_lines(full().attachments[:1]) == [("附件\uff1a", "", "推荐专业镇基本情况表")]


def test_headings_count_anew_below_the_next_higher_one() -> None:
    numbers = [(b.level, b.number) for b in numbered(notice().body) if hasattr(b, "level")]
    assert numbers == [(1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (4, 1), (1, 3)]
