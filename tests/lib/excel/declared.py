"""A small form that has nothing to do with the programme."""

from dataclasses import dataclass

from spectown.lib.excel.form import FormBook, write_form

BOOK = FormBook("报名表", "表一", "demo 1", ("填写浅黄色单元格。",))


@dataclass(frozen=True, slots=True)
class Item:
    code: str
    heading: str
    kind: str
    section: str = "甲"
    hint: str = ""
    example: str = ""
    clause: str | None = None
    options: tuple[str, ...] = ()
    open_choice: bool = False


FIELDS = (
    Item("name", "名称", "text", hint="全称", example="某某"),
    Item("amount", "金额(万元)", "money", clause="一(一)"),
    Item("number", "数量(个)", "integer"),
    Item("sort", "类别", "choice", "乙", options=("一类", "二类,其他"), open_choice=True),
    Item("agreed", "是否同意", "yes_no", "乙", options=("是", "否")),
    Item("text", "说明", "long_text", "乙", hint="=不是公式"),
)


def empty():
    return write_form(BOOK, FIELDS)


def filled(values):
    return write_form(BOOK, FIELDS, values)
