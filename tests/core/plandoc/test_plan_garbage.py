"""Anything at all is answered, in time, with problems and with ranges that hold."""

import io
import os
import time
import zipfile

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectown.core.plandoc import PlanDocument, exit_code, parse_bytes, parse_text

MEGABYTES = 5_000_000
SENTENCE = "到2025年,市工信局牵头推进专业镇建设(含家庭农场),达到10个以上。".encode()
LONG = {
    "opening brackets": lambda size: b"(" * size,
    "enumeration commas": lambda size: "、".encode() * (size // 3),
    "digits": lambda size: b"7" * size,
    "one sentence": lambda size: SENTENCE * (size // len(SENTENCE)),
    "nested brackets": lambda size: b"(" * (size // 2) + b")" * (size // 2),
    "numbers on lines": lambda size: "一、\n".encode() * (size // 7),
    "labels": lambda size: "责任单位:".encode() * (size // 13),
    "random": os.urandom,
    "small html tables": lambda size: b"<table><tr><td>1</td><td>2</td></tr></table>" * (size // 44),
}


def holds(plan: PlanDocument) -> None:
    for clause in plan.walk():
        assert plan.text[clause.start : clause.end] == clause.text
    for task in plan.tasks:
        for mark in task.marks:
            assert plan.text[mark.start : mark.end] == mark.raw
    for quantity in (*plan.targets, *plan.thresholds):
        assert plan.text[quantity.start : quantity.end] == quantity.text
    ids = [clause.id for clause in plan.walk()]
    assert len(ids) == len(set(ids))


def seconds(data: bytes) -> float:
    began = time.process_time()
    assert parse_bytes(data).problems
    return time.process_time() - began


@pytest.mark.parametrize("name", LONG)
def test_five_megabytes_take_time_in_proportion(name):
    """Ten times the text: ten times the time, not a hundred. Seconds are for benchmarks/parse_plan.py."""
    make = LONG[name]
    ratios = (seconds(make(MEGABYTES)) / (seconds(make(MEGABYTES // 10)) + 0.02) for _try in range(3))
    assert any(ratio < 40 for ratio in ratios)


def _zip(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, "no")
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   \n",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
        b"%PDF-1.7 broken",
        b"{\\rtf1 x}",
        b"\x89PNG\r\n",
        _zip("a.txt"),
        _zip("word/document.xml"),
        os.urandom(3000),
        "方案".encode().decode("latin-1").encode() * 50,
        b"<html><body></body></html>",
    ],
)
def test_unusable_files_are_named(data):
    plan = parse_bytes(data, "plan.txt")
    assert any(problem.severity == "unreadable" for problem in plan.problems)
    assert exit_code(plan) == 2


BODY = "云岭市陶瓷产业方案\n一、任务\n(一)甲事。(市工信局牵头,市财政局配合)\n(二)乙事。(市商务局牵头)\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_encodings_give_the_same(encoding):
    plan = parse_bytes(BODY.encode(encoding), "a.txt")
    assert [task.leads for task in plan.tasks] == [("市工信局",), ("市商务局",)]


def test_html_with_chrome_and_merged_cells():
    page = (
        "<html><head><script>var x='(市工信局牵头)'</script></head><body><div>"
        + BODY.replace("\n", "</p><p>")
        + "</div>"
        "<table><tr><th>序号</th><th>任务</th><th>牵头单位</th></tr><tr><td>1</td><td>甲</td>"
        "<td rowspan=2>市科技局</td></tr><tr><td>2</td><td>乙</td></tr></table></body></html>"
    )
    plan = parse_bytes(page.encode(), "a.html")
    assert [task.leads for task in plan.tasks] == [("市工信局",), ("市商务局",), ("市科技局",), ("市科技局",)]
    assert plan.tables[0].rows[2] == ("2", "乙", "市科技局")


def test_word_paragraphs_and_tables():
    document = docx.Document()
    for line in BODY.splitlines():
        document.add_paragraph(line)
    table = document.add_table(rows=2, cols=3)
    for i, words in enumerate(["序号", "任务", "牵头单位", "1", "甲", "市科技局"]):
        table.cell(i // 3, i % 3).text = words
    buffer = io.BytesIO()
    document.save(buffer)
    plan = parse_bytes(buffer.getvalue(), "a.txt")
    assert plan.source_format == "docx"
    assert [task.leads for task in plan.tasks] == [("市工信局",), ("市商务局",), ("市科技局",)]


@given(
    st.text(
        alphabet="一二三、()()〔〕[]。,;::1234.市县区局委办牵头负责单位配合各等和年月日第章条附件成员组长:| \t\n张王",
        max_size=300,
    )
)
def test_any_plan_like_text(text):
    holds(parse_text(text))


@given(st.text(max_size=200))
def test_any_text(text):
    holds(parse_text(text))


@given(st.binary(max_size=400))
def test_any_bytes(data):
    holds(parse_bytes(data))
