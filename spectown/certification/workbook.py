"""The 申报书 as an Excel form: the empty (or filled) template, the reading of an upload, the marked copy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from spectown.core.certification.criteria import CriteriaSet
from spectown.core.certification.fields import Field, form_fields
from spectown.core.certification.places import Places
from spectown.core.certification.validate import Fault, Reading, read_answers
from spectown.lib.excel.faults import CellFault, Place
from spectown.lib.excel.form import FormBook, write_form
from spectown.lib.excel.marks import mark_faults
from spectown.lib.excel.reader import read_form

SHEET = "申报书"
INSTRUCTIONS = (
    "只在“申报书”表的浅黄色单元格中填写,其他单元格已锁定,不要增删行列。",
    "项目名称后括号内是单位。金额单位为万元,也可直接写明单位,如“12.5亿元”“8000万元”。",
    "没有数据的请留空,不要填 0;确实为零的填 0。",
    "数字请填阿拉伯数字,不要填“约”“以上”等字样,不要填公式。",
    "上下游配套企业户数已包括家庭农场和专业合作社。",
    "主导产业原则上限定在一个县(区)内;在几个县(区)的,全部列出并写明理由。",
    "“放宽条件”部分只由主导产品具有历史发源地、地理标志等传统特色的填写。",
    "填好后在系统中上传,系统当场给出预审结果和还差的内容;有问题的,下载标注副本修改后重新上传。",
)


@dataclass(frozen=True, slots=True)
class Upload:
    """What an uploaded workbook says: raw values by field code, their reading, and all faults by cell.

    `raw` holds only cells with a plain value; use it like the raw values of the web form.
    """

    raw: Mapping[str, object]
    reading: Reading
    faults: tuple[CellFault, ...]


def template(criteria: CriteriaSet, counties: Iterable[str] = (), values: Mapping[str, object] | None = None) -> bytes:
    """Return the template (.xlsx); `values` are raw values by field code to fill in, such as a draft's."""
    fields = form_fields(criteria, counties)
    cells = {field.code: _cell(field, values.get(field.code)) for field in fields} if values else None
    return write_form(_book(criteria), fields, cells)


def read_upload(data: bytes, criteria: CriteriaSet, places: Places | None = None) -> Upload:
    """Read an uploaded workbook. Raises WorkbookRefusedError if the file cannot be used at all."""
    fields = form_fields(criteria)
    form = read_form(data, fields, form_id=form_id(criteria))
    reading = read_answers(form.values, criteria, places)
    placed = (_placed(fault, form.places[fault.field]) for fault in reading.faults)
    order = {field.code: number for number, field in enumerate(fields)}
    faults = sorted((*form.faults, *placed), key=lambda fault: order[fault.field])
    return Upload(form.values, reading, tuple(faults))


def marked_copy(data: bytes, upload: Upload) -> bytes:
    """Return the uploaded workbook with its faults marked and listed."""
    return mark_faults(data, upload.faults)


def form_id(criteria: CriteriaSet) -> str:
    """Return what tells this edition of the template from others: the plan and its date."""
    return f"{criteria.plan} {criteria.valid_from.isoformat()}"


def _book(criteria: CriteriaSet) -> FormBook:
    return FormBook("市级专业镇申报书", SHEET, form_id(criteria), INSTRUCTIONS)


def _placed(fault: Fault, place: Place) -> CellFault:
    return CellFault(fault.field, place, fault.value, fault.reason)


def _cell(field: Field, value: object) -> object:
    """Turn a raw value into what stands in the cell: labels instead of codes, lists joined."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | tuple):
        return "、".join(str(each) for each in value)
    return next((choice.label for choice in field.choices if choice.code == value), value)
