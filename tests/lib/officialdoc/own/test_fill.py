"""Own templates filled: any fact comes out as itself, fields wherever they stand, rows as often as there are rows."""

from io import BytesIO

import docx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from spectown.core.documentkinds.facts import FactsFault
from spectown.core.officialdoc.texts import is_control
from spectown.core.officialdoc.wording import full_width
from spectown.lib.officialdoc.own.fill import fill_template
from spectown.lib.officialdoc.own.refusal import TemplateRefused
from spectown.lib.officialdoc.refusal import Unrenderable
from tests.own_templates import FACTS, KIND, boxed, template, texts

ROWS = [["序号", "要求", "期限"], ["{{序号}}", "{{整改要求.要求}}", "{{整改要求.期限}}"], ["", "合计", "{{产值}}"]]


def filled(*paragraphs, facts=FACTS, **more):
    return texts(fill_template(template(*paragraphs, **more), KIND, facts))


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("对{{专业镇}}的{{ town }}", "对沁州黄小米专业镇的沁州黄小米专业镇"),
        ("｛｛专业镇｝｝", "沁州黄小米专业镇"),
        ("产值{{产值|金额}}、{{ output | money }}、{{产值}}", "产值1.23亿元、1.23亿元、12345.6"),
        ("{{截止日期}}、{{截止日期|可空}}。", "未报、。"),
        ("{{成文日期|年月}}{{成文日期}}", "2026年11月2026年11月26日"),
        ("{{主送机关}}:{{标题}}", "沁县人民政府:关于沁州黄小米专业镇的通知"),
        (["对{", "{专业", "镇}", "}的"], "对沁州黄小米专业镇的"),
        (["{{专业镇", "}}和{{", "产值}}"], "沁州黄小米专业镇和12345.6"),
        ("{单}与}}"[:3], "{单}"),
    ],
)
def test_fields(paragraph, expected):
    assert filled(paragraph) == [expected]


def test_the_run_where_a_field_begins_gives_its_looks():
    file = docx.Document()
    paragraph = file.add_paragraph()
    for text, bold in (("对{{", False), ("专业镇}", True), ("}。", False)):
        paragraph.add_run(text).bold = bold
    stream = BytesIO()
    file.save(stream)
    runs = docx.Document(BytesIO(fill_template(stream.getvalue(), KIND, FACTS))).paragraphs[0].runs
    assert [(run.text, run.bold) for run in runs] == [("对沁州黄小米专业镇", False), ("", True), ("。", False)]


def test_table_rows_are_repeated():
    found = filled(rows=ROWS)
    assert found[3:] == [
        "1",
        "制定赶工计划",
        "2026年12月5日",
        "2",
        "取得施工许可",
        "2026年12月31日",
        "",
        "合计",
        "12345.6",
    ]


def test_paragraphs_are_repeated():
    assert filled("前", "{{序号}}.{{整改要求.要求}},{{专业镇}}", "后") == [
        "前",
        "1.制定赶工计划,沁州黄小米专业镇",
        "2.取得施工许可,沁州黄小米专业镇",
        "后",
    ]


def test_without_rows_the_row_goes():
    assert filled("前", "{{整改要求.要求}}", rows=ROWS, facts=FACTS | {"demands": []}) == [
        "前", "序号", "要求", "期限", "", "合计", "12345.6",
    ]  # fmt: skip
    alone = filled(rows=ROWS[1:2], facts=FACTS | {"demands": None})
    assert alone == ["", "", ""]  # a table without rows would be no table


def test_line_feeds_become_paragraphs_or_breaks():
    data = fill_template(template("{{情况}}", "见:{{情况}}完"), KIND, FACTS)
    assert texts(data) == ["第一段。", "第二段。", "见:第一段。\n第二段。完"]


def test_header_and_text_box():
    data = fill_template(template("{{专业镇}}", header="{{发文机关}}"), KIND, FACTS)
    assert docx.Document(BytesIO(data)).sections[0].header.paragraphs[0].text == "领导小组办公室"
    box = docx.Document(BytesIO(fill_template(boxed(), KIND, FACTS)))
    assert "框内:沁州黄小米专业镇" in box.element.xml
    assert "{{" not in box.element.xml


anything = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(
    lambda text: text.strip() == text and text and not any(is_control(char) for char in text)
)


@settings(max_examples=50, deadline=None)
@example(",㐀")
@given(anything)
def test_any_text_comes_out_as_itself(text):
    """But for signs beside Chinese characters, which become full-width as in every document."""
    data, told = fill_template(TWO, KIND, FACTS | {"town": text}), full_width(text)
    inline, *alone = texts_with_empty(data)
    assert inline == f"甲{told}乙{told}丙"
    assert "\n".join(alone) == told


TWO = template("甲{{专业镇}}乙{{专业镇}}丙", "{{专业镇}}")


def texts_with_empty(data):
    return [p.text for p in docx.Document(BytesIO(data)).paragraphs]


@pytest.mark.parametrize("text", ["{{产值}}", "{{", "}}", "<w:p/>&amp;]]>", "\"'", "{{专业镇}}{{7*7}}", "{% x %}#{x}"])
def test_what_looks_like_markup_is_text(text):
    assert filled("甲{{专业镇}}乙", facts=FACTS | {"town": text}) == [f"甲{text}乙"]


def test_the_same_facts_give_the_same_file():
    assert fill_template(TWO, KIND, FACTS) == fill_template(TWO, KIND, FACTS)


def test_refusals():
    with pytest.raises(Unrenderable, match=r"U\+0001"):
        filled("{{专业镇}}", facts=FACTS | {"town": "甲\x01乙"})
    with pytest.raises(FactsFault, match="专业镇"):
        filled("{{专业镇}}", facts={"organs": ["a"]})
    with pytest.raises(TemplateRefused, match="模板有 1 处问题"):
        filled("{{没有的}}")
