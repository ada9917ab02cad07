"""Whole tables from cells, paragraphs that may go, counts and sums; starters and tables of fields of every kind."""

from io import BytesIO

import docx
import pytest

from spectown.core.documentkinds.example import example
from spectown.core.documentkinds.offers import field_of, offers
from spectown.core.documentkinds.starter import REWRITE, starter
from spectown.lib.officialdoc.docx.render import render_docx
from spectown.lib.officialdoc.own.fill import fill_template
from spectown.lib.officialdoc.own.inspect import inspect_template
from tests.kinds_of_documents import KINDS
from tests.own_templates import FACTS, KIND, template, texts

LIST = KINDS["list_notice"]
LINES = {
    "organs": ["办公室"],
    "heading": "关于公布清单的通知",
    "text": "现予公布。",
    "list_title": "清单",
    "columns": ["序号", "名称"],
    "lines": [["1", "小米加工"], ["2", None]],
}
# What these compute or say only in some cases no field can say.
PARTLY = {
    "certification_notice", "evaluation_report", "monthly_report", "quarterly_report", "recommendation_letter",
    "town_policy",
}  # fmt: skip


def stops(data, kind=KIND):
    return [fault for fault in inspect_template(data, kind) if fault.stops]


def tables(data):
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in docx.Document(BytesIO(data)).tables]


def test_cells_become_a_whole_table():
    data = fill_template(template("前", "{{清单行}}", "后"), LIST, LINES)
    assert tables(data) == [[["序号", "名称"], ["1", "小米加工"], ["2", ""]]]
    body = docx.Document(BytesIO(data)).element.body
    assert [child.tag.rpartition("}")[2] for child in body] == ["p", "tbl", "p", "sectPr"]
    widths = [int(cell.get(cell.keys()[0])) for cell in body.iter("{*}gridCol")]
    section = docx.Document(BytesIO(data)).sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    assert sum(widths) == pytest.approx(room / 635, abs=2)  # EMU in a twip


def test_a_paragraph_stays_behind_a_table_that_ends_the_document():
    body = docx.Document(BytesIO(fill_template(template("{{清单行}}"), LIST, LINES))).element.body
    assert [child.tag.rpartition("}")[2] for child in body] == ["tbl", "p", "sectPr"]


@pytest.mark.parametrize("more", [{"paragraph": "见{{清单行}}"}, {"rows": [["{{清单行}}"]]}, {"header": "{{清单行}}"}])
def test_cells_stand_alone_in_the_body(more):
    data = template(more.pop("paragraph", "{{清单名称}}"), **more)
    (fault,) = stops(data, LIST)
    assert "会生成一整张表" in fault.message
    assert "只写这一个字段" in fault.todo


def test_cells_take_no_filter():
    (fault,) = stops(template("{{清单名称}}", "{{清单行|日期}}"), LIST)
    assert "“清单行”不能按“日期”写出" in fault.message


@pytest.mark.parametrize(
    ("paragraph", "facts", "expected"),
    [
        ("{{截止日期|可省}}前报送", {}, []),
        ("{{截止日期|日期|可省}}前报送", {"day": "2026-12-01"}, ["2026年12月1日前报送"]),
        ("({{产值|金额｜可省}})", {}, []),
        ("({{产值|金额｜可省}})", {"output": "0"}, ["(0万元)"]),
        ("{{整改要求.要求}}{{整改要求.期限|可省}}", {}, []),
        ("共{{整改要求|项数}}项", {"demands": [{"demand": "甲", "due": "2026-12-01"}] * 3}, ["共3项"]),
        ("共{{整改要求|项数}}项", {}, ["共0项"]),
    ],
)
def test_paragraphs_that_may_go_and_counts(paragraph, facts, expected):
    given = {key: FACTS[key] for key in ("organs", "on", "town")} | facts
    assert texts(fill_template(template(paragraph, "{{专业镇}}"), KIND, given))[:-1] == expected


def test_a_sum_of_a_column_repeats_nothing():
    policy = KINDS["town_policy"]
    measures = next(fact for fact in policy.facts if fact.name == "measures")
    amount = next(inner for inner in measures.of if inner.name == "amount")
    found = fill_template(template(f"计{{{{{measures.label}.{amount.label}|合计}}}}"), policy, example(policy))
    total = sum(row["amount"] for row in measures.sample if isinstance(row["amount"], int | float))
    assert texts(found) == [f"计{total}"]


@pytest.mark.parametrize(
    ("paragraph", "said"),
    [
        ("{{专业镇|项数}}", "“项数”用于有多项的要素"),
        ("{{整改要求.要求|合计}}", "“合计”用于多行要素中的数字栏"),
        ("{{序号}}", "“序号”只能写在随多行要素重复的行或段里"),
        (f"共{REWRITE}项{{{{专业镇}}}}", "起始模板中的"),
    ],
)
def test_faults_say_what_to_do(paragraph, said):
    (fault,) = stops(template("{{专业镇}}", paragraph))
    assert said in fault.message
    assert fault.todo


def test_every_fault_that_stops_says_what_to_do():
    data = template(
        "{{专业镇}}", "{{专业真}}", "{{产值", "}}", "{{整改要求}}", "{{产值|大小}}", "{{专业镇|金额}}", "{{a|b|c}}"
    )
    assert len(stops(data)) == 7
    assert [fault.message for fault in stops(data) if not fault.todo] == []


@pytest.mark.parametrize("name", KINDS)
def test_a_starter_is_a_template(name):
    """As it is, or with no more to do than to write what the kind itself computes."""
    kind = KINDS[name]
    data = render_docx(starter(kind, "某市专业镇发展领导小组办公室"))
    left = stops(data, kind)
    if name in PARTLY:
        assert left
        assert {REWRITE in fault.message for fault in left} == {True}
        return
    assert left == []
    found = "".join(texts(fill_template(data, kind, example(kind))))
    assert "{{" not in found
    assert "}}" not in found


def test_facts_that_are_printed_with_others_are_not_missed():
    notes = [fault.message for fault in inspect_template(template("{{标题}}"), KIND) if not fault.stops]
    assert notes == []
    notice = KINDS["supervision_notice"]
    starting = inspect_template(render_docx(starter(notice, "某市专业镇发展领导小组办公室")), notice)
    assert starting == []
    (left,) = inspect_template(template("{{清单行}}", "{{标题}}", "{{清单名称}}"), LIST)
    assert left.message == "模板没有用到这些必填要素:正文"


@pytest.mark.parametrize("name", KINDS)
def test_every_offered_field_can_be_used(name):
    kind = KINDS[name]
    found = offers(kind)
    assert len({offer.field for offer in found}) == len(found)
    for offer in found:
        field = field_of(offer.field, kind)
        assert bool(field.column) == bool(offer.rows)
        assert offer.printed, offer.field
    assert "{{标题}}" in {offer.field for offer in found}
