"""The 申报书 in Excel: the same answers as by web form and JSON, and faults that name sheet and cell."""

import json
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from spectown.certification.workbook import marked_copy, read_upload, template
from spectown.core.certification.check import check
from spectown.core.certification.fields import FieldKind, form_fields
from spectown.core.certification.validate import read_answers
from spectown.core.jsonfile import object_from_json
from tests.core.certification.conftest import TODAY, base, load_criteria

CRITERIA = load_criteria()
FIELDS = form_fields(CRITERIA)
TEXT = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), max_size=30)
NUMBER = (
    st.integers(0, 10**6)
    | st.sampled_from(["12亿", "12.5亿元", "1,200", "120 000", "约两千", "-5", "十", "1e400", "0.00001"])
    | st.decimals(0, 10**6, places=2).map(str)
)
BY_KIND = {
    FieldKind.CHOICE: st.sampled_from(["manufacturing", "特优农业", "数据服务"]),
    FieldKind.YES_NO: st.sampled_from(["是", "否", "不清楚", "也许"]),
    FieldKind.LIST: st.sampled_from(["沁县", "沁县、武乡县", "、"]),
    FieldKind.TEXT: TEXT,
    FieldKind.LONG_TEXT: TEXT,
}
RAW = st.fixed_dictionaries({}, optional={field.code: BY_KIND.get(field.kind, NUMBER) for field in FIELDS})


@settings(max_examples=25)
@given(RAW)
def test_web_json_and_excel_give_the_same_result(raw):
    web = read_answers({code: str(value) for code, value in raw.items()}, CRITERIA)
    by_json = read_answers(object_from_json(json.dumps(raw).encode()), CRITERIA)
    upload = read_upload(template(CRITERIA, values=raw), CRITERIA)
    assert web.answers == by_json.answers == upload.reading.answers
    assert web.warnings == by_json.warnings == upload.reading.warnings
    reasons = [(fault.field, fault.reason) for fault in web.faults]
    assert reasons == [(fault.field, fault.reason) for fault in by_json.faults]
    assert reasons == [(fault.field, fault.reason) for fault in upload.faults]
    results = [check(each.answers, CRITERIA, on=TODAY).as_dict() for each in (web, by_json, upload.reading)]
    assert results[0] == results[1] == results[2]


def typed(**values):
    book = load_workbook(BytesIO(template(CRITERIA)))
    for code, value in values.items():
        sheet, cell = next(iter(book.defined_names[f"in_{code}"].destinations))
        book[sheet][cell.replace("$", "")] = value
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_filled_template_is_checked():
    figures = {"category": "制造业", "output_wan": 99999.99, "chain_partners": 10, "counties": "潞城区"}
    upload = read_upload(typed(**figures), CRITERIA)
    assert upload.faults == ()
    result = check(upload.reading.answers, CRITERIA, on=TODAY).as_dict()
    outcomes = {each["criterion"]: each["outcome"] for each in result["findings"] if each["path"] == "standard"}
    assert (outcomes["output"], outcomes["chain_partners"], outcomes["county"]) == ("unmet", "met", "met")
    assert outcomes["leading_enterprises"] == "missing"


def test_faults_name_sheet_cell_value_and_reason_in_order():
    data = typed(output_wan="约两千", chain_partners="=5+5", traditional_origin="也许")
    upload = read_upload(data, CRITERIA)
    messages = [fault.message for fault in upload.faults]
    cell = upload.faults[0].place.cell
    assert messages[0] == (f"第2张表“申报书”单元格 {cell}“主导产业年产值(万元)”应为数字,现为“约两千”,请填写阿拉伯数字")
    assert [fault.field for fault in upload.faults] == ["output_wan", "chain_partners", "traditional_origin"]
    marked = load_workbook(BytesIO(marked_copy(data, upload)))
    assert marked["申报书"][cell].comment.text.startswith("【问题】应为数字")
    assert [row[2] for row in marked["问题清单"].iter_rows(min_row=2, values_only=True)] == [
        fault.place.cell for fault in upload.faults
    ]
    assert read_upload(marked_copy(data, upload), CRITERIA).faults == upload.faults


def test_a_draft_can_be_taken_offline():
    raw = base("已填", CRITERIA)
    upload = read_upload(template(CRITERIA, ["沁县"], raw), CRITERIA)
    assert upload.reading.answers == read_answers(raw, CRITERIA).answers


@pytest.mark.parametrize("field", FIELDS, ids=[field.code for field in FIELDS])
def test_every_example_of_the_form_can_be_typed_in(field):
    if field.example:
        assert read_answers({field.code: field.example}, CRITERIA).faults == ()
